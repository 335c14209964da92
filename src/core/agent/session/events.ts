/**
 * The event log of a session: an append-only JSONL file, one event a line, schema version in the first.
 * A session's state is a fold over it (`sessionState.ts`); views render that state, resume replays it.
 */
import type { KeptStart } from '../../workflow/beginnings/start';
import type { Objection } from '../../workflow/objections';
import type { Choices, LeftFile, Refused, Touch } from '../changes/model';
import type { Attachment } from '../turn/attachments';
import type { Block, StopReason, Thinking, Usage } from '../turn/model';

export const LOG_VERSION = 1;

/**
 * `chat`: free conversation; it ends with each answer and goes on with the person's next words. `review`: judges what the
 * session of a task did. `subagent`: does a task for another session.
 */
export type SessionKind = 'draft' | 'revision' | 'task' | 'hook' | 'chat' | 'review' | 'subagent';

export type SessionStatus =
  /** Live, or what a dead process left behind (`interrupted` in the folded state). */
  'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

export interface SessionStarted {
  readonly type: 'session.started';
  /** A greater one than ours: a newer version wrote it. It is shown as far as it is known, and never written to. */
  readonly version: number;
  readonly session: string;
  readonly kind: SessionKind;
  readonly title: string;
  /** The workspace folder. */
  readonly root: string;
  /** Spec folder, for drafts, revisions and tasks. */
  readonly spec?: string;
  /** File name of the document that is drafted or revised. */
  readonly document?: string;
  /** Task key, for tasks. */
  readonly task?: string;
  readonly hook?: string;
  /** The custom agent that leads it, and what names its content then. */
  readonly agent?: { readonly id: string; readonly name: string; readonly hash: string };
  /** The session that a sub-agent works for, and its call. */
  readonly parent?: { readonly session: string; readonly call: string };
  /** The person's sentence, for drafts: a retry starts from it. */
  readonly idea?: string;
  /** What the first document of a spec was made from, beside the idea. */
  readonly from?: KeptStart;
  readonly model: string;
  readonly rehearsed: boolean;
  /** Token of the process that runs it (`ProcessRunner.owner`). */
  readonly owner: string;
  /** The session that it was copied from: its first events are that one's, paid for there. */
  readonly forkedFrom?: string;
  /** Tokens that its conversation came to there: its own requests tell only later. */
  readonly context?: number;
}

export interface PermissionQuestion {
  /** What would happen, word for word: the command line, the path, the address, `server/tool`, or the agent. */
  readonly subject: string;
  readonly capability: 'write' | 'run' | 'fetch' | 'mcp' | 'subagent';
  /** Where it runs or writes, or which host or server is told. */
  readonly where: string;
  readonly why: string;
  /** The file that is moved to the subject: it counts as written, too. */
  readonly from?: string;
  /** What of it no rule allows, each to be allowed by itself. None in logs of older versions. */
  readonly needs?: readonly PermissionNeed[];
  /** Why it can be allowed once only: no rule can, or may, allow it. */
  readonly onceOnly?: string;
}

export interface PermissionNeed {
  /** `shell`, `fs_write`: as rules name it. */
  readonly capability: string;
  /** A simple command, or a path. */
  readonly text: string;
  /** The pattern that is proposed for a rule. */
  readonly pattern: string;
}

/** From now on allowed: in this session, in this workspace, or always. */
export interface RememberedAnswer {
  readonly allow: 'session' | 'workspace' | 'always';
  /** One for each of the question's needs, as the person wrote them. */
  readonly patterns: readonly string[];
}

/** Why an answer cannot be taken, and which of its patterns is to blame. */
export interface Refusal {
  readonly why: string;
  readonly need?: number;
}

/** A plain `session` is all writes, or exactly this command. */
export type PermissionAnswer = 'once' | 'session' | 'deny' | RememberedAnswer;

/** A question of the model's. */
export interface Choice {
  readonly question: string;
  /** At most five; none: only words. */
  readonly options: readonly string[];
}

/** A change to one file: whole texts, so that the view can draw the diff. Undefined: no such file. */
export interface FileEdit {
  readonly path: string;
  /** It was moved from there, its text as it was. */
  readonly from?: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Further files of the same act, which are changed with this one or not at all. */
  readonly also?: readonly FileEdit[];
}

/** Each file of an act. */
export function editsOf(edit: FileEdit | undefined): readonly FileEdit[] {
  if (!edit?.also) return edit ? [edit] : [];
  const { also, ...first } = edit;
  return [first, ...also];
}

