/** Notifications. The editor reads links out of their text, command links included: foreign words must not make any. */
import * as vscode from 'vscode';

/** The text, in which `[label](target)` is no link. */
export function plain(text: string): string {
  return text.replace(/\]\(/g, ']\u200B(');
}

export function showInfo(message: string, ...choices: string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(plain(message), ...choices);
}

export function showWarning(message: string, ...choices: string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(plain(message), ...choices);
}

export function showError(message: string, ...choices: string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(plain(message), ...choices);
}
