import type { Status, TraceGraph } from '../../core/trace/model';
import { htmlTrace } from '../../core/trace/report/htmlTrace';
import { markdownTrace, STATUS_MARKS } from '../../core/trace/report/markdownTrace';
import { orphanWords, shownLevels, summaryWords, suspectWords } from '../../core/trace/report/traceWords';
import type { Terminal } from '../command';
import type { TRACE_FORMATS } from '../commands/trace';
import type { Paint, Style } from '../output';
import { oneLine, widthOf } from '../printable';

const STYLES: Readonly<Record<Status, Style>> = { covered: 'green', suspect: 'yellow', uncovered: 'red' };

export function renderTrace(
  graphs: readonly TraceGraph[],
  format: (typeof TRACE_FORMATS)[number],
  { out, env }: Terminal,
): string {
  if (format === 'json') return `${JSON.stringify(graphs, undefined, 2)}\n`;
  if (format === 'html') return htmlTrace(graphs);
  if (format === 'markdown') return graphs.map(markdownTrace).join('\n');
  const width = Number(env.COLUMNS) || process.stdout.columns || 100;
  return `${graphs.map((graph) => textTrace(graph, out.paint, width)).join('\n\n')}\n`;
}

function textTrace(graph: TraceGraph, paint: Paint, width: number): string {
  const ids = Math.max(4, ...graph.criteria.map(({ id }) => id.length));
  const columns = [...shownLevels(graph), 'deep'] as const;
  const room = Math.max(20, width - ids - 2 - columns.length * 9 - 1);
  const head = `${'id'.padEnd(ids)}  ${'criterion'.padEnd(room)} ${columns.map((name) => name.padEnd(9)).join('')}`;
  const rows = graph.criteria.map(({ id, text, levels, deep }) => {
    const words = oneLine(text, room);
    const cells = columns.map((name) => {
      const status = name === 'deep' ? deep : levels[name].status;
      const count = name === 'deep' ? '' : String(levels[name].links.length || '');
      return paint(STYLES[status], `${STATUS_MARKS[status]} ${count}`.padEnd(9));
    });
    return `${id.padEnd(ids)}  ${words}${' '.repeat(Math.max(0, room - widthOf(words)))} ${cells.join('')}`;
  });
  return [
    paint('bold', graph.spec),
    ...(graph.criteria.length > 0 ? [paint('dim', head.trimEnd()), ...rows.map((row) => row.trimEnd())] : []),
    ...graph.orphans.map((orphan) => `${paint('yellow', '!')} ${orphanWords(orphan)}`),
    ...graph.duplicates.map((id) => `${paint('yellow', '!')} ${id} is defined more than once`),
    ...suspectWords(graph).map((words) => `${paint('yellow', '?')} ${words}`),
    summaryWords(graph),
  ].join('\n');
}
