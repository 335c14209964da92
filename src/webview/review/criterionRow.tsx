/** One criterion: its id, its clauses, its pattern, what carries on with it, and what is wrong with it. */
import type { JSX } from 'preact';
import type { ReviewCriterion } from '../../protocol/review';
import { plural } from '../shared/format';
import { Icon } from '../shared/icon';
import { memo } from '../shared/memo';
import { ClauseText } from './clauseText';
import type { Stages } from './coverage';
import { FindingLine } from './findingLine';
import type { ListActs } from './listActs';
import { propertyName, TraceCells } from './traceCells';
import { PATTERN_NAMES } from './words';

export interface CriterionRowProps {
  readonly criterion: ReviewCriterion;
  readonly nav: string;
  /** Has the tab stop of the list. */
  readonly active: boolean;
  readonly approved: boolean;
  readonly caret: boolean;
  readonly stages: Stages;
  readonly acts: ListActs;
}

export const CriterionRow = memo((props: CriterionRowProps): JSX.Element => {
  const { criterion, nav, active, approved, stages, acts } = props;
  const inner = active ? 0 : -1;
  const fixable = criterion.findings.find((finding) => finding.fix !== undefined);
  return (
    <li
      class="row"
      data-nav={nav}
      tabIndex={active ? 0 : -1}
      aria-label={rowLabel(criterion, approved)}
      onFocus={() => acts.activate(nav)}
      onDblClick={() => acts.open(criterion.offset)}
    >
      <span class="row-id tabular">
        <Icon name={approved ? 'check' : 'circle-outline'} tone={approved ? 'ok' : 'dim'} small />
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
        <TraceCells criterion={criterion} stages={stages} tabIndex={inner} onJump={acts.jump} />
      </div>
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
    </li>
  );
});

/** `1.2, event-driven, approved, 1 finding, property P1, no task`. */
export function rowLabel(criterion: ReviewCriterion, approved: boolean): string {
  const { properties, tasks, findings } = criterion;
  return [
    criterion.id,
    PATTERN_NAMES[criterion.pattern].toLowerCase(),
    approved ? 'approved' : 'not approved',
    ...(findings.length > 0 ? [plural(findings.length, 'finding')] : []),
    properties.length > 0 ? `property ${properties.map(propertyName).join(', ')}` : 'no property',
    tasks.length > 0 ? `task ${tasks.join(', ')}` : 'no task',
    criterion.text,
  ].join(', ');
}
