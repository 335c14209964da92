/** The threads that stand in open spec documents, kept in step with the store. */
import * as vscode from 'vscode';
import type { Spec } from '../../../core/spec/model';
import { lineStarts, type TextRange } from '../../../core/util/textRange';
import type { PlacedThread } from '../../../core/workflow/comments/comments';
import { toRange } from '../../adapters/diagnostics';
import { documentAt } from '../../adapters/specTarget';
import type { Host } from '../../host';

/** A comment as the editor shows it, and what it is in the store. */
export interface ShownComment extends vscode.Comment {
  readonly id: string;
  readonly thread: string;
  readonly spec: string;
  readonly isFirst: boolean;
  /** As it stands in the store: the body is also what is being typed. */
  readonly text: string;
}

export interface Threads extends vscode.Disposable {
  /** What a thread of the editor is in the store; undefined for one that is just being begun. */
  of(thread: unknown): { readonly spec: Spec; readonly id: string } | undefined;
  resolve(thread: unknown, resolved: boolean): Promise<void>;
  remove(comment: ShownComment): Promise<void>;
  /** Opens the words of a comment for its author, in their place. */
  edit(comment: ShownComment): void;
  /** Keeps the words as they were edited. */
  save(comment: ShownComment): Promise<void>;
  cancelEdit(comment: ShownComment): void;
}

interface Known {
  readonly id: string;
  readonly spec: string;
  /** What was shown last. */
  readonly shown: string;
}

