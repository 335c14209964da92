/** For a person: by file, each finding with the line that it is about and a mark under the words. */
import type { Severity } from '../../../core/spec/model';
import type { Paint, Style } from '../../output';
import { printable, widthOf } from '../../printable';
import type { CheckFinding } from '../checkSpecs';
import { byFile, type Report } from './report';
import { summaryLine } from './summaryLine';

const STYLES: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'dim',
};
const TAB = 4;

export interface TextOptions {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** A file as it is now; undefined where it cannot be read any more. */
  readonly textOf: (file: string) => string | undefined;
}

export function textReport(report: Report, options: TextOptions): string {
  const { findings, summary } = report;
  const { paint } = options;
  const blocks = [...byFile(findings)].map(([file, found]) => {
    const text = options.textOf(file);
    return [paint('bold', printable(file)), ...found.map((finding) => block(finding, text, options))].join(
      '\n',
    );
  });
  const style: Style = summary.errors > 0 ? 'red' : summary.warnings > 0 ? 'yellow' : 'green';
  const mark = summary.errors + summary.warnings > 0 ? '✖' : '✔';
  const fixable =
    summary.fixable === 0
      ? ''
      : `\n  ${summary.fixable} of them mend themselves: ${paint('bold', 'earshot fix')}`;
  const [first] = findings;
  const why =
    first === undefined ? '' : `\n  Why a rule is there: ${paint('bold', `earshot explain ${first.rule}`)}`;
  return `${[...blocks, `${paint(style, mark)} ${summaryLine(summary)}${fixable}${why}`].join('\n\n')}\n`;
}

function block(finding: CheckFinding, text: string | undefined, options: TextOptions): string {
  const { severity, line, column, message, rule, code } = finding;
  const { paint } = options;
  const place = `${line}:${column}`;
  const head = `  ${paint('dim', place)}  ${paint(STYLES[severity], severity)}  ${printable(message)}  ${paint('dim', `${code} ${rule}`)}`;
  const source = text === undefined ? undefined : lineOf(text, line);
  return source === undefined ? head : `${head}\n${excerpt(finding, source, options)}`;
}

/** By its number, from 1: few of a file's lines are shown. */
function lineOf(text: string, wanted: number): string | undefined {
  const ends = /\r\n|\r|\n/g;
  for (let line = 1; line < wanted; line++) if (!ends.test(text)) return undefined;
  const rest = text.slice(ends.lastIndex);
  const end = rest.search(/[\r\n]/);
  return end === -1 ? rest : rest.slice(0, end);
}

/** The line, cut to the terminal around the words, with a mark under them. */
function excerpt(
  { line, column, endLine, endColumn, severity }: CheckFinding,
  source: string,
  { paint, width }: TextOptions,
): string {
  const gutter = `${line} │ `;
  const room = Math.max(20, width - gutter.length - 4);
  const end = endLine === line ? endColumn - 1 : source.length;
  const from = Math.max(0, Math.min(column - 1 - Math.floor(room / 3), source.length - room));
  const start = widthOf(expanded(source)) <= room ? 0 : from;
  const before = expanded(source.slice(start, column - 1));
  const words = expanded(source.slice(column - 1, end));
  const rest = expanded(source.slice(end));
  const dots = start > 0 ? '…' : '';
  const shown = cut(`${dots}${before}${words}${rest}`, room);
  const indent = widthOf(dots) + widthOf(before);
  const length = Math.max(1, Math.min(widthOf(words), room - indent));
  const margin = ' '.repeat(gutter.length - 2);
  return [
    `    ${paint('dim', gutter)}${shown}`,
    `    ${paint('dim', `${margin}│ `)}${' '.repeat(indent)}${paint(STYLES[severity], '^'.repeat(length))}`,
  ].join('\n');
}

function expanded(text: string): string {
  return printable(text.replaceAll('\t', ' '.repeat(TAB)).replace(/[\r\n]/g, ' '));
}

function cut(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  let shown = '';
  let used = 0;
  for (const character of text) {
    used += widthOf(character);
    if (used > room - 1) break;
    shown += character;
  }
  return `${shown}…`;
}
