/** Messages between the extension and the agent view. */

import type { ReviewAct } from '../core/agent/changes/supervision';
import type { ChangesView } from '../core/agent/changes/view';
import type { MentionChoice } from '../core/agent/mentions/mention';
import type { KindSummary } from '../core/agent/mentions/mentions';
import type { LiveUpdate, PermissionAnswer, SessionKind } from '../core/agent/session/events';
import type { SessionState } from '../core/agent/session/sessionState';
import type { Picture } from '../core/agent/turn/images';
import type { Autonomy } from '../core/ports';
import type { ModelMessage } from './conversation';

export interface SessionSummary {
  readonly id: string;
  readonly title: string;
  readonly status: SessionState['status'];
  readonly startedAt: number;
  readonly kind?: SessionKind;
  /** Name of the spec, or of the hook. */
  readonly place?: string;
}

/** What a mention may name, and how it is written then. */
export interface OfferedMention extends MentionChoice {
  readonly mention: string;
}

/** Dollars that may be spent, and are. */
export interface ShownLimit {
  /** `today`, `this task` */
  readonly what: string;
  readonly spent: number;
  readonly limit: number;
}

/** A command that the host knows, beside those of the view: a prompt of a server, or guidance that a message may call. */
export interface OfferedCommand {
  readonly name: string;
  readonly description: string;
  /** What may stand behind it; undefined: nothing. */
  readonly takes?: string;
  /** Nothing is run: the message is said as it is written, with what the name calls. */
  readonly said?: true;
}

/** A session that does a task for the one that is shown. */
export interface HelperSummary {
  readonly session: string;
  /** The call that handed it the task. */
  readonly call: string;
  readonly agent: string;
  /** For the person’s word. */
  readonly waits: boolean;
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
  readonly autonomy: Autonomy;
  /** The most that the organisation lets it be. */
  readonly autonomyLimit?: Autonomy | undefined;
  /** The session that is shown runs in another window or terminal: it is only looked at here. */
  readonly elsewhere?: boolean;
  /** Tokens of a request at which the oldest steps are summed up. */
  readonly budget?: number;
  /** Messages of the session, by the numbers of their events, before which a checkpoint was taken. */
  readonly restorable?: readonly number[];
  /** Of the limits that the session counts against, the one that is used most. */
  readonly limit?: ShownLimit;
  /** The model that the next request goes to. */
  readonly modelName?: string;
  /** What a `#` may name. */
  readonly mentions?: readonly KindSummary[];
  readonly commands?: readonly OfferedCommand[];
  /** What the latest turn of the session changed. */
  readonly changes?: ChangesView | undefined;
  /** Sub-agents of the session. */
  readonly helpers?: readonly HelperSummary[];
  /** The custom agent that leads the next new session. */
  readonly nextAgent?: string;
  /** What that agent says before it is asked anything. */
  readonly nextWelcome?: string;
  /** Milliseconds since the epoch on the host, for durations of what runs. */
  readonly now: number;
}

export type ToAgent =
  | ModelMessage
  | { readonly type: 'live'; readonly update: LiveUpdate }
  /** What may stand after `#file:`; `request` says which question it answers. */
  | { readonly type: 'choices'; readonly request: number; readonly choices: readonly OfferedMention[] }
  /** What was last said could not be sent. */
  | { readonly type: 'refused'; readonly message: string }
  /** For the person to go on with: of a message that was forked or taken back, or of an entry point of the editor. */
  | { readonly type: 'compose'; readonly text: string; readonly pictures?: readonly Picture[] };

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
  /** Words for the agent: steers it while it works, goes on or begins else. */
  | {
      readonly type: 'say';
      /** Undefined: begins a session. */
      readonly session: string | undefined;
      readonly text: string;
      readonly pictures: readonly Picture[];
    }
  /** What waits to be said comes back as `compose`. */
  | { readonly type: 'takeBack'; readonly session: string; readonly message: string }
  | { readonly type: 'choices'; readonly request: number; readonly kind: string; readonly query: string }
  /** One of the offered commands; its words come back as `compose`. */
  | {
      readonly type: 'command';
      readonly session: string | undefined;
      readonly name: string;
      readonly argument: string;
    }
  /** Shows the view in which a session begins. */
  | { readonly type: 'newSession' }
  | { readonly type: 'rename'; readonly session: string; readonly title: string }
  /** `before`: number of the message that the copy ends before; its words are for the person to change. */
  | { readonly type: 'fork'; readonly session: string; readonly before?: number }
  /** Files, conversation or both, as they were before a message, by the number of its event. */
  | { readonly type: 'restoreBefore'; readonly session: string; readonly turn: number }
  | { readonly type: 'showCheckpoints'; readonly session: string }
  | { readonly type: 'export'; readonly session: string }
  | { readonly type: 'delete'; readonly session: string }
  | { readonly type: 'compact'; readonly session: string }
  | { readonly type: 'chooseModel' }
  /** Who leads the next new session. */
  | { readonly type: 'chooseAgent' }
  | { readonly type: 'chooseAutonomy' }
  | { readonly type: 'openFile'; readonly path: string }
  | { readonly type: 'openDiff'; readonly session: string; readonly call: string }
  /** What the person says about the changes of a turn. */
  | { readonly type: 'review'; readonly session: string; readonly act: ReviewAct }
  /** All changed files in one diff; or the one at a path. */
  | { readonly type: 'openChanges'; readonly session: string; readonly path?: string }
  | { readonly type: 'setKey' }
  | { readonly type: 'useLocalServer' }
  | { readonly type: 'useBedrock' }
  | { readonly type: 'manageTrust' }
  | { readonly type: 'startDemo' };
