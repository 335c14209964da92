/** What works with a model, loaded as one: see `later.ts`. */
export { createChats } from './agent/chats';
export { createPermissions } from './agent/permissions';
export { createHookRunner } from './hooks/hookRunner';
export { createRunTask } from './tasks/runTask';
export { createCommitMessages } from './workflow/commitMessage';