type Body =
  | SessionStarted
  /** The process that ran it is gone, or it ended badly: another goes on with it. */
  | { readonly type: 'session.resumed'; readonly owner: string; readonly model?: string }
  /** Said to the model with the next request: the task, or what the person queued. */
  | {
      readonly type: 'user';
      readonly text: string;
      readonly message?: string;
      readonly attachments?: readonly Attachment[];
    }
  /** The person wrote while it ran: waits for the next request. */
  | {
      readonly type: 'user.queued';
      readonly message: string;
      readonly text: string;
      readonly attachments?: readonly Attachment[];
    }
  /** It is not said to the model: a hook kept it back. */
  | { readonly type: 'user.refused'; readonly message: string; readonly why: string }
  /** The person took it back before it was said. */
  | { readonly type: 'user.takenBack'; readonly message: string }
  /** The person calls it so; an empty title is none. What it was started as stays. */
  | { readonly type: 'session.renamed'; readonly title: string }
  | { readonly type: 'turn.started'; readonly turn: number }
  | {
      readonly type: 'turn.retrying';
      readonly attempt: number;
      readonly delayMs: number;
      readonly message: string;
    }
  /** So many messages after the first were left out, a summary in their place: the conversation was over its budget. */
  | {
      readonly type: 'context.compacted';
      readonly messages: number;
      /** Estimated tokens of the request before and after. */
      readonly before: number;
      readonly after: number;
    }
  /** Requests keep within `budget` from here on, since the model takes `window`; undefined: nobody knows. Both in tokens. */
  | { readonly type: 'context.bounded'; readonly window?: number; readonly budget: number }
  /** The whole answer of one request, as it is sent back in the next. */
  | {
      readonly type: 'turn.ended';
      readonly turn: number;
      readonly content: readonly Block[];
      readonly thinking?: Thinking;
      readonly stop: StopReason;
      readonly usage: Usage;
      readonly cost: number | undefined;
      readonly durationMs: number;
    }
  /** An answer did not come to its end but is paid: what of it, as far as it is known. */
  | { readonly type: 'turn.cut'; readonly usage: Usage; readonly cost: number | undefined }
  | { readonly type: 'tool.started'; readonly call: string; readonly name: string; readonly input: unknown }
  | {
      readonly type: 'permission.asked';
      readonly call: string;
      readonly question: PermissionQuestion;
      /** What would be written. */
      readonly edit?: FileEdit;
    }
  /** Is about to be written without a question: if the process dies now, it tells whether it was. */
  | { readonly type: 'tool.prepared'; readonly call: string; readonly edit: FileEdit }
  /** A file is about to be changed by a call: part of the turn's change set when that ends well. */
  | { readonly type: 'change.began'; readonly call: string; readonly touch: Touch }
  /** The turn is over and changed files: the next one waits for the person's review. */
  | { readonly type: 'review.opened' }
  /** Of one file, until all is decided; undefined: kept. */
  | { readonly type: 'review.chosen'; readonly path: string; readonly refused?: Refused }
  /** What is refused is taken back from here on. */
  | { readonly type: 'review.decided'; readonly refused: Choices }
  /** That was done; `told` is said to the model with its next message. */
  | { readonly type: 'review.settled'; readonly left: readonly LeftFile[]; readonly told: string }
  /** The answer cannot be taken; the question stays open. */
  | ({ readonly type: 'permission.refused'; readonly call: string } & Refusal)
  | {
      readonly type: 'permission.answered';
      readonly call: string;
      readonly answer: PermissionAnswer;
      /** Nobody was asked: a rule denied it, or no one was there. */
      readonly unasked?: true;
    }
  /** The model asks the person, who takes an option or answers in words. */
  | { readonly type: 'choice.asked'; readonly call: string; readonly choice: Choice }
  | { readonly type: 'choice.made'; readonly call: string; readonly answer: string }
  | {
      readonly type: 'tool.ended';
      readonly call: string;
      readonly ok: boolean;
      /** What the model is told. */
      readonly output: string;
      readonly edit?: FileEdit;
      readonly durationMs: number;
    }
  /** Text so far of a document that is being drafted was flushed with this hash. */
  | {
      readonly type: 'draft.closed';
      readonly complete: boolean;
      readonly hash: string;
      readonly reason?: string;
    }
  /**
   * The spec engine read what the model wrote. `faults`: what it found, a line each; `asked`: the model is asked to
   * mend that, else the person sees it as findings.
   */
  | {
      readonly type: 'draft.checked';
      readonly round: number;
      readonly faults: readonly string[];
      readonly asked: boolean;
    }
  /** A revision, kept here until the person accepts or refuses it. */
  | {
      readonly type: 'revision.proposed';
      readonly before: string;
      readonly after: string;
      /** What the person should know of it: what was left out of the model's answer. */
      readonly notes?: readonly string[];
      /** The session of another document's revision that it was made for, which was not decided then. */
      readonly follows?: string;
    }
  /** @property refused Keys of the changes that were left out of what was accepted; see `PartChange`. */
  | {
      readonly type: 'revision.decided';
      readonly accepted: boolean;
      readonly refused?: readonly string[];
      /** Why, where the person said it: part of the next request. */
      readonly objections?: readonly Objection[];
    }
  | { readonly type: 'check.started'; readonly command: string }
  | {
      readonly type: 'check.ended';
      readonly command: string;
      readonly exitCode: number | undefined;
      readonly output: string;
      readonly durationMs: number;
    }
  | { readonly type: 'note'; readonly level: 'info' | 'warning' | 'error'; readonly text: string }
  | {
      readonly type: 'session.ended';
      readonly status: 'done' | 'failed' | 'cancelled';
      readonly reason?: string;
    };

/** `seq` from 0 without gaps; `at` in milliseconds since the epoch. */
export type SessionEvent = Body & { readonly seq: number; readonly at: number };
export type SessionEventBody = Body;

/** What is shown while it happens and not kept: text as it streams, output as it is printed. */
/** The `call` of a check's live output: one check runs at a time. */
export const CHECK_CALL = 'check';

export type LiveUpdate =
  | { readonly type: 'text'; readonly session: string; readonly text: string }
  | { readonly type: 'toolStart'; readonly session: string; readonly call: string; readonly name: string }
  | { readonly type: 'output'; readonly session: string; readonly call: string; readonly text: string };
