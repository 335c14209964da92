/** Comments of a review in the Markdown editor: VS Code's own threads over the core's store. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { DocumentKind, DocumentSnapshot, Spec } from '../../../core/spec/model';
import { basename } from '../../../core/util/path';
import { toPath } from '../../adapters/paths';
import { documentAt, pickDocument } from '../../adapters/specTarget';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { createThreads, type ShownComment, type Threads } from './threads';

export const registerComments: Feature = (host) => {
  const { core } = host;
  const controller = vscode.comments.createCommentController('earshotReview', 'Earshot review');
  controller.options = {
    prompt: 'Comment on these words',
    placeHolder: 'What should be different? Several comments are sent as one request.',
  };
  controller.commentingRangeProvider = {
    provideCommentingRanges: (document) =>
      documentAt(core, document.uri) ? [new vscode.Range(0, 0, Math.max(0, document.lineCount - 1), 0)] : [],
  };
  const threads = createThreads(host, controller);
  return vscode.Disposable.from(
    controller,
    threads,
    host.command(COMMANDS.addComment, (reply) => add(host, threads, reply as vscode.CommentReply)),
    host.command(COMMANDS.resolveComments, (thread) => threads.resolve(thread, true)),
    host.command(COMMANDS.reopenComments, (thread) => threads.resolve(thread, false)),
    host.command(COMMANDS.editComment, (comment) => threads.edit(comment as ShownComment)),
    host.command(COMMANDS.saveComment, (comment) => threads.save(comment as ShownComment)),
    host.command(COMMANDS.cancelEditComment, (comment) => threads.cancelEdit(comment as ShownComment)),
    host.command(COMMANDS.removeComment, (comment) => remove(threads, comment as ShownComment)),
    host.command(COMMANDS.sendComments, (target) => send(host, target)),
  );
};

/** A first comment where its thread began, or an answer in one that is there. */
async function add({ core }: Host, threads: Threads, { thread, text }: vscode.CommentReply): Promise<void> {
  const known = threads.of(thread);
  if (known !== undefined) return core.comments.answer(known.spec, known.id, text);
  const found = documentAt(core, thread.uri);
  if (found === undefined || thread.range === undefined)
    throw new ActError('notFound', 'This document is no longer part of a spec.');
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === thread.uri.toString());
  // The store counts a byte order mark, which the editor keeps to itself.
  const mark = found.document.text?.startsWith('\uFEFF') ? 1 : 0;
  const offset = (position: vscode.Position) => (document?.offsetAt(position) ?? 0) + mark;
  const range = { start: offset(thread.range.start), end: offset(thread.range.end) };
  await core.comments.comment(found.spec, found.document.kind, range, text);
  // What stands in the store is shown in its place.
  thread.dispose();
}

async function remove(threads: Threads, comment: ShownComment): Promise<void> {
  const remove = 'Delete';
  const detail = comment.isFirst ? 'The answers below it go, too.' : undefined;
  const options = detail === undefined ? { modal: true } : { modal: true, detail };
  if ((await vscode.window.showWarningMessage('Delete this comment?', options, remove)) === remove)
    await threads.remove(comment);
}

/** All open comments of a document, as one request for changes. */
async function send({ core, report }: Host, target: unknown): Promise<void> {
  const { spec, document } = (await documentOf(core, target)) ?? {};
  if (spec === undefined || document === undefined) return;
  const { kind } = document;
  const request = await core.comments.request(spec, kind);
  const name = basename(document.path);
  if (request === undefined) throw new ActError('notFound', `No open comment on ${name} waits to be sent.`);
  const editor = vscode.workspace.textDocuments.find((each) => toPath(each.uri) === document.path);
  if (editor?.isDirty && !(await editor.save())) throw new ActError('invalid', `${name} could not be saved.`);
  const { done } = await core.workflow.requestChanges(spec.path, kind, request.text, request.about);
  await request.sent();
  done
    .catch(async (error: unknown) => {
      await request.unsent();
      throw error;
    })
    .catch(report);
  await vscode.commands.executeCommand(COMMANDS.review, { spec: spec.path, kind });
}

async function documentOf(
  core: Host['core'],
  target: unknown,
): Promise<
  { readonly spec: Spec; readonly document: DocumentSnapshot & { readonly kind: DocumentKind } } | undefined
> {
  const uri = (target as Partial<vscode.CommentThread> | undefined)?.uri;
  if (uri !== undefined) return documentAt(core, uri);
  return pickDocument(core, target, 'Send Comments', ({ text }) => text !== undefined);
}
