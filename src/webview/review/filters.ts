/** Which criteria, or parts of a document, are shown: chips and the find box. Pure. */
import type {
  ReviewCriterion,
  ReviewItem,
  ReviewModel,
  ReviewPart,
  ReviewRequirement,
  ReviewThread,
} from '../../protocol/review';
import type { IconName, Tone } from '../shared/iconNames';
import { coverageOf, type Stages, stagesOf } from './coverage';

export type FilterId =
  | 'findings'
  | 'uncovered'
  | 'suspect'
  | 'changed'
  | 'comments'
  | 'noProperty'
  | 'noPattern';

export interface FilterChip {
  readonly id: FilterId;
  readonly label: string;
  readonly icon: IconName;
  readonly tone: Tone;
  readonly count: number;
  /** Presses it; the same whichever chips are there. */
  readonly key: string;
  /** What is said when it lets nothing through. */
  readonly none: string;
}

type ChipShape = Omit<FilterChip, 'count' | 'key'>;

const CHIPS: readonly ChipShape[] = [
  { id: 'findings', label: 'Findings', icon: 'warning', tone: 'warn', none: 'Nothing here has a finding.' },
  {
    id: 'uncovered',
    label: 'Uncovered',
    icon: 'circle-slash',
    tone: 'dim',
    none: 'No criterion is uncovered.',
  },
  { id: 'suspect', label: 'Suspect', icon: 'question', tone: 'warn', none: 'No link is suspect.' },
  {
    id: 'changed',
    label: 'Changed since approval',
    icon: 'diff-modified',
    tone: 'warn',
    none: 'Nothing changed since the approval.',
  },
  {
    id: 'comments',
    label: 'Comments',
    icon: 'comment',
    tone: 'plain',
    none: 'No comment is unresolved.',
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

/** These are looked for also where there are none. */
const ALWAYS: ReadonlySet<FilterId> = new Set(['findings', 'comments']);

export function isOpen({ resolved }: ReviewThread): boolean {
  return !resolved;
}

function isCriterion(item: ReviewItem): item is ReviewCriterion {
  return 'pattern' in item;
}

function passes(item: ReviewItem, filter: FilterId, stages: Stages): boolean {
  switch (filter) {
    case 'findings':
      return item.findings.length > 0;
    case 'suspect':
      return item.suspects.length > 0;
    case 'changed':
      return item.changed !== undefined;
    case 'comments':
      return item.threads.some(isOpen);
    case 'uncovered':
      return isCriterion(item) && coverageOf(item, stages) === 'uncovered';
    case 'noProperty':
      return isCriterion(item) && item.properties.length === 0;
    case 'noPattern':
      return isCriterion(item) && (item.pattern === 'none' || item.pattern === 'gherkin');
  }
}

/** What the shown document is made of, for whoever filters and counts. */
export function itemsOf(model: Pick<ReviewModel, 'requirements' | 'prose'>): readonly ReviewItem[] {
  return model.prose?.parts ?? model.requirements.flatMap((requirement) => requirement.criteria);
}

/**
 * What is suspect in the shown document itself: parts that rest on a criterion which was edited, criteria whose code was
 * changed. Whoever reviews requirements does not mend what follows from them.
 */
export function suspectItems(model: Pick<ReviewModel, 'requirements' | 'prose'>): readonly ReviewItem[] {
  return itemsOf(model).filter(({ suspects }) =>
    suspects.some(({ kind }) => kind === 'criterion' || kind === 'code'),
  );
}

/** The chips that mean something now, with the number of criteria or parts each lets through. */
export function filterChips(model: ReviewModel, pressed: readonly FilterId[] = []): readonly FilterChip[] {
  const stages = stagesOf(model);
  const items = itemsOf(model);
  const has = (id: FilterId): boolean =>
    id === 'uncovered' ? stages.design || stages.tasks : id === 'noProperty' ? stages.design : true;
  return CHIPS.map((chip, index) => {
    const count = items.filter((item) => has(chip.id) && passes(item, chip.id, stages)).length;
    return { ...chip, key: String(index + 1), count: wholeCount(model, chip.id) ?? count };
  }).filter(({ id, count }) => count > 0 || ALWAYS.has(id) || pressed.includes(id));
}

/** Of these a document has some in none of its parts. */
function wholeCount(model: ReviewModel, id: FilterId): number | undefined {
  if (id === 'findings') return countFindings(model);
  return id === 'comments' ? openThreads(model).length : undefined;
}

/** All findings of a document, those of no criterion included. */
export function countFindings(model: Pick<ReviewModel, 'requirements' | 'prose' | 'findings'>): number {
  return itemsOf(model).reduce((sum, { findings }) => sum + findings.length, model.findings.length);
}

/** All threads of a document, in the order in which they stand. */
export function allThreads(
  model: Pick<ReviewModel, 'requirements' | 'prose' | 'threads'>,
): readonly ReviewThread[] {
  const inside = model.requirements.flatMap(({ threads, criteria }) => [
    ...threads,
    ...criteria.flatMap((each) => each.threads),
  ]);
  return [...model.threads, ...inside, ...(model.prose?.parts.flatMap(({ threads }) => threads) ?? [])];
}

export function openThreads(model: ReviewModel): readonly ReviewThread[] {
  return allThreads(model).filter(isOpen);
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
  const words = wordsOf(query);
  const all = model.requirements.map((requirement) => ({ requirement, criteria: requirement.criteria }));
  if (filters.length === 0 && words.length === 0) return all;
  const stages = stagesOf(model);
  const commented = ({ threads }: ReviewRequirement): boolean =>
    words.length === 0 && filters.includes('comments') && threads.some(isOpen);
  return all
    .map(({ requirement, criteria }) => ({
      requirement,
      criteria: criteria.filter(
        (criterion) =>
          passesAny(criterion, filters, stages) &&
          holdsWords(`${criterion.id} ${requirement.title} ${criterion.text}`, words),
      ),
    }))
    .filter(({ requirement, criteria }) => criteria.length > 0 || commented(requirement));
}

/** The same of a document that is shown part by part. */
export function visibleParts(
  model: Pick<ReviewModel, 'prose' | 'steps'>,
  filters: readonly FilterId[],
  query: string,
): readonly ReviewPart[] {
  const parts = model.prose?.parts ?? [];
  const words = wordsOf(query);
  if (filters.length === 0 && words.length === 0) return parts;
  const stages = stagesOf(model);
  return parts.filter((part) => passesAny(part, filters, stages) && holdsWords(part.text, words));
}

function passesAny(item: ReviewItem, filters: readonly FilterId[], stages: Stages): boolean {
  return filters.length === 0 || filters.some((filter) => passes(item, filter, stages));
}

function wordsOf(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

function holdsWords(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

export function isFilterId(value: string): value is FilterId {
  return CHIPS.some((chip) => chip.id === value);
}
