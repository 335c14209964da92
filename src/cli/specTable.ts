/** `spec list` for people: one line a spec, aligned. */
import type { PhaseState } from '../core/spec/model';
import { stateWords } from '../core/spec/phase';
import type { Paint, Style } from './output';
import { oneLine, widthOf } from './printable';
import type { SpecSummary } from './specSummary';

interface Cell {
  readonly text: string;
  readonly style?: Style | undefined;
}

const GAP = '   ';
const BAR = 10;

const STYLES: Readonly<Partial<Record<PhaseState | 'done', Style>>> = {
  missing: 'dim',
  drafting: 'blue',
  incomplete: 'red',
  requested: 'yellow',
  claimed: 'yellow',
  approved: 'green',
  changed: 'yellow',
  done: 'green',
};

/** Specs as a table with a head and a line that sums up. */
export function specTable(specs: readonly SpecSummary[], paint: Paint): string {
  const head = ['SPEC', 'PHASE', 'REQUIREMENTS', 'DESIGN', 'TASKS', 'DONE'].map(
    (text): Cell => ({ text, style: 'dim' }),
  );
  return `${align([head, ...specs.map(rowOf)], paint)}\n\n${paint('dim', sumOf(specs))}`;
}

function rowOf({ name, phase, documents, tasks }: SpecSummary): readonly Cell[] {
  const states = documents.map(({ kind, state, requested = false, suspects = 0 }): Cell => {
    const words = stateWords({ state, requested, suspects });
    const text = state === 'missing' ? '–' : kind === 'bugfix' ? `${words} (bugfix)` : words;
    return { text, style: STYLES[state] };
  });
  return [
    { text: oneLine(name), style: 'bold' },
    { text: phase, style: phase === 'done' ? 'green' : undefined },
    ...states,
    progressOf(tasks),
  ];
}

function progressOf({ done, total }: SpecSummary['tasks']): Cell {
  if (total === 0) return { text: '–', style: 'dim' };
  // Full only when all is done, empty only when nothing is.
  const filled =
    done === total ? BAR : done === 0 ? 0 : Math.min(BAR - 1, Math.max(1, Math.round((done / total) * BAR)));
  const text = `${'▰'.repeat(filled)}${'▱'.repeat(BAR - filled)} ${done}/${total}`;
  return { text, style: done === total ? 'green' : undefined };
}

function sumOf(specs: readonly SpecSummary[]): string {
  const done = specs.reduce((sum, { tasks }) => sum + tasks.done, 0);
  const total = specs.reduce((sum, { tasks }) => sum + tasks.total, 0);
  const tasks = total === 0 ? 'no tasks yet' : `${done} of ${total} tasks done`;
  return `${specs.length} ${specs.length === 1 ? 'spec' : 'specs'}, ${tasks}`;
}

function align(rows: readonly (readonly Cell[])[], paint: Paint): string {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column]?.text ?? '')))) ?? [];
  return rows
    .map((row) =>
      row
        .map(({ text, style }, column) => {
          const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(text)));
          return `${style ? paint(style, text) : text}${column === row.length - 1 ? '' : space}`;
        })
        .join(GAP),
    )
    .join('\n');
}
