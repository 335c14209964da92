/** What `earshot mcp` offers to other agents: few tools, since every request of theirs pays for the definitions. */
import { proposeEdit, reportEvidence } from './addingTools';
import type { DeskTool } from './deskTool';
import { findings, getItem, getSpec, listSpecs, nextTask, trace } from './readingTools';

export type { Desk, DeskPorts } from './desk';
export { InvalidInput } from './deskTool';
export { INSTRUCTIONS } from './instructions';

export const DESK_TOOLS: readonly DeskTool[] = [
  listSpecs,
  nextTask,
  getSpec,
  getItem,
  findings,
  trace,
  proposeEdit,
  reportEvidence,
];
