import * as z from 'zod';
import type { AbortSignal } from '../../util/abort';
import { GENERAL } from '../profiles/builtIn';
import type { AgentProfile } from '../profiles/model';
import { defineTool, type Tool, type ToolContext, type ToolOutcome, ToolRefusal } from '../tool';

export interface Delegation {
  readonly task: string;
  /** An id. */
  readonly agent: string;
}

/** Characters of each description: they are paid with each request. */
const LONGEST = 160;

/** Settled when the session begins, with the agents that there are then. */
export function delegateTool(
  agents: readonly AgentProfile[],
  run: (order: Delegation, context: ToolContext, signal: AbortSignal) => Promise<ToolOutcome>,
): Tool {
  const about = agents.map(({ id, description }) => `${id}: ${description.slice(0, LONGEST)}`).join('\n');
  return {
    ...defineTool({
      name: 'delegate',
      description: `Hands a task to another agent with a context of its own, and gives its last answer. Several calls in one answer work side by side. For work that can be said in a few sentences and would fill this conversation.\n${about}`,
      input: z.object({
        task: z.string().min(1).max(20_000).describe('All that it must know: it sees nothing else'),
        agent: z.string().min(1).default(GENERAL.id),
      }),
      async prepare({ task, agent }, context) {
        const found = agents.find(({ id }) => id === agent) ?? agents.find(({ name }) => name === agent);
        if (!found)
          throw new ToolRefusal(
            `There is no agent ${agent}. There are ${agents.map(({ id }) => id).join(', ')}.`,
          );
        return {
          question: {
            subject: found.id,
            capability: 'subagent',
            where: 'a session of its own in this workspace folder',
            why: 'It sends requests of its own; what it does is asked for as here',
          },
          perform: (signal) => run({ task, agent: found.id }, context, signal),
        };
      },
    }),
    beside: true,
  };
}
