/** SARIF 2.1.0 (OASIS), as code scanning services read it. */
import { version } from '../../../../package.json';
import { rulePage } from '../../../core/lint/pages';
import { rules } from '../../../core/lint/rules';
import type { Severity } from '../../../core/spec/model';
import type { CheckFinding } from '../checkSpecs';
import type { Report } from './report';

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

export function sarifReport({ findings, suppressed }: Report): string {
  const used = new Set([...findings, ...suppressed].map(({ rule }) => rule));
  const described = rules.filter(({ id }) => used.has(id));
  const indexes = new Map(described.map(({ id }, index) => [id, index]));
  const result = (finding: CheckFinding) => ({
    ruleId: finding.rule,
    ruleIndex: indexes.get(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: finding.file.split('/').map(encodeURIComponent).join('/') },
          region: {
            startLine: finding.line,
            startColumn: finding.column,
            endLine: finding.endLine,
            endColumn: finding.endColumn,
          },
        },
      },
    ],
    ...(finding.suppressed === undefined
      ? {}
      : { suppressions: [{ kind: 'inSource', justification: finding.suppressed }] }),
  });
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Earshot',
            semanticVersion: version,
            informationUri: 'https://github.com/earshot/earshot',
            rules: described.map((rule) => ({
              id: rule.id,
              name: rule.code,
              shortDescription: { text: rule.title },
              fullDescription: { text: rule.why },
              help: { text: rule.why, markdown: rulePage(rule) },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [...findings, ...suppressed].map(result),
      },
    ],
  };
  return `${JSON.stringify(sarif, undefined, 2)}\n`;
}
