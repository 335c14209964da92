/** Specs as a list shows them: filtered, sorted, in their folders and groups. Pure; what is not known yet is not waited for. */
import type { Spec } from '../spec/model';
import { awaitsApproval } from '../spec/phase';
import { knownFacts } from './facts';
import { rootLabel } from './names';
import { groupOf } from './places';

export const SORTS = ['name', 'phase', 'progress', 'findings', 'coverage'] as const;
export type Sort = (typeof SORTS)[number];

export const SPEC_FILTERS = ['all', 'open', 'done', 'unapproved', 'findings', 'uncovered'] as const;
export type SpecFilter = (typeof SPEC_FILTERS)[number];

export interface SpecGroup {
  /** Of itself and the groups that it is in. */
  readonly key: string;
  readonly label: string;
  readonly groups: readonly SpecGroup[];
  readonly specs: readonly Spec[];
}

export function fitsFilter(spec: Spec, filter: SpecFilter): boolean {
  const facts = knownFacts(spec);
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return !isDone(spec);
    case 'done':
      return isDone(spec);
    case 'unapproved':
      return spec.documents.some(({ state }) => state !== 'missing' && awaitsApproval(state));
    case 'findings':
      return (facts?.findings ?? 0) > 0;
    case 'uncovered':
      return facts !== undefined && facts.covered < facts.criteria;
  }
}

function isDone({ knownProgress }: Spec): boolean {
  return knownProgress !== undefined && knownProgress.total > 0 && knownProgress.done === knownProgress.total;
}

/** What is sorted first has the most to do; equals stay in the order of their names. */
const RANKS: Readonly<Record<Sort, (spec: Spec) => number>> = {
  name: () => 0,
  phase: (spec) => {
    const written = spec.documents.filter(({ text }) => text !== undefined).length;
    const approved = spec.documents.filter(({ state }) => state === 'approved').length;
    return isDone(spec) ? 100 : written * 10 + approved;
  },
  progress: ({ knownProgress: known }) =>
    known === undefined || known.total === 0 ? 2 : known.done / known.total,
  findings: (spec) => -(knownFacts(spec)?.findings ?? -1),
  coverage: (spec) => {
    const facts = knownFacts(spec);
    return facts === undefined || facts.criteria === 0 ? 2 : facts.covered / facts.criteria;
  },
};

export function sortSpecs(specs: readonly Spec[], sort: Sort): readonly Spec[] {
  const ranks = new Map(specs.map((spec) => [spec, RANKS[sort](spec)]));
  return [...specs].sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

interface Growing {
  readonly key: string;
  readonly label: string;
  readonly groups: Map<string, Growing>;
  readonly specs: Spec[];
}

/** Folders that have specs stand apart only where there are several. */
export function arrange(
  specs: readonly Spec[],
  roots: readonly string[],
  { sort, filter }: { readonly sort: Sort; readonly filter: SpecFilter },
): SpecGroup {
  const several = new Set(specs.map(({ root }) => root)).size > 1;
  const top = growing('', '');
  for (const spec of specs) {
    if (!fitsFilter(spec, filter)) continue;
    let group = several ? child(top, rootLabel(spec.root, roots), spec.root) : top;
    for (const part of groupOf(spec).split('/')) if (part !== '') group = child(group, part, part);
    group.specs.push(spec);
  }
  return settled(top, sort);
}

function growing(key: string, label: string): Growing {
  return { key, label, groups: new Map(), specs: [] };
}

function child(of: Growing, label: string, id: string): Growing {
  let group = of.groups.get(id);
  if (group === undefined) {
    group = growing(`${of.key}/${id}`, label);
    of.groups.set(id, group);
  }
  return group;
}

function settled({ key, label, groups, specs }: Growing, sort: Sort): SpecGroup {
  const below = [...groups.values()].map((group) => settled(group, sort));
  return { key, label, groups: below, specs: sortSpecs(specs, sort) };
}
