/** What drafts, loaded as one: see `later.ts`. */
export { createBeginnings } from './beginnings';
export { createDrafting } from './drafting';
