/** What may be seen and told of the workspace, loaded when somebody first asks: see `later.ts`. */
export { requireVisible } from './ignoreRules';
export { isReadable, readableDiff } from './readableDiff';
export { visibleFiles } from './visibleFiles';
