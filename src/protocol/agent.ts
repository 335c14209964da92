/** Messages between the extension and the agent view. */
import type { LiveUpdate, PermissionAnswer } from '../core/agent/events';
import type { SessionState } from '../core/agent/sessionState';

export interface SessionSummary {
  readonly id: string;
  readonly title: string;
  readonly status: SessionState['status'];
  readonly startedAt: number;
}

export interface AgentModel {
  /** The session that is shown; undefined when there is none yet. */
  readonly session: (SessionState & { readonly id: string }) | undefined;
  /** Latest first. */
  readonly sessions: readonly SessionSummary[];
  /** Why the agent is off: restricted workspace, no model. */
  readonly off: string | undefined;
  /** The reason for `off` is that the workspace is not trusted. */
  readonly restricted?: boolean;
  readonly autonomy: 'supervised' | 'autopilot';
  /** Milliseconds since the epoch on the host, for durations of what runs. */
  readonly now: number;
}

export type ToAgent =
  | { readonly type: 'model'; readonly model: AgentModel }
  | { readonly type: 'live'; readonly update: LiveUpdate };

export type FromAgent =
  | { readonly type: 'ready' }
  | { readonly type: 'select'; readonly session: string }
  | {
      readonly type: 'answer';
      readonly session: string;
      readonly call: string;
      readonly answer: PermissionAnswer;
    }
  | { readonly type: 'choose'; readonly session: string; readonly call: string; readonly answer: string }
  | { readonly type: 'stop'; readonly session: string }
  | { readonly type: 'retry'; readonly session: string }
  | { readonly type: 'resume'; readonly session: string }
  /** Words for the agent while it works. */
  | { readonly type: 'send'; readonly session: string; readonly text: string }
  | { readonly type: 'openFile'; readonly path: string }
  | { readonly type: 'openDiff'; readonly session: string; readonly call: string }
  | { readonly type: 'setKey' }
  | { readonly type: 'useLocalServer' }
  | { readonly type: 'manageTrust' }
  | { readonly type: 'startDemo' };
