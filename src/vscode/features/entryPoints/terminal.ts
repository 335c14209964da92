/** What is selected in the terminal. */
import * as vscode from 'vscode';
import { fenced } from './selection';

const MOST = 20_000;
export const WISH = 'Explain what the terminal says, and what to do about it.';

/** Where nothing is selected after all, the latest command there. */
export async function explainSelection(): Promise<string> {
  const selected = await selectionOfTerminal();
  if (selected.trim() === '') return `${WISH} #terminal`;
  return `${WISH}\n\n${fenced(selected.slice(-MOST))}`;
}

/** Only by way of the clipboard, whose text is put back. Without a selection the editor complains to the person. */
async function selectionOfTerminal(): Promise<string> {
  if (!vscode.window.activeTerminal) return '';
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  try {
    await clipboard.writeText('');
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    return await clipboard.readText();
  } finally {
    await clipboard.writeText(before);
  }
}
