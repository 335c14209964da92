/** The fold: events in, what a view needs out. Pure; also runs in the webview. */

import { type Changes, foldChanges, leaveOpen, NO_CHANGES } from '../changes/foldChanges';
import { reviewInWords } from '../changes/reviewWords';
import { type Attachment, type AttachmentLabel, labelOf } from '../turn/attachments';
import type { Usage } from '../turn/model';
import {
  type Choice,
  type FileEdit,
  LOG_VERSION,
  type PermissionQuestion,
  type Refusal,
  type SessionEvent,
  type SessionStarted,
  type SessionStatus,
} from './events';
import { decided, proposed, type RevisionState } from './revisionState';

export interface ToolItem {
  readonly type: 'tool';
  readonly call: string;
  readonly name: string;
  readonly input: unknown;
  readonly status: 'running' | 'asking' | 'ok' | 'failed' | 'denied' | 'interrupted';
  readonly question: PermissionQuestion | undefined;
  /** It was denied without the person being asked. */
  readonly unasked?: true;
  /** Why the latest answer was not taken; `seq` tells two apart. */
  readonly refusal?: Refusal & { readonly seq: number };
  readonly output: string;
  readonly edit: FileEdit | undefined;
  /** What the model asks the person; with the answer when there is one. */
  readonly choice?: Choice & { readonly answer?: string };
  readonly startedAt: number;
  readonly durationMs: number | undefined;
}

export interface CheckItem {
  readonly type: 'check';
  readonly command: string;
  readonly status: 'running' | 'passed' | 'failed' | 'interrupted';
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly startedAt: number;
  readonly durationMs: number | undefined;
}

export type SessionItem =
  | {
      readonly type: 'user';
      readonly text: string;
      readonly at: number;
      readonly attachments?: readonly AttachmentLabel[];
      /** Number of its event: a fork begins before it. */
      readonly seq?: number;
    }
  | { readonly type: 'text'; readonly text: string; readonly at: number }
  | {
      readonly type: 'note';
      readonly level: 'info' | 'warning' | 'error';
      readonly text: string;
      readonly at: number;
      /** What stands before it is not told to the model any more, but for a summary and the latest of it. */
      readonly compacted?: true;
    }
  | ToolItem
  | CheckItem;

/** What the person wrote while the session ran, and the model was not told yet. */
export interface QueuedMessage {
  readonly message: string;
  readonly text: string;
  readonly at: number;
  readonly attachments?: readonly Attachment[];
}

export interface SessionState {
  readonly started: SessionStarted;
  /** As the person calls it. */
  readonly name?: string;
  /** Tokens of the latest request and its answer: what the next one begins with. */
  readonly context?: number;
  /** Tokens of a request at the most, where the model takes less than was set. */
  readonly budget?: number;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly status: SessionStatus;
  readonly reason: string | undefined;
  readonly items: readonly SessionItem[];
  /** In the order in which they will be sent; a session that ended leaves them unsent. */
  readonly queued: readonly QueuedMessage[];
  readonly turns: number;
  /** Set while a request waits for the server to be less busy. */
  readonly retrying: string | undefined;
  readonly usage: Usage;
  /** Dollars; undefined when the price of some request is not known. */
  readonly cost: number | undefined;
  /** What the latest turn changed. */
  readonly changes: Changes;
  readonly draft: { readonly complete: boolean; readonly hash: string } | undefined;
  readonly revision: RevisionState | undefined;
}

const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

const NEWER =
  'A newer version of Earshot recorded this session. What this version does not know is missing here. Update Earshot to go on with it.';

/** Written by a newer version: shown, never written to. */
export function isNewer({ version }: SessionStarted): boolean {
  return version > LOG_VERSION;
}

export function initialState(started: SessionStarted, at: number): SessionState {
  return {
    started,
    ...(started.context === undefined ? {} : { context: started.context }),
    startedAt: at,
    endedAt: undefined,
    status: 'running',
    reason: undefined,
    items: isNewer(started) ? [{ type: 'note', level: 'warning', text: NEWER, at }] : [],
    queued: [],
    turns: 0,
    retrying: undefined,
    usage: NO_USAGE,
    cost: 0,
    changes: NO_CHANGES,
    draft: undefined,
    revision: undefined,
  };
}

/** Folds a whole log; undefined when it does not begin with `session.started`. */
export function foldSession(events: readonly SessionEvent[]): SessionState | undefined {
  const [first, ...rest] = events;
  if (first?.type !== 'session.started') return undefined;
  const { seq: _, at, ...started } = first;
  return rest.reduce(foldEvent, initialState(started, at));
}

