/** The trace as Markdown, for a pull request or a wiki: nothing in a spec's text becomes mark-up of the page. */
import type { Status, TraceGraph } from '../model';
import { orphanWords, shownLevels, summaryWords } from './traceWords';

export const STATUS_MARKS: Readonly<Record<Status, string>> = { covered: '✔', suspect: '?', uncovered: '·' };

const MOST = 120;

export function markdownTrace(graph: TraceGraph): string {
  const columns = shownLevels(graph);
  const rows = graph.criteria.map(({ id, text, levels, deep }) => {
    const cells = columns.map((level) => {
      const { status, links } = levels[level];
      return `${STATUS_MARKS[status]} ${links.map(({ label }) => cell(label)).join(', ')}`;
    });
    return `| ${id} | ${cell(short(text))} | ${cells.join(' | ')} | ${STATUS_MARKS[deep]} |`;
  });
  return [
    `## ${cell(graph.spec)}`,
    '',
    summaryWords(graph),
    '',
    `| id | criterion | ${columns.join(' | ')} | deep |`,
    `|---|---|${columns.map(() => '---|').join('')}---|`,
    ...rows,
    ...(graph.orphans.length > 0
      ? ['', ...graph.orphans.map((orphan) => `- ${cell(orphanWords(orphan))}`)]
      : []),
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~@!]/g, '\\$&').replace(/\s+/g, ' ');
}

function short(text: string): string {
  const line = text
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MOST ? `${line.slice(0, MOST - 1)}…` : line;
}
