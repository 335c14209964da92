import type { CheckFinding } from '../checkSpecs';
import type { Report } from './report';

/** `{version, findings, suppressed, summary}`; lines and columns from 1, `endColumn` after the last character. */
export function jsonReport({ findings, suppressed, summary }: Report): string {
  return `${JSON.stringify(
    {
      version: 1,
      findings: findings.map(inOrder),
      suppressed: suppressed.map((finding) => ({ ...inOrder(finding), reason: finding.suppressed })),
      summary,
    },
    undefined,
    2,
  )}\n`;
}

function inOrder(finding: CheckFinding) {
  const { rule, code, severity, message, file, line, column, endLine, endColumn, fixable } = finding;
  return { rule, code, severity, message, file, line, column, endLine, endColumn, fixable };
}
