/** All that the trace can be exported as; see `later.ts`. */
export { htmlTrace } from './htmlTrace';
export { markdownTrace } from './markdownTrace';
