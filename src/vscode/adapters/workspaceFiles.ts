/**
 * Files as the person sees them: an open document's text counts before it is saved, and a change to an open
 * document is an edit of it (undo works, the cursor stays) that is saved at once.
 */
import * as vscode from 'vscode';
import { ActError } from '../../core/actError';
import type { FileSystem, TextSink } from '../../core/ports';
import { FileError } from '../../core/ports';
import { mergeDocuments } from '../../core/spec/merge/mergeDocuments';
import { basename } from '../../core/util/path';
import { toPath, toUri } from './paths';
import { kindAt, type SavedTexts } from './savedTexts';

/** Milliseconds between two repaints of a document that a model writes. */
const FRAME = 60;

/** @param saved What unsaved edits were made from */
export function createWorkspaceFiles(
  disk: FileSystem,
  saved: Pick<SavedTexts, 'of' | 'written'>,
): FileSystem {
  const openDocument = (path: string) =>
    vscode.workspace.textDocuments.find(
      (document) => document.uri.scheme === 'file' && !document.isClosed && toPath(document.uri) === path,
    );

  return {
    ...disk,
    async readText(path, most) {
      const document = openDocument(path);
      // A clean document may lag behind the disk; only unsaved text is worth more than the file.
      if (document?.isDirty) return document.getText();
      const text = await disk.readText(path, most);
      return document && text !== undefined ? withoutMark(text) : text;
    },
    async writeText(path, text) {
      const document = openDocument(path);
      // The editor writes in place, and so under every name of the file; the disk's way gives it one of its own.
      if (!document || (await disk.stat(path))?.names) return disk.writeText(path, text);
      const whole = document.isDirty
        ? withDisk(path, saved.of(document), text, await disk.readText(path))
        : text;
      await replaceText(document, whole);
      // The editor refuses when the file moved on and it did not hear of it yet; what we write is newer still.
      if (await document.save()) return;
      await disk.writeText(path, whole);
      saved.written(document, document.getText());
    },
    async move(from, to) {
      // By the editor where it is a folder of ours, so that open documents go with it.
      if ((await disk.stat(from))?.kind !== 'folder' || !isOurs(from) || !isOurs(to))
        return disk.move(from, to);
      if ((await disk.stat(to)) !== undefined) throw new FileError('other', to, new Error('EEXIST'));
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(toUri(from), toUri(to), { overwrite: false });
      // Where it refuses, the disk says why.
      if (!(await vscode.workspace.applyEdit(edit))) await disk.move(from, to);
    },
    openSink: (path) => openEditorSink(disk, path),
  };
}

/**
 * Made from unsaved text, which knows nothing of what came to the disk since: another window's tick stays.
 * @throws ActError where both changed one part
 */
function withDisk(path: string, base: string | undefined, ours: string, disk: string | undefined): string {
  const theirs = disk && withoutMark(disk);
  const kind = kindAt(path);
  if (kind === undefined || theirs === undefined || theirs === base || theirs === ours) return ours;
  // A document that was unsaved when it was first seen, like one of before a reload, is merged by a person alone.
  const merged = base === undefined ? undefined : mergeDocuments(kind, { base, ours, theirs });
  if (merged?.conflicts.length === 0) return merged.text;
  const ids = merged?.conflicts.map(({ id }) => id).join(', ') ?? 'what';
  throw new ActError(
    'changed',
    `${basename(path)} has unsaved edits here, and ${ids} was changed on the disk meanwhile, so nothing was written. Save it, which shows both, and try again.`,
  );
}

function isOurs(path: string): boolean {
  return vscode.workspace.getWorkspaceFolder(toUri(path)) !== undefined;
}

/** The editor keeps a byte order mark to itself. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** Replaces what differs between the first and the last changed character. */
async function replaceText(document: vscode.TextDocument, whole: string): Promise<void> {
  const old = document.getText();
  const text = withoutMark(whole);
  let start = 0;
  while (start < old.length && start < text.length && old[start] === text[start]) start++;
  let tail = 0;
  while (tail < old.length - start && tail < text.length - start && old.at(-1 - tail) === text.at(-1 - tail))
    tail++;
  // Never between the halves of a pair: an emoji that becomes another shares one with it.
  if (start > 0 && isHighHalf(old.charCodeAt(start - 1))) start--;
  if (tail > 0 && isLowHalf(old.charCodeAt(old.length - tail))) tail--;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(old.length - tail));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, text.slice(start, text.length - tail));
  if (!(await vscode.workspace.applyEdit(edit))) throw new FileError('other', toPath(document.uri));
}

const isHighHalf = (code: number) => code >= 0xd800 && code <= 0xdbff;
const isLowHalf = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** The file, opened beside what the person does, growing at its end. Falls back to the disk when it is closed. */
async function openEditorSink(disk: FileSystem, path: string): Promise<TextSink> {
  const uri = toUri(path);
  const start = new vscode.WorkspaceEdit();
  // By the editor itself: it then knows the file's new state, also where it had it open before.
  start.createFile(uri, { overwrite: true, contents: new Uint8Array() });
  if (!(await vscode.workspace.applyEdit(start))) throw new FileError('other', path);
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: false, preserveFocus: true });
  let pending = '';
  let written = '';
  let lost = false;
  let flushing: Promise<void> | undefined;

  async function flush(): Promise<void> {
    const text = pending;
    pending = '';
    if (text === '') return;
    written += text;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, text);
    if (lost || document.isClosed || !(await vscode.workspace.applyEdit(edit))) {
      lost = true;
      return;
    }
    editor.revealRange(new vscode.Range(document.lineCount - 1, 0, document.lineCount - 1, 0));
  }

  function schedule(): void {
    flushing ??= new Promise<void>((resolve) => setTimeout(resolve, FRAME)).then(flush).finally(() => {
      flushing = undefined;
      if (pending !== '') schedule();
    });
  }

  return {
    async append(text) {
      pending += text;
      schedule();
    },
    async drop() {
      lost = true;
      pending = '';
      await flushing;
    },
    async close() {
      while (flushing || pending !== '') await (flushing ?? flush());
      // Closed by the person meanwhile, or not to be saved: what came goes to the disk all the same.
      if (lost || document.isClosed || !(await document.save())) await disk.writeText(path, written);
    },
  };
}
