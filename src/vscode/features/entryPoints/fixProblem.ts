/** “Fix with Earshot” at any problem of a file, beside the fixes of its language. */
import * as vscode from 'vscode';
import { COMMANDS } from '../../manifest';
import { fenced, quoted } from './selection';

/** Lines before and after the problem. */
const AROUND = 5;
const MOST_PROBLEMS = 20;

/** Spec documents have fixes of their own, and the agent does not write in `.kiro`. */
const isOurs = (uri: vscode.Uri) => /\/\.kiro\//.test(uri.path);

export function fixActions(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions({ uri }, _range, { diagnostics }) {
        if (diagnostics.length === 0 || isOurs(uri) || !vscode.workspace.isTrusted) return [];
        if (!vscode.workspace.getWorkspaceFolder(uri)) return [];
        const action = new vscode.CodeAction('Fix with Earshot', vscode.CodeActionKind.QuickFix);
        const range = diagnostics.reduce(
          (whole, each) => whole.union(each.range),
          diagnostics[0]?.range ?? _range,
        );
        action.diagnostics = [...diagnostics];
        action.command = { command: COMMANDS.fixProblem, title: action.title, arguments: [uri, range] };
        return [action];
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

/** The problems of the range as the editor shows them now. */
export async function fixText(uri: vscode.Uri, range: vscode.Range): Promise<string> {
  const document = await vscode.workspace.openTextDocument(uri);
  const path = vscode.workspace.asRelativePath(uri, false);
  const found = vscode.languages
    .getDiagnostics(uri)
    .filter((problem) => problem.range.intersection(range) !== undefined)
    .slice(0, MOST_PROBLEMS);
  const said = found.map(({ range: { start }, source, message }) => {
    const who = source === undefined ? '' : ` (${source})`;
    return `line ${start.line + 1}: ${message.replace(/\s*\n\s*/g, ' ')}${who}`;
  });
  const first = Math.max(0, range.start.line - AROUND);
  const last = Math.min(document.lineCount - 1, range.end.line + AROUND);
  const around = new vscode.Range(first, 0, last, document.lineAt(last).text.length);
  const many = said.length === 1 ? 'this problem' : 'these problems';
  return `Fix ${many} in \`${path}\`, and nothing else:\n\n${fenced(said.join('\n'))}\n\n${quoted(document, path, around)}`;
}
