/** What may be seen and told of the workspace, loaded when somebody first asks: see `later.ts`. */

export { isReadable, readableDiff } from '../readableDiff';
export { requireVisible } from './ignoreRules';
export { visibleFiles } from './visibleFiles';
