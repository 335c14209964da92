/** What all formats say in the same words. */
import { type Coverage, LEVELS, type Level, type Orphan, type TraceGraph } from '../model';

/** Is every criterion covered at every level that counts, and does every link lead somewhere? */
export function isWhole({ criteria, orphans, duplicates }: TraceGraph): boolean {
  return orphans.length === 0 && duplicates.length === 0 && criteria.every(({ deep }) => deep === 'covered');
}

/** Tags that mean no spec, as a report of their own. */
export function strayGraph(orphans: readonly Orphan[]): TraceGraph {
  const none: Coverage = { covered: 0, suspect: 0, total: 0 };
  return {
    spec: '(no spec)',
    withCode: true,
    required: [],
    criteria: [],
    orphans,
    duplicates: [],
    coverage: { design: none, property: none, task: none, test: none, code: none, deep: none },
  };
}

/** The levels that count, and those of which anything is known. */
export function shownLevels({ withCode, required, coverage }: TraceGraph): readonly Level[] {
  const isKnown = (level: Level) =>
    level === 'test'
      ? withCode
      : level === 'design'
        ? coverage.design.covered + coverage.design.suspect > 0
        : level !== 'code';
  return LEVELS.filter((level) => required.includes(level) || isKnown(level));
}

export function orphanWords({ label, from, to, because = 'which is not there', place }: Orphan): string {
  const where = 'path' in place ? '' : ` in ${place.document}.md`;
  return `${from.split(':')[0]} ${label}${where} names ${to}, ${because}`;
}

export function suspectWords({ criteria }: TraceGraph): readonly string[] {
  return criteria.flatMap(({ id, levels }) =>
    LEVELS.flatMap((level) =>
      levels[level].links
        .filter(({ status }) => status === 'suspect')
        .map(({ label, reason }) => `${id} ← ${level} ${label}: ${reason ?? 'suspect'}`),
    ),
  );
}

/** `24 criteria · task 24 · test 22 · deep 22 (92 %)` */
export function summaryWords(graph: TraceGraph): string {
  const { coverage, criteria } = graph;
  const parts = [...shownLevels(graph), 'deep' as const].map((name) => `${name} ${coverage[name].covered}`);
  const share =
    criteria.length === 0 ? '' : ` (${Math.floor((coverage.deep.covered / criteria.length) * 100)} %)`;
  return `${criteria.length} ${criteria.length === 1 ? 'criterion' : 'criteria'} · ${parts.join(' · ')}${share}`;
}
