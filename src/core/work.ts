/** What works with a model, loaded as one: see `later.ts`. */

export { createPermissions } from './agent/permissions';
export { createAgents } from './agent/profiles/agents';
export { profileAround } from './agent/profiles/profileAround';
export { subagentsAround } from './agent/subagents/subagents';
export { createChats } from './agent/turn/chats';
export { createTalk } from './agent/turn/talk';
export { createTurnCheckpoints } from './checkpoints/turnCheckpoints';
export { draftHook } from './hooks/draftHook';
export { createHookRunner } from './hooks/hookRunner';
export { hooksAround } from './hooks/hooksAround';
export { taskHooks } from './hooks/taskHooks';
export { allowedEditorTools } from './mcp/editorTools';
export { mcpAround } from './mcp/mcpAround';
export { createPowers } from './powers/powers';
export { powersAround } from './powers/powersAround';
export { steeringAround } from './steering/steeringAround';
export { createReviewer } from './tasks/evidence/reviewer';
export { createEngine } from './tasks/run/engine';
export { createMend } from './tasks/run/mend';
export { createProof } from './tasks/run/proof';
export { createWork } from './tasks/run/work';
export { openWorktreePlaces } from './tasks/run/worktreePlaces';
export { createCommitMessages } from './workflow/commitMessage';
