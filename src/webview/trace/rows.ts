/** What the grid shows, row by row: groups, criteria, links to nothing. Pure. */
import type { Level } from '../../core/trace/model';
import type { TraceCriterion, TraceGroup, TraceModel, TraceOrphan } from '../../protocol/trace';
import type { IconName, Tone } from '../shared/iconNames';

export const FILTERS = ['uncovered', 'suspect', 'unproven', 'orphaned'] as const;
export type FilterId = (typeof FILTERS)[number];

export function isFilterId(value: string): value is FilterId {
  return (FILTERS as readonly string[]).includes(value);
}

/** In the order in which work goes: what is agreed, how, by which steps, where, and the proof. */
export const COLUMNS: readonly Level[] = ['design', 'property', 'task', 'code', 'test'];

export const COLUMN_NAMES: Readonly<Record<Level, string>> = {
  design: 'Design',
  property: 'Property',
  task: 'Task',
  code: 'Code',
  test: 'Test',
};

export type Row =
  | { readonly kind: 'group'; readonly key: string; readonly group: TraceGroup; readonly folded: boolean }
  | { readonly kind: 'criterion'; readonly key: string; readonly criterion: TraceCriterion }
  | { readonly kind: 'nothing'; readonly key: string; readonly folded: boolean; readonly count: number }
  | { readonly kind: 'orphan'; readonly key: string; readonly orphan: TraceOrphan }
  | { readonly kind: 'duplicate'; readonly key: string; readonly id: string };

export interface Chip {
  readonly id: FilterId;
  readonly label: string;
  readonly icon: IconName;
  readonly tone: Tone;
  readonly count: number;
  readonly title: string;
}

export function criteriaOf({ groups }: TraceModel): readonly TraceCriterion[] {
  return groups.flatMap(({ criteria }) => criteria);
}

/** The levels at which any criterion has a link, or should have. */
export function linkedLevels(model: TraceModel): readonly Level[] {
  const criteria = criteriaOf(model);
  return COLUMNS.filter(
    (level) => model.required.includes(level) || criteria.some(({ cells }) => cells[level].links.length > 0),
  );
}

/** Does any link of it wait for a person's word? Also one of a level that does not count. */
export function isSuspect({ cells }: TraceCriterion): boolean {
  return COLUMNS.some((level) => cells[level].links.some(({ status }) => status === 'suspect'));
}

/** No test proves it. Nobody knows before code was looked at. */
export function isUnproven({ cells }: TraceCriterion, { code }: Pick<TraceModel, 'code'>): boolean {
  return code === 'read' && cells.test.status !== 'covered';
}

function fits(criterion: TraceCriterion, filter: FilterId, model: TraceModel): boolean {
  if (filter === 'uncovered') return criterion.status === 'uncovered';
  if (filter === 'suspect') return isSuspect(criterion);
  return filter === 'unproven' && isUnproven(criterion, model);
}

export function chipsOf(model: TraceModel): readonly Chip[] {
  const criteria = criteriaOf(model);
  const count = (filter: FilterId) => criteria.filter((criterion) => fits(criterion, filter, model)).length;
  const levels = model.required.map((level) => COLUMN_NAMES[level].toLowerCase()).join(', ');
  return [
    {
      id: 'uncovered',
      label: 'Uncovered',
      icon: 'circle-slash',
      tone: 'dim',
      count: count('uncovered'),
      title: `A level that counts is missing (${levels})`,
    },
    {
      id: 'suspect',
      label: 'Suspect',
      icon: 'question',
      tone: 'warn',
      count: count('suspect'),
      title: 'Edited since a person confirmed what links to it',
    },
    {
      id: 'unproven',
      label: 'Unproven',
      icon: 'beaker',
      tone: 'dim',
      count: count('unproven'),
      title: 'No test names it, nor a property of it',
    },
    {
      id: 'orphaned',
      label: 'Orphaned',
      icon: 'debug-disconnect',
      tone: 'err',
      count: model.orphans.length + model.duplicates.length,
      title: 'Links to what does not exist',
    },
  ];
}

