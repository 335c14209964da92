/** What the panel shows of a criterion or of a part of a document, besides its words. Pure. */
import type { DocumentSnapshot, Problem } from '../../../core/spec/model';
import type { TextRange } from '../../../core/util/textRange';
import type { ReviewFinding, ReviewItem, ReviewSuspect } from '../../../protocol/review';
import type { Threads } from './reviewThreads';

export interface ItemFacts {
  readonly findings: Findings;
  readonly threads: Threads;
  readonly changedOf: (approvedAs: string) => ReviewItem['changed'];
  readonly suspectsOf: (item: string) => readonly ReviewSuspect[];
}

export function itemOf(
  facts: ItemFacts,
  {
    id,
    text,
    range,
    approvedAs,
  }: Pick<ReviewItem, 'id' | 'text'> & { readonly range: TextRange; readonly approvedAs: string },
): ReviewItem {
  return {
    id,
    text,
    findings: facts.findings.take(range),
    threads: facts.threads.take(range),
    changed: facts.changedOf(approvedAs),
    suspects: facts.suspectsOf(id),
    offset: range.start,
  };
}

/** What was edited since the approval, by the ids that it names the parts by. */
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