/** What a session looks like whose process is gone: nothing in it goes on. */
export function interrupt(state: SessionState): SessionState {
  if (state.status !== 'running') return state;
  const items = state.items.map((item): SessionItem => {
    const open =
      (item.type === 'tool' && (item.status === 'running' || item.status === 'asking')) ||
      (item.type === 'check' && item.status === 'running');
    return open ? ({ ...item, status: 'interrupted' } as SessionItem) : item;
  });
  const changes = leaveOpen(state.changes);
  return { ...state, status: 'interrupted', retrying: undefined, items, changes };
}

/** One event. An event of an unknown type (a newer version's) changes nothing. */
export function foldEvent(state: SessionState, event: SessionEvent): SessionState {
  const next = foldConversation(state, event);
  const changes = foldChanges(state.changes, event);
  return changes === next.changes ? next : { ...next, changes };
}

function foldConversation(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'session.resumed':
      return resume(state, event);
    case 'user':
      return foldUser(state, event);
    case 'user.queued': {
      const { message, text, at, attachments } = event;
      const queued = { message, text, at, ...(attachments ? { attachments } : {}) };
      return { ...state, queued: [...state.queued, queued] };
    }
    case 'user.refused': {
      const words = state.queued.find(({ message }) => message === event.message)?.text ?? '';
      const queued = state.queued.filter(({ message }) => message !== event.message);
      const text = `Not sent to the model: “${words}”. ${event.why}`;
      return add({ ...state, queued }, { type: 'note', level: 'warning', text, at: event.at });
    }
    case 'user.takenBack':
      return { ...state, queued: state.queued.filter(({ message }) => message !== event.message) };
    case 'session.renamed': {
      const { name: _, ...rest } = state;
      return event.title.trim() === '' ? rest : { ...rest, name: event.title.trim() };
    }
    case 'context.compacted':
      return add(
        { ...state, context: event.after },
        { type: 'note', level: 'info', text: compacted(event), at: event.at, compacted: true },
      );
    case 'context.bounded':
      return { ...state, budget: event.budget };
    case 'note':
      return add(state, { type: 'note', level: event.level, text: event.text, at: event.at });
    case 'review.settled': {
      const { set } = state.changes;
      if (!set) return state;
      const level = event.left.length > 0 ? 'warning' : 'info';
      return add(state, { type: 'note', level, text: reviewInWords(set, event.left), at: event.at });
    }
    case 'turn.started':
      return { ...state, turns: event.turn, retrying: undefined };
    case 'turn.retrying':
      return { ...state, retrying: `${event.message} Again in ${Math.ceil(event.delayMs / 1000)} s.` };
    case 'turn.ended':
      return foldTurn(state, event);
    // Usage tells views that an answer is over and stands in the items: what came of this one is still only heard.
    case 'turn.cut':
      return { ...state, cost: sumOf(state.cost, event.cost) };
    case 'draft.checked':
      return add(state, { type: 'note', ...checkedNote(event), at: event.at });
    case 'draft.closed':
      return { ...state, draft: { complete: event.complete, hash: event.hash } };
    case 'revision.proposed':
      return { ...state, revision: proposed(event) };
    case 'revision.decided':
      return { ...state, revision: state.revision && decided(state.revision, event) };
    case 'session.ended':
      return { ...interrupt(state), status: event.status, reason: event.reason, endedAt: event.at };
    default:
      return foldWork(state, event);
  }
}

function foldUser(state: SessionState, event: Extract<SessionEvent, { type: 'user' }>): SessionState {
  const { text, at, seq, attachments } = event;
  const labels = attachments ? { attachments: attachments.map(labelOf) } : {};
  return add(
    { ...state, queued: state.queued.filter(({ message }) => message !== event.message) },
    { type: 'user', text, at, seq, ...labels },
  );
}

/** What people call it. */
export function titleOf({ name, started }: Pick<SessionState, 'name' | 'started'>): string {
  return name ?? started.title;
}

/** It runs again, in another process; what was cut off stays so. */
function resume(
  state: SessionState,
  { owner, at, model = state.started.model }: Extract<SessionEvent, { type: 'session.resumed' }>,
): SessionState {
  const started = { ...state.started, owner, model };
  const open = { started, status: 'running', reason: undefined, endedAt: undefined } as const;
  const next = { ...interrupt(state), ...open };
  // A conversation goes on with every word of the person's.
  if (started.kind === 'chat' && state.status !== 'running') return next;
  return add(next, { type: 'note', level: 'info', text: 'Resumed.', at });
}

