/** Front matter in the editor: what can stand there is offered, and what stands there is explained. */
import * as vscode from 'vscode';
import { lazy } from '../../../core/util/lazy';
import { lineStarts } from '../../../core/util/textRange';
import { toRange } from '../../adapters/diagnostics';

/** Few people open such a file: what reads it is loaded with the first. */
const reader = lazy(() => import('../../../core/steering/completeFrontMatter'));

const SELECTOR: vscode.DocumentSelector = [
  { scheme: 'file', pattern: '**/.kiro/steering/**/*.md' },
  { scheme: 'file', pattern: '**/.kiro/skills/*/SKILL.md' },
];

export function registerFrontMatterHelp(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      SELECTOR,
      {
        async provideCompletionItems(document, position) {
          const { completeFrontMatter } = await reader();
          const text = document.getText();
          const starts = lineStarts(text);
          const kind = document.uri.path.endsWith('/SKILL.md') ? 'skill' : 'steering';
          return completeFrontMatter(text, document.offsetAt(position), kind).map((offer, index) => {
            const { label, detail, insert, range } = offer;
            const item = new vscode.CompletionItem(
              { label, description: detail },
              vscode.CompletionItemKind.Property,
            );
            item.insertText = new vscode.SnippetString(insert);
            item.range = toRange(starts, range);
            item.sortText = String(index).padStart(3, '0');
            return item;
          });
        },
      },
      ' ',
      '-',
    ),
    vscode.languages.registerHoverProvider(SELECTOR, {
      async provideHover(document, position) {
        const { explainFrontMatter } = await reader();
        const words = explainFrontMatter(document.getText(), document.offsetAt(position));
        return words === undefined ? undefined : new vscode.Hover(words);
      },
    }),
  );
}
