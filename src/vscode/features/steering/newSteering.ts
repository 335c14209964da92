/** *New Steering Document* and *Add to the Conversation*. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { mentionText } from '../../../core/agent/mentions/mentionText';
import { newDocument } from '../../../core/steering/completeFrontMatter';
import { joinPath } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { type EntryNode, rootAtHand } from './steeringView';

const CHOICES = [
  { label: 'always', detail: 'In every request' },
  { label: 'fileMatch', detail: 'When the agent turns to a file that matches a pattern' },
  { label: 'manual', detail: 'When you name it: #steering:name' },
  { label: 'auto', detail: 'When the model finds by its description that it fits' },
];

export async function newSteering({ core }: Host): Promise<void> {
  const root = rootAtHand();
  if (root === undefined)
    throw new ActError('invalid', 'Open a folder first: steering lies in its .kiro/steering folder.');
  const title = 'New Steering Document';
  const choice = await vscode.window.showQuickPick(CHOICES, {
    title,
    placeHolder: 'When is it told to the agent?',
  });
  if (!choice) return;
  const written = await vscode.window.showInputBox({
    title,
    prompt: 'Its name: what it is about',
    validateInput: (value) =>
      /^[\w][\w .-]*$/.test(value.trim()) || value === ''
        ? undefined
        : 'Letters, digits, hyphens, dots and blanks.',
  });
  const name = written?.trim().replace(/\.md$/, '').replace(/[ ]+/g, '-').toLowerCase();
  const base = core.guidance.folder('workspace', root);
  if (!name || base === undefined) return;
  const path = joinPath(base, 'steering', `${name}.md`);
  if ((await core.ports.files.stat(path)) === undefined)
    await core.ports.files.writeText(
      path,
      newDocument(choice.label, written?.trim().replace(/\.md$/, '') ?? name),
    );
  const editor = await vscode.window.showTextDocument(toUri(path));
  const end = editor.document.positionAt(editor.document.getText().length);
  editor.selection = new vscode.Selection(end, end);
}

/** Its name waits in the input, for the person to go on. */
export async function addSteering(node: unknown): Promise<void> {
  const guidance = (node as Partial<EntryNode> | undefined)?.entry?.guidance;
  if (!guidance) throw new ActError('invalid', 'Choose a document in the Steering view.');
  await vscode.commands.executeCommand(COMMANDS.newSession, `${mentionText('steering', guidance.name)} `);
}
