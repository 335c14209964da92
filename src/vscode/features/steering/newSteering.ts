/** *New Steering Document*. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { newDocument } from '../../../core/steering/completeFrontMatter';
import { basename, joinPath } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { activeFile, rootOf } from './fileAtHand';

const CHOICES = [
  { label: 'always', detail: 'In every request' },
  { label: 'fileMatch', detail: 'When the agent turns to a file that matches a pattern' },
  { label: 'manual', detail: 'When you name it: #steering:name' },
  { label: 'auto', detail: 'When the model finds by its description that it fits' },
];

export async function newSteering({ core }: Host): Promise<void> {
  const root = rootOf(activeFile());
  if (root === undefined)
    throw new ActError('invalid', 'Open a folder first: steering lies in its .kiro/steering folder.');
  const title = 'New Steering Document';
  const choice = await vscode.window.showQuickPick(CHOICES, {
    title,
    placeHolder: 'When is it told to the agent?',
  });
  if (!choice) return;
  const base = core.guidance.folder('workspace', root);
  if (base === undefined) return;
  const pathOf = (words: string) => joinPath(base, 'steering', `${fileNameOf(words)}.md`);
  const isTaken = async (words: string) => (await core.ports.files.stat(pathOf(words))) !== undefined;
  const written = await vscode.window.showInputBox({
    title,
    prompt: 'Its name: what it is about',
    placeHolder: 'testing',
    async validateInput(value) {
      if (value.trim() === '') return undefined;
      if (!/^[\w][\w .-]*$/.test(value.trim())) return 'Letters, digits, hyphens, dots and blanks.';
      return (await isTaken(value)) ? `There is a ${fileNameOf(value)}.md already.` : undefined;
    },
  });
  if (!written || fileNameOf(written) === '') return;
  const path = pathOf(written);
  // It may have come while the name was written.
  if (await isTaken(written)) throw new ActError('invalid', `There is a ${basename(path)} already.`);
  await core.ports.files.writeText(path, newDocument(choice.label, titleOf(written)));
  const editor = await vscode.window.showTextDocument(toUri(path));
  const end = editor.document.positionAt(editor.document.getText().length);
  editor.selection = new vscode.Selection(end, end);
}

const titleOf = (written: string) => written.trim().replace(/\.md$/, '');

function fileNameOf(written: string): string {
  return titleOf(written).replace(/[ ]+/g, '-').toLowerCase();
}