export interface View {
  readonly filters: readonly FilterId[];
  readonly query: string;
  readonly folded: readonly string[];
}

const NOTHING = '#nothing';

/** A search or a filter shows what it finds: then nothing is folded. */
export function rowsOf(model: TraceModel, { filters, query, folded }: View): readonly Row[] {
  const words = query.trim().toLowerCase();
  const isFolded = (key: string) => words === '' && filters.length === 0 && folded.includes(key);
  const rows: Row[] = [];
  for (const group of model.groups) {
    const criteria = group.criteria.filter(
      (criterion) =>
        (filters.length === 0 || filters.some((filter) => fits(criterion, filter, model))) &&
        (words === '' || textOf(criterion, group).includes(words)),
    );
    if (criteria.length === 0 && (words !== '' || filters.length > 0)) continue;
    const key = `group ${group.id}`;
    rows.push({ kind: 'group', key, group, folded: isFolded(key) });
    if (isFolded(key)) continue;
    for (const criterion of criteria) rows.push({ kind: 'criterion', key: criterion.id, criterion });
  }
  if (filters.length === 0 || filters.includes('orphaned')) rows.push(...orphanRows(model, words, isFolded));
  return rows;
}

function orphanRows(
  { orphans, duplicates }: TraceModel,
  words: string,
  isFolded: (key: string) => boolean,
): readonly Row[] {
  const found = orphans.filter(({ label, to }) => `${label} ${to}`.toLowerCase().includes(words));
  const twice = duplicates.filter((id) => id.toLowerCase().includes(words));
  const count = found.length + twice.length;
  if (count === 0) return [];
  const folded = isFolded(NOTHING);
  const head: Row = { kind: 'nothing', key: NOTHING, folded, count };
  if (folded) return [head];
  return [
    head,
    ...found.map(
      (orphan, index): Row => ({ kind: 'orphan', key: `orphan ${index} ${orphan.label}`, orphan }),
    ),
    ...twice.map((id): Row => ({ kind: 'duplicate', key: `duplicate ${id}`, id })),
  ];
}

function textOf({ id, text, cells }: TraceCriterion, { title }: TraceGroup): string {
  const links = COLUMNS.flatMap((level) => cells[level].links.map(({ label }) => label));
  return [id, text, title, ...links].join(' ').toLowerCase();
}

/** What a cell says where there is no link: `missing`, that it does not apply, or that it is not known yet. */
export function emptyCell(level: Level, model: TraceModel): 'none' | 'na' | 'reading' {
  if ((level === 'test' || level === 'code') && model.code === 'reading') return 'reading';
  const document = level === 'task' ? 'tasks' : 'design';
  if (level !== 'test' && level !== 'code' && model.missing.includes(document)) return 'na';
  return model.required.includes(level) ? 'none' : 'na';
}

/** `18 criteria: 12 covered, 2 suspect, 4 uncovered` */
export function summaryOf(model: TraceModel): { readonly count: string; readonly states: string } {
  const criteria = criteriaOf(model);
  const of = (status: TraceCriterion['status']) => criteria.filter((each) => each.status === status).length;
  const parts = (['covered', 'suspect', 'uncovered'] as const)
    .map((status) => [of(status), status] as const)
    .filter(([count]) => count > 0)
    .map(([count, status]) => `${count} ${status}`);
  return {
    count: `${criteria.length} ${criteria.length === 1 ? 'criterion' : 'criteria'}`,
    states: parts.join(', '),
  };
}

/** The next row that has something to do, around the end. */
export function nextGap(rows: readonly Row[], model: TraceModel, from: number): number | undefined {
  const isGap = (row: Row | undefined) =>
    row?.kind === 'orphan' ||
    row?.kind === 'duplicate' ||
    (row?.kind === 'criterion' &&
      (row.criterion.status !== 'covered' || isSuspect(row.criterion) || isUnproven(row.criterion, model)));
  for (let step = 1; step <= rows.length; step++) {
    const index = (from + step) % rows.length;
    if (isGap(rows[index])) return index;
  }
  return undefined;
}
