/** What the panel shows of a criterion or of a part of a document, besides its words. Pure. */
import type { DocumentSnapshot, Problem } from '../../../core/spec/model';
import type { TextRange } from '../../../core/util/textRange';
import type { ReviewFinding, ReviewItem, ReviewSuspect } from '../../../protocol/review';
import type { Threads } from './reviewThreads';

export interface ItemFacts {
  readonly findings: Findings;
  readonly threads: Threads;
  readonly changedOf: (part: string) => ReviewItem['changed'];
  readonly suspectsOf: (item: string) => readonly ReviewSuspect[];
}

/** `part` is its name among the parts of the document, where that is not its id. */
export function itemOf(
  facts: ItemFacts,
  {
    id,
    text,
    range,
    part = id,
  }: Pick<ReviewItem, 'id' | 'text'> & { readonly range: TextRange; readonly part?: string },
): ReviewItem {
  return {
    id,
    text,
    findings: facts.findings.take(range),
    threads: facts.threads.take(range),
    changed: facts.changedOf(part),
    suspects: facts.suspectsOf(id),
    offset: range.start,
  };
}

/** What was edited since the approval, by the names of the parts. */
export function changedSince({ changes }: DocumentSnapshot): ItemFacts['changedOf'] {
  const [changed, added] = [new Set(changes?.changed), new Set(changes?.added)];
  return (id) => (changed.has(id) ? 'changed' : added.has(id) ? 'added' : undefined);
}

export interface Findings {
  /** Those inside a range, and in none that was asked for before. */
  take(range: TextRange): readonly ReviewFinding[];
  rest(): readonly ReviewFinding[];
}

export function findingsOf(problems: readonly Problem[]): Findings {
  const open = new Set(problems);
  return {
    take({ start, end }) {
      const mine = [...open].filter(({ range }) => range.start >= start && range.end <= end);
      for (const each of mine) open.delete(each);
      return mine.map((each) => findingOf(each, start));
    },
    rest: () => [...open].map((each) => findingOf(each, each.range.start)),
  };
}

function findingOf({ rule, severity, message, range, fixes }: Problem, from: number): ReviewFinding {
  return {
    rule,
    severity,
    message,
    start: range.start - from,
    end: range.end - from,
    fix: fixes?.[0]?.title,
    offset: range.start,
  };
}
