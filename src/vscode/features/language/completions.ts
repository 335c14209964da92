import * as vscode from 'vscode';
import { type Completion, completionsAt } from '../../../core/language/completion';
import type { Host } from '../../host';
import { rangesOf, settled } from './settled';

const KINDS: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  id: vscode.CompletionItemKind.Reference,
  term: vscode.CompletionItemKind.Class,
  keyword: vscode.CompletionItemKind.Keyword,
  snippet: vscode.CompletionItemKind.Snippet,
  fact: vscode.CompletionItemKind.Property,
};

/** In Markdown the editor asks for nothing while words are written, so that capitals have to say that a name begins. */
const TRIGGERS = [...' .,_ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

export function registerCompletions(host: Host, selector: vscode.DocumentSelector): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    selector,
    {
      async provideCompletionItems(document, position, token) {
        const at = await settled(host, document, token);
        if (!at) return undefined;
        const toRange = rangesOf(at);
        return completionsAt(at.documents, at.document.kind, document.offsetAt(position)).map(
          ({ label, detail, kind, insert, range }, index) => {
            const item = new vscode.CompletionItem({ label, description: detail.slice(0, 80) }, KINDS[kind]);
            if (detail !== '') item.documentation = detail;
            item.insertText = new vscode.SnippetString(insert);
            item.range = toRange(at.document.kind, range);
            // In the order of the document, not of the alphabet: 1.2 comes before 1.10.
            item.sortText = String(index).padStart(5, '0');
            return item;
          },
        );
      },
    },
    ...TRIGGERS,
  );
}
