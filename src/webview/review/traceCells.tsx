/** What carries on with a criterion: sections, properties, tasks and tests. */
import type { JSX } from 'preact';
import type { DocumentKind } from '../../core/spec/model';
import type { ReviewCriterion, ReviewSuspect, ReviewTest } from '../../protocol/review';
import { plural } from '../shared/format';
import { Icon } from '../shared/icon';
import type { Stages } from './coverage';
import { idsFirst, propertyName, sectionName, taskName } from './traceNames';

export interface TraceCellsProps {
  readonly criterion: ReviewCriterion;
  readonly stages: Stages;
  readonly tabIndex: number;
  /** Goes to the place in the other document. */
  readonly onJump: (kind: DocumentKind, id: string) => void;
  readonly onTest: (test: ReviewTest) => void;
}

export function TraceCells({ criterion, stages, tabIndex, onJump, onTest }: TraceCellsProps): JSX.Element {
  const { sections, properties, tasks, tests, suspects } = criterion;
  const suspectOf = (kind: ReviewSuspect['kind']): readonly ReviewSuspect[] =>
    suspects.filter((each) => each.kind === kind);
  // On a narrow panel empty slots say one thing.
  const none =
    sections.length + properties.length + tasks.length + (tests?.length ?? 0) === 0 &&
    (stages.design || stages.tasks);
  return (
    <div class={none ? 'trace no-links' : 'trace'}>
      <Cell
        kind="design"
        word="section"
        ids={sections}
        nameOf={sectionName}
        suspects={suspectOf('section')}
        applies={stages.design}
        optional
        {...{ tabIndex, onJump }}
      />
      <Cell
        kind="design"
        word="property"
        ids={properties}
        nameOf={propertyName}
        suspects={suspectOf('property')}
        applies={stages.design}
        {...{ tabIndex, onJump }}
      />
      <Cell
        kind="tasks"
        word="task"
        ids={idsFirst(tasks)}
        nameOf={taskName}
        suspects={suspectOf('task')}
        applies={stages.tasks}
        {...{ tabIndex, onJump }}
      />
      <TestCell
        tests={tests}
        suspect={suspectOf('test')[0]}
        applies={stages.tasks}
        {...{ tabIndex, onTest }}
      />
      {none && (
        <span class="cell-none no-links-word small dim">
          <Icon name="circle-slash" small />
          no links
        </span>
      )}
    </div>
  );
}

interface CellProps {
  readonly kind: DocumentKind;
  readonly word: string;
  readonly ids: readonly string[];
  readonly nameOf: (id: string) => string;
  readonly suspects: readonly ReviewSuspect[];
  readonly applies: boolean;
  /** Nothing is missing where there is none. */
  readonly optional?: boolean;
  readonly tabIndex: number;
  readonly onJump: (kind: DocumentKind, id: string) => void;
}

function Cell({
  kind,
  word,
  ids,
  nameOf,
  suspects,
  applies,
  optional,
  tabIndex,
  onJump,
}: CellProps): JSX.Element {
  const [suspect] = suspects;
  // What is to be looked at stands first.
  const first = suspect?.id ?? ids[0];
  if (first === undefined) {
    if (!applies || optional)
      return (
        <span
          class="cell cell-na dim"
          title={applies ? `No ${word} names it in its words` : `No ${kind} yet`}
        >
          –
        </span>
      );
    return (
      <span class="cell cell-none small dim" title={`No ${word} names this criterion`}>
        <None of={word} />
      </span>
    );
  }
  return (
    <span class="cell small">
      <button
        type="button"
        class={suspect ? 'cell-link suspect' : 'cell-link'}
        tabIndex={tabIndex}
        title={suspect ? `Suspect: ${suspect.reason}` : `${word} ${ids.map(nameOf).join(', ')}`}
        onClick={() => onJump(kind, first)}
      >
        <Icon name={suspect ? 'question' : 'check'} tone={suspect ? 'warn' : 'ok'} small />
        <span class="visually-hidden">
          {suspect ? 'suspect ' : ''}
          {word}{' '}
        </span>
        <span class="tabular">{nameOf(first)}</span>
        {ids.length > 1 && <span class="dim tabular">+{ids.length - 1}</span>}
      </button>
    </span>
  );
}

/** In its column it needs no name; on a narrow panel it stands in no column. */
function None({ of: what }: { readonly of: string }): JSX.Element {
  return (
    <>
      <Icon name="circle-slash" small />
      <span class="none-word">none</span>
      <span class="none-of">no {what}</span>
    </>
  );
}

interface TestCellProps {
  /** Undefined: code was not looked at yet. */
  readonly tests: readonly ReviewTest[] | undefined;
  readonly suspect: ReviewSuspect | undefined;
  readonly applies: boolean;
  readonly tabIndex: number;
  readonly onTest: (test: ReviewTest) => void;
}

/** Tests are many and called alike: their count, and the way to the first. */
function TestCell({ tests, suspect, applies, tabIndex, onTest }: TestCellProps): JSX.Element {
  const first = tests?.find(({ label }) => label === suspect?.id) ?? tests?.[0];
  if (tests === undefined || first === undefined) {
    if (tests === undefined || !applies)
      return (
        <span
          class="cell cell-na dim"
          title={tests === undefined ? 'Tests are being looked at' : 'No tasks yet'}
        >
          –
        </span>
      );
    return (
      <span class="cell cell-none small dim" title="No test names this criterion">
        <None of="test" />
      </span>
    );
  }
  const places = tests.map(({ label }) => label).join('\n');
  return (
    <span class="cell small">
      <button
        type="button"
        class={suspect ? 'cell-link suspect' : 'cell-link'}
        tabIndex={tabIndex}
        title={suspect ? `Suspect: ${suspect.reason}\n${places}` : places}
        onClick={() => onTest(first)}
      >
        <Icon name={suspect ? 'question' : 'check'} tone={suspect ? 'warn' : 'ok'} small />
        {suspect && <span class="visually-hidden">suspect </span>}
        <span class="tabular">{plural(tests.length, 'test')}</span>
      </button>
    </span>
  );
}
