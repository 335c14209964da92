/** Which criteria are shown: chips and the find box. Pure. */
import type { ReviewCriterion, ReviewModel, ReviewRequirement } from '../../protocol/review';
import type { IconName, Tone } from '../shared/iconNames';
import { coverageOf, type Stages, stagesOf } from './coverage';

export type FilterId = 'findings' | 'uncovered' | 'noProperty' | 'noPattern';

export interface FilterChip {
  readonly id: FilterId;
  readonly label: string;
  readonly icon: IconName;
  readonly tone: Tone;
  readonly count: number;
  /** What is said when it lets nothing through. */
  readonly none: string;
}

type ChipShape = Omit<FilterChip, 'count'>;

const CHIPS: readonly ChipShape[] = [
  { id: 'findings', label: 'Findings', icon: 'warning', tone: 'warn', none: 'No criterion has a finding.' },
  {
    id: 'uncovered',
    label: 'Uncovered',
    icon: 'circle-slash',
    tone: 'dim',
    none: 'No criterion is uncovered.',
  },
  {
    id: 'noProperty',
    label: 'No property',
    icon: 'verified',
    tone: 'dim',
    none: 'Every criterion has a property.',
  },
  {
    id: 'noPattern',
    label: 'No pattern',
    icon: 'symbol-keyword',
    tone: 'dim',
    none: 'Every criterion follows an EARS pattern.',
  },
];

function passes(criterion: ReviewCriterion, filter: FilterId, stages: Stages): boolean {
  switch (filter) {
    case 'findings':
      return criterion.findings.length > 0;
    case 'uncovered':
      return coverageOf(criterion, stages) === 'uncovered';
    case 'noProperty':
      return criterion.properties.length === 0;
    case 'noPattern':
      return criterion.pattern === 'none' || criterion.pattern === 'gherkin';
  }
}

/** The chips that mean something now, with the number of criteria each lets through. */
export function filterChips(model: ReviewModel): readonly FilterChip[] {
  const stages = stagesOf(model);
  const all = model.requirements.flatMap((requirement) => requirement.criteria);
  const useful = (id: FilterId): boolean =>
    id === 'uncovered' ? stages.design || stages.tasks : id === 'noProperty' ? stages.design : true;
  return CHIPS.filter((chip) => useful(chip.id)).map((chip) => {
    const count = all.filter((criterion) => passes(criterion, chip.id, stages)).length;
    return { ...chip, count: chip.id === 'findings' ? countFindings(model) : count };
  });
}

/** All findings of a document, those of no criterion included. */
export function countFindings(model: Pick<ReviewModel, 'requirements' | 'findings'>): number {
  const inside = model.requirements.flatMap((requirement) =>
    requirement.criteria.map((each) => each.findings.length),
  );
  return inside.reduce((sum, count) => sum + count, model.findings.length);
}

export interface ShownRequirement {
  readonly requirement: ReviewRequirement;
  readonly criteria: readonly ReviewCriterion[];
}

/** What passes any pressed chip and holds every word of the query. Nothing chosen: everything. */
export function visible(
  model: Pick<ReviewModel, 'requirements' | 'steps'>,
  filters: readonly FilterId[],
  query: string,
): readonly ShownRequirement[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const all = model.requirements.map((requirement) => ({ requirement, criteria: requirement.criteria }));
  if (filters.length === 0 && words.length === 0) return all;
  const stages = stagesOf(model);
  return all
    .map(({ requirement, criteria }) => ({
      requirement,
      criteria: criteria.filter(
        (criterion) =>
          (filters.length === 0 || filters.some((filter) => passes(criterion, filter, stages))) &&
          holdsWords(`${criterion.id} ${requirement.title} ${criterion.text}`, words),
      ),
    }))
    .filter(({ criteria }) => criteria.length > 0);
}

function holdsWords(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

export function isFilterId(value: string): value is FilterId {
  return CHIPS.some((chip) => chip.id === value);
}
