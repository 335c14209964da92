/** Problems with offsets, as the editor's diagnostics. */
import * as vscode from 'vscode';
import type { Severity } from '../../core/spec/model';
import { lineStarts, positionAt, type TextRange } from '../../core/util/textRange';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

interface Finding {
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  readonly rule?: string;
}

/** Where the code of a diagnostic leads. */
type LinkOf = (rule: string) => vscode.Uri;

export function toDiagnostics(
  text: string,
  problems: readonly Finding[],
  linkOf?: LinkOf,
): vscode.Diagnostic[] {
  const starts = lineStarts(text);
  return problems.map(({ severity, message, range, rule }) => {
    const diagnostic = new vscode.Diagnostic(toRange(starts, range), message, SEVERITIES[severity]);
    diagnostic.source = 'Earshot';
    if (rule !== undefined)
      diagnostic.code = linkOf === undefined ? rule : { value: rule, target: linkOf(rule) };
    return diagnostic;
  });
}

export function toRange(starts: readonly number[], range: TextRange): vscode.Range {
  const from = positionAt(starts, range.start);
  const to = positionAt(starts, range.end);
  return new vscode.Range(from.line, from.character, to.line, to.character);
}
