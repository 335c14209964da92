/** What is selected, as the beginning of a message. */
import * as vscode from 'vscode';
import { mentionText } from '../../../core/agent/mentions/mentionText';

const MOST = 20_000;

/** Without a selection the whole file is mentioned. */
export function askText({ document, selection }: vscode.TextEditor): string {
  const path = vscode.workspace.asRelativePath(document.uri, false);
  if (selection.isEmpty) return document.uri.scheme === 'file' ? `${mentionText('file', path)} ` : '';
  return `${quoted(document, path, selection)}\n\n`;
}

/** `src/a.ts`, lines 3–9, and their text. */
export function quoted(document: vscode.TextDocument, path: string, range: vscode.Range): string {
  // A selection of whole lines ends at the beginning of the next, which is not in it.
  const last = range.end.character === 0 && !range.isSingleLine ? range.end.line : range.end.line + 1;
  const [from, to] = [range.start.line + 1, last];
  const lines = from === to ? `line ${from}` : `lines ${from}–${to}`;
  const text = document.getText(range);
  const cut = text.length > MOST ? `${text.slice(0, MOST)}\n[more]` : text;
  return `\`${path}\`, ${lines}:\n\n${fenced(cut, document.languageId)}`;
}

/** The text cannot end its own fence. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}
