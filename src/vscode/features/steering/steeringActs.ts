/** What a person does to a row of the Steering view. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { mentionText } from '../../../core/agent/mentions/mentionText';
import { dirname } from '../../../core/util/path';
import { showInfo } from '../../adapters/messages';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { contextDetail, contextTitle } from './contextWords';
import type { EntryNode } from './steeringView';

const UNDO = 'Undo';

/** Its name waits in the input, for the person to go on. */
export async function addSteering({ entry: { guidance } }: EntryNode): Promise<void> {
  await vscode.commands.executeCommand(COMMANDS.newSession, `${mentionText('steering', guidance.name)} `);
}

export async function openSteering({ entry }: EntryNode): Promise<void> {
  await vscode.window.showTextDocument(toUri(entry.guidance.path), { preview: true });
}

export async function revealSteering({ entry }: EntryNode): Promise<void> {
  await vscode.commands.executeCommand('revealInExplorer', toUri(entry.guidance.path));
}

export async function explainSteering(node: EntryNode): Promise<void> {
  const open = { title: 'Open' };
  const choice = await vscode.window.showInformationMessage(
    contextTitle(node.entry, node.about),
    { modal: true, detail: contextDetail(node.entry, node.about) },
    open,
  );
  if (choice === open) await openSteering(node);
}

export async function deleteSteering(
  { core: { ports }, report }: Host,
  { entry: { guidance } }: EntryNode,
): Promise<void> {
  const { kind, label, path } = guidance;
  const isSkill = kind === 'skill';
  const choice = await vscode.window.showWarningMessage(
    `Delete ${isSkill ? `the skill “${guidance.name}”` : label}?`,
    {
      modal: true,
      detail: isSkill
        ? `The folder ${dirname(label)} goes with all that is in it.`
        : 'Agents are no longer told it. What a session was told before, it still knows.',
    },
    'Delete',
  );
  if (choice !== 'Delete') return;
  const before = isSkill ? undefined : await ports.files.readText(path);
  const change = new vscode.WorkspaceEdit();
  // A change of the editor's own, so that *Undo* in the Explorer brings it back.
  change.deleteFile(toUri(isSkill ? dirname(path) : path), { recursive: isSkill });
  if (!(await vscode.workspace.applyEdit(change)))
    throw new ActError('refused', `The editor did not delete ${label}. It may be read-only.`);
  const what = isSkill ? `The skill “${guidance.name}”` : label;
  const offerUndo = async () => {
    if (before === undefined)
      return void showInfo(`${what} is deleted. *Undo* in the Explorer brings it back.`);
    if ((await showInfo(`${what} is deleted.`, UNDO)) !== UNDO) return;
    if ((await ports.files.stat(path)) !== undefined)
      throw new ActError('changed', `There is a file ${label} again: it is left as it is.`);
    await ports.files.writeText(path, before);
  };
  void offerUndo().catch(report);
}
