/** The changes of a revision as the panel shows them: word by word. */
import { diffWordsWithSpace } from 'diff';
import { changedParts, type PartChange, type Revised } from '../../../core/spec/merge/partChanges';
import { partsOfText } from '../../../core/spec/merge/parts';
import type { DocumentKind } from '../../../core/spec/model';
import type { ReviewChange, ReviewComparison } from '../../../protocol/review';

/** Longer parts are shown whole, before and after: comparing their words would take longer than reading them. */
const LONGEST = 4000;

export type Changes = Pick<ReviewComparison, 'changes' | 'unchanged'>;

const known = new WeakMap<Revised, Changes>();

/** A revision never changes: it is compared once, however often the panel is drawn while it waits. */
export function reviewChanges(kind: DocumentKind, revised: Revised): Changes {
  let found = known.get(revised);
  if (found === undefined) {
    const changes = withMoves(changedParts(kind, revised));
    const parts = partsOfText(kind, revised.after).filter(({ words }) => words.trim() !== '').length;
    const gone = changes.filter(({ what }) => what === 'removed').length;
    found = { changes, unchanged: Math.max(0, parts - (changes.length - gone)) };
    known.set(revised, found);
  }
  return found;
}

/** What is gone in one place and new in another with the same words only moved. */
function withMoves(changes: readonly PartChange[]): readonly ReviewChange[] {
  const gone = changes.filter(({ what }) => what === 'removed');
  const moved = new Map<PartChange, PartChange>();
  for (const change of changes) {
    if (change.what !== 'added') continue;
    const from = gone.find(
      (each) => ![...moved.values()].includes(each) && each.before.trim() === change.after.trim(),
    );
    if (from) moved.set(change, from);
  }
  const left = new Set(moved.values());
  return changes.filter((change) => !left.has(change)).map((change) => shown(change, moved.get(change)));
}

function shown({ key, id, what, before, after }: PartChange, from: PartChange | undefined): ReviewChange {
  if (from === undefined) return { key, keys: [key], id, what, words: wordsOf(before.trim(), after.trim()) };
  const words = [{ text: after.trim(), is: 'kept' }] as const;
  return { key, keys: [key, from.key], id, what: 'moved', from: from.id, words };
}

function wordsOf(before: string, after: string): ReviewChange['words'] {
  if (before === '' || after === '' || before.length + after.length > LONGEST) {
    const whole = [
      { text: before, is: 'gone' },
      { text: after, is: 'new' },
    ] as const;
    return whole.filter(({ text }) => text !== '');
  }
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    text: value,
    is: added ? 'new' : removed ? 'gone' : 'kept',
  }));
}
