/** What a row says of its approval and of its links, in the same signs everywhere. */
import type { JSX } from 'preact';
import type { ReviewItem, ReviewModel, ReviewSuspect } from '../../protocol/review';
import { plural } from '../shared/format';
import { Icon } from '../shared/icon';
import { isOpen } from './filters';
import { shownStep } from './summary';

export type ItemState = 'approved' | 'changed' | 'added' | 'open';

/** @param byPart the document has an approval that still holds for what was not edited since */
export function itemState(item: Pick<ReviewItem, 'changed'>, byPart: boolean): ItemState {
  return item.changed ?? (byPart ? 'approved' : 'open');
}

/** Does the approval of the shown document say for each part whether it still holds? */
export function approvedByPart(model: ReviewModel): boolean {
  const step = shownStep(model);
  return step?.state === 'approved' || (step?.state === 'changed' && step.byPart);
}

const WORDS: Readonly<Record<ItemState, string>> = {
  approved: 'approved',
  changed: 'changed since approval',
  added: 'new since approval',
  open: 'not approved',
};

/** `approved, 1 finding, 2 comments, 1 suspect link`: for those who hear it. */
export function itemWords(item: ReviewItem, state: ItemState): readonly string[] {
  const { findings, threads, suspects } = item;
  const open = threads.filter(isOpen).length;
  return [
    WORDS[state],
    ...(findings.length > 0 ? [plural(findings.length, 'finding')] : []),
    ...(open > 0 ? [plural(open, 'unresolved comment')] : []),
    ...(suspects.length > 0 ? [plural(suspects.length, 'suspect link')] : []),
  ];
}

export function StateSign({ state }: { readonly state: ItemState }): JSX.Element {
  if (state === 'approved') return <Icon name="check" tone="ok" small />;
  if (state === 'open') return <Icon name="circle-outline" tone="dim" small />;
  return <ChangedSign state={state} />;
}

/** Nothing for what was not edited since the approval. */
export function ChangedSign({ state }: { readonly state: ItemState }): JSX.Element | null {
  if (state !== 'changed' && state !== 'added') return null;
  return (
    <span class="sign" title={WORDS[state]}>
      <Icon name={state === 'added' ? 'diff-added' : 'diff-modified'} tone="warn" small />
    </span>
  );
}

/** Why a part is suspect, each criterion once; of a criterion, what no cell of its row says. */
export function SuspectLines({
  suspects,
}: {
  readonly suspects: readonly ReviewSuspect[];
}): JSX.Element | null {
  const told = suspects.filter(({ kind }) => kind === 'criterion' || kind === 'code');
  if (told.length === 0) return null;
  return (
    <ul class="suspects small">
      {told.map(({ id, reason }) => (
        <li key={id}>
          <Icon name="question" tone="warn" small />
          <span>Suspect: {reason}.</span>
        </li>
      ))}
    </ul>
  );
}
