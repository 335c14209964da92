import type { CheckFinding } from '../checkSpecs';
import { byFile, type Report } from './report';
import { summaryLine } from './summaryLine';

/** For a comment on a pull request. */
export function markdownReport(report: Report): string {
  const { findings, summary } = report;
  const head = `**Earshot:** ${summaryLine(summary)}`;
  if (findings.length === 0) return `${head}\n`;
  const tables = [...byFile(findings)].map(([file, found]) =>
    [
      `### ${cell(file)}`,
      '',
      '| line | severity | rule | finding |',
      '|---:|---|---|---|',
      ...found.map(row),
    ].join('\n'),
  );
  return `${head}\n\n${tables.join('\n\n')}\n`;
}

function row({ file, line, column, severity, rule, code, message }: CheckFinding): string {
  const link = `[${line}:${column}](${file.split('/').map(encodeURIComponent).join('/')}#L${line})`;
  return `| ${link} | ${severity} | ${code} \`${rule}\` | ${cell(message)} |`;
}

/** Other people's words, as text and in one cell. */
function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~@!]/g, '\\$&').replace(/\s+/g, ' ');
}
