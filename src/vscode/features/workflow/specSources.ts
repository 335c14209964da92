/** What a spec can be made from beside an idea: a selection, a file, the clipboard, a picture, code. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { basename } from '../../../core/util/path';
import type { SpecStart } from '../../../core/workflow/beginnings/start';
import { toPath } from '../../adapters/paths';

/** Characters; more belongs into several specs. */
const MOST = 100_000;
const TEXTS = /\.(?:md|markdown|txt|rst|adoc|org|csv|html?|eml)$/i;
const PICTURES: readonly (readonly [ending: RegExp, mediaType: string])[] = [
  [/\.png$/i, 'image/png'],
  [/\.jpe?g$/i, 'image/jpeg'],
  [/\.gif$/i, 'image/gif'],
  [/\.webp$/i, 'image/webp'],
];

/** Of what the spec is made, and how the person is told that. */
export interface From {
  /** `notes.md`, `the selection in links.js` */
  readonly label: string;
  /** What stands for the idea where the person writes none. */
  readonly idea: string;
  readonly start: Pick<SpecStart, 'sources' | 'code' | 'pictures'>;
}

/** Of the selection in the active editor; undefined without one. */
export function fromSelection(): From | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.selection.isEmpty) return undefined;
  const { document, selection } = editor;
  const path = vscode.workspace.asRelativePath(document.uri, false);
  const [first, last] = [selection.start.line + 1, selection.end.line + 1];
  const name = first === last ? `${path}, line ${first}` : `${path}, lines ${first}–${last}`;
  return textFrom(name, `the selection in ${basename(document.uri.path)}`, document.getText(selection));
}

export async function fromClipboard(): Promise<From> {
  const text = await vscode.env.clipboard.readText();
  if (text.trim() === '')
    throw new ActError(
      'invalid',
      'The clipboard is empty. Copy the text first: of an issue, a message, a page.',
    );
  return textFrom('Text', 'the clipboard', text);
}

/** A text is what the spec is about, a picture what it should become, code what it does already. */
export async function fromUri(uri: vscode.Uri): Promise<From> {
  const path = vscode.workspace.asRelativePath(uri, false);
  const name = basename(uri.path);
  const picture = PICTURES.find(([ending]) => ending.test(name));
  if (picture) {
    const data = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('base64');
    const pictures = [{ name, mediaType: picture[1], data }];
    return { label: name, idea: `What ${name} shows`, start: { pictures } };
  }
  const { type } = await vscode.workspace.fs.stat(uri);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if ((type & vscode.FileType.Directory) !== 0 || (folder && !TEXTS.test(name))) return fromCode(uri);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  if (text.includes('\0')) throw new ActError('invalid', `${name} is not a text.`);
  return textFrom(path, name, text);
}

export function fromCode(uri: vscode.Uri): From {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) throw new ActError('invalid', 'Choose code of the open folder.');
  const path = toPath(uri).slice(toPath(folder.uri).length).replace(/^\//, '');
  const label = path === '' ? 'the whole folder' : path;
  return { label, idea: `What ${label} does today`, start: { code: [path] } };
}

function textFrom(name: string, label: string, text: string): From {
  if (text.length > MOST)
    throw new ActError(
      'invalid',
      `${label} is too long for one spec: ${MOST / 1000},000 characters at most. Select a part.`,
    );
  const first =
    text
      .trim()
      .split('\n')[0]
      ?.replace(/^#+\s*/, '')
      .slice(0, 80)
      .trim() ?? '';
  return { label, idea: first === '' ? `What ${label} says` : first, start: { sources: [{ name, text }] } };
}

/** Asks for a file; undefined when the person chooses none. */
export async function pickFile(what: 'text' | 'picture' | 'code'): Promise<From | undefined> {
  const folders = what === 'code';
  const [uri] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: true,
      canSelectFolders: folders,
      openLabel: 'Make a Spec of It',
      ...(vscode.workspace.workspaceFolders?.[0]
        ? { defaultUri: vscode.workspace.workspaceFolders[0].uri }
        : {}),
      ...(what === 'picture' ? { filters: { Pictures: ['png', 'jpg', 'jpeg', 'gif', 'webp'] } } : {}),
    })) ?? [];
  if (!uri) return undefined;
  return what === 'code' ? fromCode(uri) : fromUri(uri);
}
