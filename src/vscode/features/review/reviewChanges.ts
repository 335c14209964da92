/** The changes of a revision as the panel shows them: word by word. */
import { diffWordsWithSpace } from 'diff';
import { changedParts, type Revised } from '../../../core/spec/merge/partChanges';
import type { DocumentKind } from '../../../core/spec/model';
import type { ReviewChange } from '../../../protocol/review';

/** Longer parts are shown whole, before and after: comparing their words would take longer than reading them. */
const LONGEST = 4000;

const known = new WeakMap<Revised, readonly ReviewChange[]>();

/** A revision never changes: it is compared once, however often the panel is drawn while it waits. */
export function reviewChanges(kind: DocumentKind, revised: Revised): readonly ReviewChange[] {
  let changes = known.get(revised);
  if (changes === undefined) {
    changes = changedParts(kind, revised).map(({ key, id, what, before, after }) => ({
      key,
      id,
      what,
      words: wordsOf(before.trim(), after.trim()),
    }));
    known.set(revised, changes);
  }
  return changes;
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