export function createThreads({ core, report }: Host, controller: vscode.CommentController): Threads {
  /** By document, then by the thread's id. */
  const shown = new Map<string, Map<string, vscode.CommentThread>>();
  const known = new WeakMap<object, Known>();
  const turns = new Map<string, number>();

  async function show(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    const turn = (turns.get(key) ?? 0) + 1;
    turns.set(key, turn);
    const found = documentAt(core, document.uri);
    const [threads, me] = await Promise.all([
      found ? core.comments.threads(found.spec, found.document.kind) : [],
      core.ports.person.name(),
    ]);
    // Asked again meanwhile: that answer is newer.
    if (turns.get(key) !== turn || document.isClosed) return;
    const here = shown.get(key) ?? new Map<string, vscode.CommentThread>();
    shown.set(key, here);
    drop(here, (id) => !threads.some((each) => each.id === id));
    if (found === undefined) return;
    const rangeOf = ranges(found.document.text ?? '');
    for (const each of threads) {
      const range = rangeOf(each.range);
      const thread = here.get(each.id) ?? controller.createCommentThread(document.uri, range, []);
      here.set(each.id, thread);
      thread.range = range;
      refill(thread, each, found.spec.path, me);
    }
  }

  /** Asked again at each key: a thread that says the same is left alone, so that it stays folded. */
  function refill(thread: vscode.CommentThread, placed: PlacedThread, spec: string, me: string): void {
    const now = JSON.stringify({ ...placed, range: undefined });
    if (known.get(thread)?.shown !== now) fill(thread, placed, spec, me);
    known.set(thread, { id: placed.id, spec, shown: now });
  }

  const showAll = (): void => {
    for (const document of vscode.workspace.textDocuments)
      if (documentAt(core, document.uri)) void show(document).catch(report);
  };
  const subscriptions = [
    core.specs.onDidChange(showAll),
    core.comments.onDidChange(showAll),
    vscode.workspace.onDidOpenTextDocument((document) => void show(document).catch(report)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      drop(shown.get(uri.toString()) ?? new Map(), () => true);
      shown.delete(uri.toString());
    }),
  ];
  void core.specs.ready.then(showAll);

  const specOf = (path: string) => core.specs.get(path);
  const of: Threads['of'] = (thread) => {
    const found = typeof thread === 'object' && thread !== null ? known.get(thread) : undefined;
    const spec = found && specOf(found.spec);
    return found && spec && { spec, id: found.id };
  };
  return {
    of,
    async resolve(thread, resolved) {
      const found = of(thread);
      if (found) await core.comments.resolve(found.spec, found.id, resolved);
    },
    async remove({ spec: path, thread, id }) {
      const spec = specOf(path);
      if (spec) await core.comments.remove(spec, thread, id);
    },
    edit: (comment) => replace(shown, comment.id, (one) => ({ ...one, mode: vscode.CommentMode.Editing })),
    async save(comment) {
      const spec = specOf(comment.spec);
      const text = wordsOf(comment.body);
      if (spec && text.trim() !== comment.text)
        await core.comments.reword(spec, comment.thread, comment.id, text);
      replace(shown, comment.id, (one) => shownAs(one, text.trim()));
    },
    cancelEdit: (comment) => replace(shown, comment.id, (one) => shownAs(one, one.text)),
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function drop(threads: Map<string, vscode.CommentThread>, isGone: (id: string) => boolean): void {
  for (const [id, thread] of threads) {
    if (!isGone(id)) continue;
    thread.dispose();
    threads.delete(id);
  }
}

/** Places in the editor's text, which has no byte order mark. */
function ranges(text: string): (range: TextRange) => vscode.Range {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const starts = lineStarts(text.slice(mark));
  const at = (offset: number) => Math.max(0, offset - mark);
  return ({ start, end }) => toRange(starts, { start: at(start), end: at(end) });
}

type ByDocument = ReadonlyMap<string, ReadonlyMap<string, vscode.CommentThread>>;

/** Shows one comment otherwise: the editor looks at a list that is new. */
function replace(shown: ByDocument, id: string, change: (comment: ShownComment) => ShownComment): void {
  for (const threads of shown.values())
    for (const thread of threads.values())
      if (thread.comments.some((each) => isShown(each) && each.id === id))
        thread.comments = thread.comments.map((each) =>
          isShown(each) && each.id === id ? change(each) : each,
        );
}

function isShown(comment: vscode.Comment): comment is ShownComment {
  return 'thread' in comment && 'spec' in comment;
}

function shownAs(comment: ShownComment, text: string): ShownComment {
  return { ...comment, text, body: new vscode.MarkdownString(text), mode: vscode.CommentMode.Preview };
}

function wordsOf(body: vscode.Comment['body']): string {
  return typeof body === 'string' ? body : body.value;
}

function fill(thread: vscode.CommentThread, placed: PlacedThread, spec: string, me: string): void {
  const { id, comments, resolved, sent, lost, quote } = placed;
  // Somebody answers while a comment is edited: what is being typed stays.
  const edited = thread.comments.filter(
    (each): each is ShownComment => isShown(each) && each.mode === vscode.CommentMode.Editing,
  );
  thread.comments = comments.map(
    ({ id: own, by, at, text }, index): ShownComment => ({
      id: own,
      text,
      thread: id,
      spec,
      isFirst: index === 0,
      // What a repository brings is text: no commands, no HTML.
      body: new vscode.MarkdownString(text),
      mode: edited.some((each) => each.id === own) ? vscode.CommentMode.Editing : vscode.CommentMode.Preview,
      author: { name: by },
      timestamp: new Date(at),
      // Only one's own words are one's own to change.
      contextValue: by === me ? 'own' : 'other',
    }),
  );
  thread.contextValue = resolved ? 'resolved' : 'open';
  thread.state = resolved ? vscode.CommentThreadState.Resolved : vscode.CommentThreadState.Unresolved;
  const about = lost && quote !== '' ? `About “${quote}”, which is no longer there` : undefined;
  const state = resolved ? 'Resolved' : sent ? 'Sent' : undefined;
  const label = [state, about].filter((word) => word !== undefined).join('. ');
  thread.label = label === '' ? 'Review' : label;
  thread.collapsibleState = resolved
    ? vscode.CommentThreadCollapsibleState.Collapsed
    : vscode.CommentThreadCollapsibleState.Expanded;
}
