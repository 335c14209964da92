/** The changes of a waiting revision, each taken or left by a check box: nothing is written before the decision. */
import type { JSX } from 'preact';
import type { ReviewChange, ReviewRevision } from '../../protocol/review';

/** How a refused change is remembered: another revision has its own. */
export function refusalOf({ session }: ReviewRevision, { key }: ReviewChange): string {
  return `${session} ${key}`;
}

/** Keys of those of its changes that are to be left out. */
export function refusedKeys(revision: ReviewRevision, refused: readonly string[]): readonly string[] {
  return revision.changes
    .filter((change) => refused.includes(refusalOf(revision, change)))
    .map(({ key }) => key);
}

export interface RevisionChangesProps {
  readonly revision: ReviewRevision;
  /** As in `refusalOf`. */
  readonly refused: readonly string[];
  readonly onToggle: (refusal: string) => void;
}

export function RevisionChanges({ revision, refused, onToggle }: RevisionChangesProps): JSX.Element | null {
  // One change alone is decided with the whole.
  if (revision.changes.length < 2) return null;
  return (
    <ul class="changes" aria-label="Changes of the revision">
      {revision.changes.map((change) => {
        const refusal = refusalOf(revision, change);
        const taken = !refused.includes(refusal);
        return (
          <li key={change.key} class={taken ? 'change' : 'change left'}>
            <label class="change-take" title={taken ? 'Taken. Clear to leave it out.' : 'Left out.'}>
              <input type="checkbox" checked={taken} onChange={() => onToggle(refusal)} />
              <span class="change-id">{change.id}</span>
              <span class="dim small">{change.what}</span>
            </label>
            <p class="change-words">{change.words.map(({ text, is }, index) => wordsOf(text, is, index))}</p>
          </li>
        );
      })}
    </ul>
  );
}

function wordsOf(text: string, is: ReviewChange['words'][number]['is'], index: number): JSX.Element {
  if (is === 'gone') return <del key={index}>{text}</del>;
  return is === 'new' ? <ins key={index}>{text}</ins> : <span key={index}>{text}</span>;
}
