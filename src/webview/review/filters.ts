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

export function isCriterion(item: ReviewItem): item is ReviewCriterion {
  return 'pattern' in item;
}

export function isPart(item: ReviewItem): item is ReviewPart {
  return 'depth' in item;
}

/** Of a requirement. */
export function isHead(item: ReviewItem): item is ReviewRequirement {
  return 'criteria' in item;
}

/** As people call it: `1.2`, `requirement 1`, `## Glossary`. */
export function nameOf(item: ReviewItem): string {
  return isHead(item) ? `requirement ${item.id}` : item.id;
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

type Content = Pick<ReviewModel, 'requirements' | 'sections' | 'prose'>;

/** The parts of the shown document that stand in no requirement. A heading alone, of which nothing is to be told, is none. */
export function partsOf({ sections, prose }: Pick<ReviewModel, 'sections' | 'prose'>): readonly ReviewPart[] {
  return prose?.parts ?? sections.filter((part) => !isBareHeading(part));
}

function isBareHeading({ text, findings, threads, changed }: ReviewPart): boolean {
  const alone = /^#{1,6} [^\n]*$/.test(text.trim());
  return alone && findings.length === 0 && threads.length === 0 && changed === undefined;
}

/** What the shown document is made of, in its order, for whoever filters and counts. */
export function itemsOf(model: Content): readonly ReviewItem[] {
  const within = model.requirements.flatMap((each) => [each, ...each.criteria, ...each.notes]);
  return inOrder([...partsOf(model), ...within]);
}

/** As they stand in the document. */
export function inOrder<T extends Pick<ReviewItem, 'offset'>>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => a.offset - b.offset);
}

/**
 * What is suspect in the shown document itself: parts that rest on a criterion which was edited, criteria whose code was
 * changed. Whoever reviews requirements does not mend what follows from them.
 */
export function suspectItems(model: Content): readonly ReviewItem[] {
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
export function countFindings(model: Content & Pick<ReviewModel, 'findings'>): number {
  return itemsOf(model).reduce((sum, { findings }) => sum + findings.length, model.findings.length);
}

/** All threads of a document, in the order in which they stand. */
export function allThreads(model: Content & Pick<ReviewModel, 'threads'>): readonly ReviewThread[] {
  return [...model.threads, ...itemsOf(model).flatMap(({ threads }) => threads)];
}

export function openThreads(model: ReviewModel): readonly ReviewThread[] {
  return allThreads(model).filter(isOpen);
}

export interface ShownRequirement {
  readonly requirement: ReviewRequirement;
  /** Criteria, and what else stands in it, in the order of the document. */
  readonly items: readonly (ReviewCriterion | ReviewPart)[];
}

/** What passes any pressed chip and holds every word of the query. Nothing chosen: everything. */
export function visible(
  model: Pick<ReviewModel, 'requirements' | 'steps'>,
  filters: readonly FilterId[],
  query: string,
): readonly ShownRequirement[] {
  const isShown = filterOf(model, filters, query);
  return model.requirements
    .map((requirement) => ({
      requirement,
      items: inOrder([...requirement.criteria, ...requirement.notes]).filter((item) =>
        isShown(item, `${item.id} ${requirement.title} ${item.text}`),
      ),
    }))
    .filter(({ requirement, items }) => items.length > 0 || isShown(requirement, requirement.text));
}

/** The same of the parts that stand in no requirement. */
export function visibleParts(
  model: Pick<ReviewModel, 'sections' | 'prose' | 'steps'>,
  filters: readonly FilterId[],
  query: string,
): readonly ReviewPart[] {
  const isShown = filterOf(model, filters, query);
  return partsOf(model).filter((part) => isShown(part, part.text));
}

function filterOf(
  model: Pick<ReviewModel, 'steps'>,
  filters: readonly FilterId[],
  query: string,
): (item: ReviewItem, text: string) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const stages = stagesOf(model);
  return (item, text) => passesAny(item, filters, stages) && holdsWords(text, words);
}

function passesAny(item: ReviewItem, filters: readonly FilterId[], stages: Stages): boolean {
  return filters.length === 0 || filters.some((filter) => passes(item, filter, stages));
}

function holdsWords(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

export function isFilterId(value: string): value is FilterId {
  return CHIPS.some((chip) => chip.id === value);
}
