/** What an organisation fixes, told where a person meets it. */
import * as vscode from 'vscode';
import { COMMANDS } from '../manifest';
import { showError, showInfo, showWarning } from './messages';

export const LOCK = '$(lock)';
const SHOW = 'Show What Is Managed';

/** Says it, and leads to all of it. */
export async function tellManaged(message: string, how: 'info' | 'warning' | 'error' = 'warning') {
  const show = { info: showInfo, warning: showWarning, error: showError }[how];
  if ((await show(message, SHOW)) === SHOW) await vscode.commands.executeCommand(COMMANDS.showManaged);
}