function compacted({ before, after }: { readonly before: number; readonly after: number }): string {
  const short = (tokens: number) => `${Math.round(tokens / 1000)} k`;
  return `The oldest steps are summed up for the model (${short(before)} → ${short(after)} tokens). All of it is still shown here.`;
}

function checkedNote({ faults, asked, round }: Extract<SessionEvent, { type: 'draft.checked' }>) {
  const count = faults.length === 1 ? 'One fault' : `${faults.length} faults`;
  if (faults.length === 0) return { level: 'info', text: 'Checked: no faults are left.' } as const;
  const what = asked
    ? `${count} of form; the model is asked to mend ${faults.length === 1 ? 'it' : 'them'} (${round + 1} of 2).`
    : `${count} of form ${faults.length === 1 ? 'is' : 'are'} left; the document shows ${faults.length === 1 ? 'it' : 'them'} as findings.`;
  return { level: asked ? 'info' : 'warning', text: `${what}\n${faults.join('\n')}` } as const;
}

function foldTurn(state: SessionState, event: Extract<SessionEvent, { type: 'turn.ended' }>): SessionState {
  const text = event.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n\n');
  const next = text.trim() ? add(state, { type: 'text', text, at: event.at }) : state;
  return {
    ...next,
    retrying: undefined,
    ...(tokensIn(event.usage) > 0 ? { context: tokensIn(event.usage) } : {}),
    usage: addUsage(state.usage, event.usage),
    cost: sumOf(state.cost, event.cost),
  };
}

function sumOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function foldWork(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'tool.started':
      return add(state, {
        type: 'tool',
        call: event.call,
        name: event.name,
        input: event.input,
        status: 'running',
        question: undefined,
        output: '',
        edit: undefined,
        startedAt: event.at,
        durationMs: undefined,
      });
    case 'permission.asked':
      return patchTool(state, event.call, { status: 'asking', question: event.question, edit: event.edit });
    case 'permission.refused':
      return patchTool(state, event.call, { refusal: event });
    case 'permission.answered':
      return patchTool(state, event.call, {
        status: event.answer === 'deny' ? 'denied' : 'running',
        ...(event.unasked ? { unasked: true } : {}),
      });
    case 'choice.asked':
      return patchTool(state, event.call, { status: 'asking', choice: event.choice });
    case 'choice.made':
      return changeTool(state, event.call, (item) =>
        item.choice ? { ...item, status: 'running', choice: { ...item.choice, answer: event.answer } } : item,
      );
    case 'tool.ended':
      return endTool(state, event);
    case 'check.started':
      return add(state, {
        type: 'check',
        command: event.command,
        status: 'running',
        exitCode: undefined,
        output: '',
        startedAt: event.at,
        durationMs: undefined,
      });
    case 'check.ended':
      return endCheck(state, event);
    default:
      return state;
  }
}

function add(state: SessionState, item: SessionItem): SessionState {
  return { ...state, items: [...state.items, item] };
}

/** The latest call of that id: some servers give the same ids in every answer. */
function changeTool(state: SessionState, call: string, change: (item: ToolItem) => ToolItem): SessionState {
  const index = state.items.findLastIndex((item) => item.type === 'tool' && item.call === call);
  const item = state.items[index];
  return item?.type === 'tool' ? { ...state, items: state.items.with(index, change(item)) } : state;
}

function patchTool(state: SessionState, call: string, patch: Partial<ToolItem>): SessionState {
  return changeTool(state, call, (item) => ({ ...item, ...patch }));
}

function endTool(state: SessionState, event: Extract<SessionEvent, { type: 'tool.ended' }>): SessionState {
  return changeTool(state, event.call, (item) => {
    const status = event.ok ? 'ok' : item.status === 'denied' ? 'denied' : 'failed';
    return { ...item, status, output: event.output, edit: event.edit, durationMs: event.durationMs };
  });
}

function endCheck(state: SessionState, event: Extract<SessionEvent, { type: 'check.ended' }>): SessionState {
  const items = state.items.map((item): SessionItem => {
    if (item.type !== 'check' || item.status !== 'running') return item;
    const { exitCode, output, durationMs } = event;
    return { ...item, status: exitCode === 0 ? 'passed' : 'failed', exitCode, output, durationMs };
  });
  return { ...state, items };
}

function tokensIn({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: Usage): number {
  return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
}

function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  };
}
