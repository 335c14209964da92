/** What is selected in the terminal. */
import * as vscode from 'vscode';
import { borrowClipboard, type Replacing } from './clipboard';
import { fenced } from './selection';

const MOST = 20_000;
export const WISH = 'Explain what the terminal says, and what to do about it.';

/** Where nothing is selected after all, the latest command there. Undefined: the person would rather keep what they copied. */
export async function explainSelection(): Promise<string | undefined> {
  const selected = await selectionOfTerminal();
  if (selected === undefined) return undefined;
  if (selected.trim() === '') return `${WISH} #terminal`;
  return `${WISH}\n\n${fenced(selected.slice(-MOST))}`;
}

/** Only by way of the clipboard. Without a selection the editor complains to the person. */
async function selectionOfTerminal(): Promise<string | undefined> {
  if (!vscode.window.activeTerminal) return '';
  const copy = () => vscode.commands.executeCommand('workbench.action.terminal.copySelection');
  return borrowClipboard(vscode.env.clipboard, copy, mayReplace);
}

async function mayReplace(): Promise<Replacing> {
  const selection = { title: 'Use the Selection' };
  const latest = { title: 'Use the Latest Command' };
  const detail =
    'The editor hands out what is selected in a terminal by way of the clipboard only. There is no text on it now: a picture or files that you copied would be lost, and nothing else.';
  const choice = await vscode.window.showWarningMessage(
    'Replace what is on the clipboard?',
    { modal: true, detail },
    selection,
    latest,
  );
  return choice === selection ? 'selection' : choice === latest ? 'latest' : undefined;
}
