/** Why the agent is off, in the words of the panels; undefined when it may be used. */
import type { Ports } from '../../core/ports';

export interface AgentOff {
  readonly message: string;
  /** The reason is that the workspace is not trusted. */
  readonly restricted: boolean;
}

export interface AgentState {
  readonly off: AgentOff | undefined;
  readonly rehearsed: boolean;
}

export async function agentState({ trust, models }: Ports): Promise<AgentState> {
  if (!trust.trusted) {
    return {
      off: { message: 'The agent is off until you trust this workspace.', restricted: true },
      rehearsed: false,
    };
  }
  const current = await models.current();
  if ('model' in current) return { off: undefined, rehearsed: current.model.rehearsed };
  // The panels list the three ways themselves; a wrong setting is told in its own words.
  const message =
    current.missing === 'key' ? 'Drafting, revising and running tasks need one.' : current.message;
  return { off: { message, restricted: false }, rehearsed: false };
}
