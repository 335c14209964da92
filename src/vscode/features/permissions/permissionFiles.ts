/** Files of permission rules in the editor: what is wrong stands under its words, and what can stand there is offered. */
import * as vscode from 'vscode';
import { lazy } from '../../../core/util/lazy';
import { lineStarts } from '../../../core/util/textRange';
import { toDiagnostics, toRange } from '../../adapters/diagnostics';
import { toPath } from '../../adapters/paths';
import type { Feature } from '../../host';
import { COMMANDS } from '../../manifest';
import { chooseAutonomy } from './chooseAutonomy';

/** Few people open such a file: what reads it is loaded with the first. */
const reader = lazy(() => import('../../../core/agent/permissions/parseRules'));
const completer = lazy(() => import('../../../core/agent/permissions/completeRules'));

/** Ours alone: Kiro has a file of the same name with more in it. */
const SELECTOR: vscode.DocumentSelector = { scheme: 'file', pattern: '**/permissions.yaml' };

export const registerPermissionFiles: Feature = (host) => {
  const { core, report } = host;
  const collection = vscode.languages.createDiagnosticCollection('earshot.permissions');
  const isOurs = ({ uri }: vscode.TextDocument) => uri.scheme === 'file' && core.isRuleFile(toPath(uri));

  async function look(document: vscode.TextDocument): Promise<void> {
    if (!isOurs(document)) return;
    const { parseRules } = await reader();
    if (document.isClosed) return;
    const text = document.getText();
    const { problems } = parseRules(text);
    const found = problems.map((problem) => ({ ...problem, severity: 'warning' as const }));
    collection.set(document.uri, toDiagnostics(text, found));
  }

  const check = (document: vscode.TextDocument) => void look(document).catch(report);
  for (const document of vscode.workspace.textDocuments) check(document);
  return vscode.Disposable.from(
    host.command(COMMANDS.chooseAutonomy, () => chooseAutonomy(host)),
    collection,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    vscode.languages.registerCompletionItemProvider(
      SELECTOR,
      {
        async provideCompletionItems(document, position) {
          if (!isOurs(document)) return undefined;
          const { completeRules } = await completer();
          const text = document.getText();
          const starts = lineStarts(text);
          return completeRules(text, document.offsetAt(position)).map(
            ({ label, detail, insert, range }, index) => {
              const item = new vscode.CompletionItem(
                { label, description: detail },
                vscode.CompletionItemKind.Value,
              );
              item.insertText = new vscode.SnippetString(insert);
              item.range = toRange(starts, range);
              item.sortText = String(index).padStart(3, '0');
              return item;
            },
          );
        },
      },
      ' ',
      '-',
      '[',
    ),
  );
};
