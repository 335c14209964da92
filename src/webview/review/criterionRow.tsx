/** One criterion: its id, its clauses, its pattern, what carries on with it, what is wrong with it and said about it. */
import type { JSX } from 'preact';
import type { ReviewCriterion } from '../../protocol/review';
import { plural } from '../shared/format';
import { memo } from '../shared/memo';
import { ClauseText } from './clauseText';
import type { Stages } from './coverage';
import { FindingLine } from './findingLine';
import { type ItemState, itemWords, StateSign, SuspectLines } from './itemSigns';
import type { ListActs } from './listActs';
import { RowActs } from './rowActs';
import { Threads } from './threads';
import { TraceCells } from './traceCells';
import { propertyName } from './traceNames';
import { PATTERN_NAMES } from './words';
import type { Writing } from './writing';

export interface CriterionRowProps {
  readonly criterion: ReviewCriterion;
  readonly nav: string;
  /** Has the tab stop of the list. */
  readonly active: boolean;
  readonly state: ItemState;
  readonly caret: boolean;
  readonly stages: Stages;
  /** Only if it is written in this row. */
  readonly writing: Writing | undefined;
  readonly acts: ListActs;
}

export const CriterionRow = memo((props: CriterionRowProps): JSX.Element => {
  const { criterion, nav, active, state, stages, writing, acts } = props;
  const inner = active ? 0 : -1;
  const fixable = criterion.findings.find((finding) => finding.fix !== undefined);
  return (
    <li
      class="row"
      data-nav={nav}
      data-item-state={state}
      tabIndex={active ? 0 : -1}
      aria-label={rowLabel(criterion, state)}
      onFocus={() => acts.activate(nav)}
      onDblClick={(event) => {
        // Two clicks on a word of it select that word.
        if (event.target === event.currentTarget) acts.open(criterion.offset);
      }}
    >
      <span class="row-id tabular">
        <StateSign state={state} />
        <button
          type="button"
          class="id-link"
          tabIndex={-1}
          title="Open at line (Enter)"
          onClick={() => acts.open(criterion.offset)}
        >
          {criterion.id}
        </button>
      </span>
      <ClauseText criterion={criterion} caret={props.caret} />
      <div class="row-links">
        <span class="pattern">
          <span class={criterion.pattern === 'none' ? 'tag tone-warn' : 'tag'}>
            {PATTERN_NAMES[criterion.pattern]}
          </span>
        </span>
        <TraceCells
          criterion={criterion}
          stages={stages}
          tabIndex={inner}
          onJump={acts.jump}
          onTest={acts.openTest}
        />
      </div>
      <RowActs item={criterion} nav={nav} tabIndex={inner} acts={acts} />
      <SuspectLines suspects={criterion.suspects} />
      {criterion.findings.length > 0 && (
        <div class="row-findings">
          {criterion.findings.map((finding) => (
            <FindingLine
              key={`${finding.rule}${finding.start}`}
              finding={finding}
              shortcut={active && finding === fixable ? 'F' : undefined}
              tabIndex={inner}
              onFix={acts.fix}
            />
          ))}
        </div>
      )}
      <Threads
        threads={criterion.threads}
        nav={nav}
        about={criterion.id}
        writing={writing}
        tabIndex={inner}
        acts={acts}
      />
    </li>
  );
});

/** `1.2, event-driven, approved, 1 finding, property P1, no task, 2 tests`. */
export function rowLabel(criterion: ReviewCriterion, state: ItemState): string {
  const { properties, tasks, tests } = criterion;
  return [
    criterion.id,
    PATTERN_NAMES[criterion.pattern].toLowerCase(),
    ...itemWords(criterion, state),
    properties.length > 0 ? `property ${properties.map(propertyName).join(', ')}` : 'no property',
    tasks.length > 0 ? `task ${tasks.join(', ')}` : 'no task',
    ...(tests && tests.length > 0 ? [plural(tests.length, 'test')] : []),
    criterion.text,
  ].join(', ');
}
