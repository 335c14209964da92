/** What is wrong in spec documents: diagnostics for those that are open, and their certain fixes as quick fixes. */
import * as vscode from 'vscode';
import type { Problem } from '../../../core/spec/model';
import { lineStarts } from '../../../core/util/textRange';
import { toDiagnostics, toRange } from '../../adapters/diagnostics';
import { documentAt } from '../../adapters/specTarget';
import type { Host } from '../../host';

export function registerSpecProblems({ core }: Host, selector: vscode.DocumentSelector): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('earshot.specs');
  const problemsOf = (uri: vscode.Uri): { text: string; problems: readonly Problem[] } => {
    const document = documentAt(core, uri)?.document;
    // While a model is writing, what is missing is on its way.
    const settled = document?.state !== 'drafting';
    return { text: document?.text ?? '', problems: settled ? (document?.problems ?? []) : [] };
  };
  const show = (document: vscode.TextDocument) => {
    if (vscode.languages.match(selector, document) === 0) return;
    const { text, problems } = problemsOf(document.uri);
    collection.set(document.uri, toDiagnostics(text, problems));
  };
  const showAll = () => vscode.workspace.textDocuments.forEach(show);
  const fixes: vscode.CodeActionProvider = {
    provideCodeActions(document, range) {
      const { text, problems } = problemsOf(document.uri);
      if (text !== document.getText()) return [];
      const starts = lineStarts(text);
      return problems.flatMap((problem) => {
        if (!toRange(starts, problem.range).intersection(range)) return [];
        return (problem.fixes ?? []).map((fix) => {
          const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
          action.edit = new vscode.WorkspaceEdit();
          for (const edit of fix.edits())
            action.edit.replace(document.uri, toRange(starts, edit.range), edit.newText);
          return action;
        });
      });
    },
  };
  showAll();
  return vscode.Disposable.from(
    collection,
    core.specs.onDidChange(showAll),
    vscode.workspace.onDidOpenTextDocument(show),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    vscode.languages.registerCodeActionsProvider(selector, fixes, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
  );
}
