/** Outline, folding, colours of clauses, and the ids that are nowhere written. */
import * as vscode from 'vscode';
import { idHints } from '../../../core/language/inlayHints';
import { foldsOf, type OutlineSymbol, outlineOf } from '../../../core/language/outline';
import { TOKEN_TYPES, tokensOf } from '../../../core/language/tokens';
import { lineStarts, positionAt, type TextRange } from '../../../core/util/textRange';
import type { Host } from '../../host';
import { rangesOf, settled } from './settled';

const SYMBOLS: Readonly<Record<OutlineSymbol['kind'], vscode.SymbolKind>> = {
  section: vscode.SymbolKind.String,
  requirement: vscode.SymbolKind.Class,
  criterion: vscode.SymbolKind.Method,
  property: vscode.SymbolKind.Property,
  task: vscode.SymbolKind.Event,
  done: vscode.SymbolKind.Boolean,
};
const LEGEND = new vscode.SemanticTokensLegend([...TOKEN_TYPES]);

export function registerStructure(host: Host, selector: vscode.DocumentSelector): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDocumentSymbolProvider(
      selector,
      {
        async provideDocumentSymbols(document, token) {
          const at = await settled(host, document, token);
          if (!at) return undefined;
          const toRange = rangesOf(at);
          return outlineOf(at.document).map((symbol) =>
            toSymbol(symbol, (range) => toRange(at.document.kind, range)),
          );
        },
      },
      { label: 'Earshot' },
    ),
    vscode.languages.registerFoldingRangeProvider(selector, {
      async provideFoldingRanges(document, _, token) {
        const at = await settled(host, document, token);
        if (!at) return undefined;
        const starts = lineStarts(at.document.text);
        return foldsOf(at.document).flatMap(({ range, comment }) => {
          const from = positionAt(starts, range.start).line;
          const to = positionAt(starts, range.end).line;
          return from < to
            ? [new vscode.FoldingRange(from, to, comment ? vscode.FoldingRangeKind.Comment : undefined)]
            : [];
        });
      },
    }),
    vscode.languages.registerDocumentSemanticTokensProvider(
      selector,
      {
        async provideDocumentSemanticTokens(document, token) {
          const at = await settled(host, document, token);
          if (!at) return undefined;
          const builder = new vscode.SemanticTokensBuilder(LEGEND);
          const starts = lineStarts(at.document.text);
          for (const { range, type } of tokensOf(at.documents, at.document.kind)) {
            const { line, character } = positionAt(starts, range.start);
            builder.push(line, character, range.end - range.start, TOKEN_TYPES.indexOf(type));
          }
          return builder.build();
        },
      },
      LEGEND,
    ),
    vscode.languages.registerInlayHintsProvider(selector, {
      async provideInlayHints(document, visible, token) {
        const at = await settled(host, document, token);
        if (!at) return undefined;
        const starts = lineStarts(at.document.text);
        return idHints(at.document).flatMap(({ offset, id }) => {
          const { line, character } = positionAt(starts, offset);
          const position = new vscode.Position(line, character);
          if (!visible.contains(position)) return [];
          const hint = new vscode.InlayHint(position, id);
          hint.paddingRight = true;
          hint.tooltip = 'The id that tasks and properties name: requirement and position.';
          return [hint];
        });
      },
    }),
  );
}

function toSymbol(symbol: OutlineSymbol, toRange: (range: TextRange) => vscode.Range): vscode.DocumentSymbol {
  const range = toRange(symbol.range);
  const selection = toRange(symbol.selection);
  const made = new vscode.DocumentSymbol(
    symbol.name,
    symbol.detail,
    SYMBOLS[symbol.kind],
    range,
    range.contains(selection) ? selection : range,
  );
  made.children = symbol.children.map((child) => toSymbol(child, toRange));
  return made;
}
