/** The log as it is drawn: reads and searches folded by kind, the rest one by one. Pure. */

import type { SessionStarted } from '../../../core/agent/session/events';
import type {
  CheckItem,
  SessionItem,
  SessionState,
  ToolItem,
} from '../../../core/agent/session/sessionState';
import type { AttachmentLabel } from '../../../core/agent/turn/attachments';
import { type CallKind, kindOf } from './calls';
import type { Live } from './live';

export type Entry =
  | {
      readonly type: 'prompt';
      readonly key: string;
      readonly text: string;
      /** It was put together for the model: nobody wrote it like that. */
      readonly given: boolean;
      readonly attachments?: readonly AttachmentLabel[];
      /** Number of its event: a fork ends before it. */
      readonly seq?: number;
    }
  /** `document`: the text is the document that is written, not a word to the person. */
  | {
      readonly type: 'message';
      readonly key: string;
      readonly text: string;
      readonly live: boolean;
      readonly document: boolean;
    }
  | {
      readonly type: 'note';
      readonly key: string;
      readonly level: 'info' | 'warning' | 'error';
      readonly text: string;
    }
  | {
      readonly type: 'group';
      readonly key: string;
      readonly kind: CallKind;
      readonly calls: readonly ToolItem[];
    }
  | { readonly type: 'edit'; readonly key: string; readonly call: ToolItem }
  | { readonly type: 'run'; readonly key: string; readonly call: ToolItem }
  /** Handed to a sub-agent. */
  | { readonly type: 'helper'; readonly key: string; readonly call: ToolItem }
  | {
      readonly type: 'question';
      readonly key: string;
      readonly call: ToolItem;
      readonly nth: number;
      readonly of: number;
    }
  | { readonly type: 'check'; readonly key: string; readonly check: CheckItem }
  /** The model is writing the input of a call. */
  | { readonly type: 'preparing'; readonly key: string; readonly name: string };

type Session = Pick<SessionState, 'items' | 'started'>;

/** The entries of a session, what streams right now included. */
export function entriesOf(session: Session, live: Live): readonly Entry[] {
  const questions = session.items.filter(isAsking);
  const entries: Entry[] = [];
  session.items.forEach((item, index) => {
    const entry = entryOf(item, index, session.started, questions);
    if (!entry || !mergeQuiet(entries, entry)) entries.push(...(entry ? [entry] : []));
  });
  return [...entries, ...liveEntries(session, live)];
}

/** One answer is what was wanted, and not a conversation. */
function isRequest({ kind }: SessionStarted): boolean {
  return kind === 'draft' || kind === 'revision';
}

/** What a program reads: a document, parts of one, JSON. The message of a commit is read as it is. */
function isDocument(started: SessionStarted, text: string): boolean {
  return isRequest(started) && (started.document !== undefined || /^\s*(?:```|[<{[])/.test(text));
}

/** The end of a text that was put between tags. */
const MATERIAL = /^<\/\w+>$/m;

function isAsking(item: SessionItem): item is ToolItem {
  return item.type === 'tool' && item.status === 'asking';
}

function entryOf(
  item: SessionItem,
  index: number,
  started: SessionStarted,
  questions: readonly ToolItem[],
): Entry | undefined {
  const key = `${item.type}${index}`;
  switch (item.type) {
    case 'user':
      return {
        type: 'prompt',
        key,
        text: item.text,
        given: isRequest(started) && MATERIAL.test(item.text),
        ...(item.attachments ? { attachments: item.attachments } : {}),
        ...(item.seq === undefined ? {} : { seq: item.seq }),
      };
    case 'text':
      return {
        type: 'message',
        key,
        text: item.text,
        live: false,
        document: isDocument(started, item.text),
      };
    case 'note':
      return { type: 'note', key, level: item.level, text: item.text };
    case 'check':
      return { type: 'check', key, check: item };
    case 'tool':
      // The plan is in the head.
      return item.name === 'plan' && item.status !== 'failed' ? undefined : toolEntry(item, questions);
  }
}

function toolEntry(call: ToolItem, questions: readonly ToolItem[]): Entry {
  const key = call.call;
  if (call.status === 'asking')
    return { type: 'question', key, call, nth: questions.indexOf(call) + 1, of: questions.length };
  const kind = kindOf(call);
  // An edit that changed nothing, because it failed or was denied, is a line like any other.
  if (kind === 'edit')
    return call.edit ? { type: 'edit', key, call } : { type: 'group', key, kind, calls: [call] };
  if (kind === 'run') return { type: 'run', key, call };
  if (kind === 'helper') return { type: 'helper', key, call };
  return { type: 'group', key, kind, calls: [call] };
}

const QUIET: ReadonlySet<CallKind> = new Set(['read', 'search', 'list', 'process', 'spec', 'code']);

/** Adds a quiet call to one of its kind in the same stretch of quiet calls; false when there is none. */
function mergeQuiet(entries: Entry[], entry: Entry): boolean {
  if (entry.type !== 'group' || !QUIET.has(entry.kind)) return false;
  for (let i = entries.length - 1; i >= 0; i--) {
    const before = entries[i];
    if (before?.type !== 'group' || !QUIET.has(before.kind)) return false;
    if (before.kind !== entry.kind) continue;
    entries[i] = { ...before, calls: [...before.calls, ...entry.calls] };
    return true;
  }
  return false;
}

function liveEntries(session: Session, live: Live): readonly Entry[] {
  const known = new Set(session.items.flatMap((item) => (item.type === 'tool' ? [item.call] : [])));
  const preparing = live.calls.filter((call) => !known.has(call.call));
  return [
    // The key it will have as an item: so that it stays the same element when the turn ends.
    ...(live.text
      ? [
          {
            type: 'message',
            key: `text${session.items.length}`,
            text: live.text,
            live: true,
            document: isDocument(session.started, live.text),
          } as const,
        ]
      : []),
    ...preparing.map((call) => ({ type: 'preparing', key: call.call, name: call.name }) as const),
  ];
}
