/**
 * Comments of a review lie beside the spec, in `.earshot/comments.jsonl`: what happened, one record a line, sorted by
 * time, so that branches merge. Nothing is rewritten: an edit, an answer, a decision is a record of its own.
 */
import type { FileSystem } from '../../ports';
import { parseJsonLines } from '../../util/jsonLines';
import { joinPath } from '../../util/path';
import { addRecords } from '../../util/recordFile';

/** Where a comment stands: the part of the document, and the words that it is about. */
export interface Anchor {
  /** As people name it: `1.2`, `## Overview`. */
  readonly part: string;
  readonly quote: string;
}

export type CommentEvent =
  | ({ readonly type: 'commented'; readonly document: string; readonly text: string } & Anchor)
  | { readonly type: 'answered'; readonly thread: string; readonly text: string }
  | { readonly type: 'reworded'; readonly thread: string; readonly comment: string; readonly text: string }
  /** A thread goes with its first comment. */
  | { readonly type: 'removed'; readonly thread: string; readonly comment: string }
  | { readonly type: 'resolved'; readonly thread: string; readonly resolved: boolean }
  /** Part of a request for changes. */
  | { readonly type: 'sent'; readonly thread: string }
  /** Nothing came of that request. */
  | { readonly type: 'unsent'; readonly thread: string };

export type CommentRecord = CommentEvent & {
  readonly v: 1;
  readonly at: string;
  readonly id: string;
  readonly by: string;
};

export interface Comment {
  readonly id: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
}

export interface Thread extends Anchor {
  readonly id: string;
  /** File name of the document. */
  readonly document: string;
  readonly comments: readonly Comment[];
  readonly resolved: boolean;
  /** Nothing was said in it since it was part of a request. */
  readonly sent: boolean;
  /** When it was part of a request last. */
  readonly asked?: string;
}

export function commentsPath(spec: string): string {
  return joinPath(spec, '.earshot/comments.jsonl');
}

const FIELDS: Readonly<Record<CommentEvent['type'], readonly string[]>> = {
  commented: ['document', 'text', 'part', 'quote'],
  answered: ['thread', 'text'],
  reworded: ['thread', 'comment', 'text'],
  removed: ['thread', 'comment'],
  resolved: ['thread'],
  sent: ['thread'],
  unsent: ['thread'],
};

function isRecord(value: unknown): value is CommentRecord {
  const record = value as Readonly<Record<string, unknown>> | null;
  const own = typeof record?.type === 'string' && Object.hasOwn(FIELDS, record.type);
  const fields = own ? FIELDS[record.type as CommentEvent['type']] : undefined;
  return (
    record?.v === 1 &&
    fields !== undefined &&
    ['at', 'id', 'by', ...fields].every((key) => typeof record[key] === 'string')
  );
}

/** The threads that records make, in the order in which they began. Records that name nothing change nothing. */
export function foldComments(text: string): readonly Thread[] {
  const records = parseJsonLines(text).values.filter(isRecord);
  const threads = new Map<string, Thread>();
  for (const record of [...records].sort((a, b) =>
    a.at < b.at || (a.at === b.at && a.id < b.id) ? -1 : 1,
  )) {
    if (record.type === 'commented') {
      const { id, document, part, quote } = record;
      threads.set(id, {
        id,
        document,
        part,
        quote,
        comments: [commentOf(record)],
        resolved: false,
        sent: false,
      });
      continue;
    }
    const thread = threads.get(record.thread);
    const next = thread && after(thread, record);
    if (next === undefined || next.comments.length === 0) threads.delete(record.thread);
    else threads.set(next.id, next);
  }
  return [...threads.values()];
}

function after(thread: Thread, record: Exclude<CommentRecord, { readonly type: 'commented' }>): Thread {
  const { comments } = thread;
  switch (record.type) {
    case 'answered':
      return { ...thread, comments: [...comments, commentOf(record)], sent: false };
    case 'reworded': {
      const said = comments.map((each) =>
        each.id === record.comment ? { ...each, text: record.text } : each,
      );
      return { ...thread, comments: said, sent: false };
    }
    case 'removed': {
      const isFirst = comments[0]?.id === record.comment;
      return { ...thread, comments: isFirst ? [] : comments.filter(({ id }) => id !== record.comment) };
    }
    case 'resolved':
      return { ...thread, resolved: record.resolved === true };
    case 'sent':
      return { ...thread, sent: true, asked: record.at };
    case 'unsent': {
      const { asked: _, ...before } = thread;
      return { ...before, sent: false };
    }
  }
}

function commentOf({ id, by, at, text }: Comment): Comment {
  return { id, by, at, text };
}

/** Adds records, keeping every line that was there. */
export async function addComments(
  files: FileSystem,
  spec: string,
  records: readonly CommentRecord[],
): Promise<void> {
  const path = commentsPath(spec);
  // The time first: that is the order in which they are sorted.
  const added = records.map(({ v, at, id, ...rest }) => JSON.stringify({ v, at, id, ...rest }));
  await addRecords(files, path, added);
}
