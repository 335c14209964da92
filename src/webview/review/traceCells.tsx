/** What carries on with a criterion: its properties and its tasks. */
import type { JSX } from 'preact';
import type { DocumentKind } from '../../core/spec/model';
import type { ReviewCriterion } from '../../protocol/review';
import { Icon } from '../shared/icon';
import type { Stages } from './coverage';

export interface TraceCellsProps {
  readonly criterion: ReviewCriterion;
  readonly stages: Stages;
  readonly tabIndex: number;
  /** Goes to the place in the other document. */
  readonly onJump: (kind: DocumentKind, id: string) => void;
}

export function TraceCells({ criterion, stages, tabIndex, onJump }: TraceCellsProps): JSX.Element {
  const { properties, tasks } = criterion;
  // On a narrow panel two empty slots say one thing.
  const none = properties.length === 0 && tasks.length === 0 && (stages.design || stages.tasks);
  return (
    <div class={none ? 'trace no-links' : 'trace'}>
      <Cell
        kind="design"
        word="property"
        ids={properties.map(propertyName)}
        applies={stages.design}
        {...{ tabIndex, onJump }}
      />
      <Cell kind="tasks" word="task" ids={tasks} applies={stages.tasks} {...{ tabIndex, onJump }} />
      {none && (
        <span class="cell-none no-links-word small dim">
          <Icon name="circle-slash" small />
          no links
        </span>
      )}
    </div>
  );
}

/** `1` is `P1`; an id that is named already stays as it is. */
export function propertyName(id: string): string {
  return /^\d/.test(id) ? `P${id}` : id;
}

interface CellProps {
  readonly kind: DocumentKind;
  readonly word: string;
  readonly ids: readonly string[];
  readonly applies: boolean;
  readonly tabIndex: number;
  readonly onJump: (kind: DocumentKind, id: string) => void;
}

function Cell({ kind, word, ids, applies, tabIndex, onJump }: CellProps): JSX.Element {
  const [first, ...more] = ids;
  if (first === undefined) {
    if (!applies)
      return (
        <span class="cell cell-na dim" title={`No ${kind} yet`}>
          –
        </span>
      );
    return (
      <span class="cell cell-none small dim" title={`No ${word} names this criterion`}>
        <Icon name="circle-slash" small />
        none
      </span>
    );
  }
  return (
    <span class="cell small">
      <button
        type="button"
        class="cell-link"
        tabIndex={tabIndex}
        title={`${word} ${ids.join(', ')}`}
        onClick={() => onJump(kind, first)}
      >
        <Icon name="check" tone="ok" small />
        <span class="visually-hidden">{word} </span>
        <span class="tabular">{first}</span>
        {more.length > 0 && <span class="dim tabular">+{more.length}</span>}
      </button>
    </span>
  );
}
