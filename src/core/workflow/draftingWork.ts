/** What drafts, loaded as one: see `later.ts`. */
export { createBeginnings } from './beginnings/beginnings';
export { createDrafting } from './drafting/drafting';
