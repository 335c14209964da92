import type { CheckFinding } from '../checkSpecs';
import { byFile, type Report } from './report';

/** JUnit's XML, one suite a file: errors and warnings are failures, the rest is told in the output. */
export function junitReport({ findings, summary }: Report): string {
  const suites = [...byFile(findings)].map(([file, found]) => suite(file, found));
  const failures = summary.errors + summary.warnings;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="earshot check" tests="${Math.max(findings.length, 1)}" failures="${failures}">
${suites.length > 0 ? suites.join('\n') : '  <testsuite name="specs" tests="1" failures="0">\n    <testcase name="no finding" classname="specs"/>\n  </testsuite>'}
</testsuites>
`;
}

function suite(file: string, findings: readonly CheckFinding[]): string {
  const failures = findings.filter(isFailure).length;
  return [
    `  <testsuite name="${escaped(file)}" tests="${findings.length}" failures="${failures}">`,
    ...findings.map((finding) => testCase(file, finding)),
    '  </testsuite>',
  ].join('\n');
}

function testCase(file: string, finding: CheckFinding): string {
  const { rule, code, line, column, severity, message } = finding;
  const name = `${code} ${rule} (line ${line}, column ${column})`;
  const body = `${escaped(message)}\n${escaped(file)}:${line}:${column}`;
  const inside = isFailure(finding)
    ? `<failure type="${severity}" message="${escaped(message)}">${body}</failure>`
    : `<system-out>${severity}: ${body}</system-out>`;
  return `    <testcase name="${escaped(name)}" classname="${escaped(file)}">${inside}</testcase>`;
}

function isFailure({ severity }: CheckFinding): boolean {
  return severity === 'error' || severity === 'warning';
}

/** What XML 1.0 has no place for, besides lone surrogates. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escaped(text: string): string {
  return text
    .replace(NO_XML, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\r\n\t]/g, ' ');
}
