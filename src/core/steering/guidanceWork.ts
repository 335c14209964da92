/** What reads guidance, loaded when somebody first asks: see `later.ts`. */

export { alwaysText, tell } from './alwaysPrompt';
export { contextOf } from './context';
export { effective, findGuidance, named } from './findGuidance';
export { givenIn } from './lateGuidance';
export { survey } from './survey';
