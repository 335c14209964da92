/** All that a run can be reported as; see `later.ts`. */
export { htmlReport } from './htmlReport';
export { markdownEvidence, markdownReport } from './markdownReport';
export { runReport } from './runReport';
