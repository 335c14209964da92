/** What differs between two texts, part by part; of a waiting revision each is taken or left. */
import type { JSX } from 'preact';
import type { ReviewChange } from '../../protocol/review';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';
import type { IconName, Tone } from '../shared/iconNames';
import { ChangeWords } from './changeWords';
import { navOf } from './navigation';
import { ReasonBox } from './reasonBox';

/** What can be said and done about a change that waits. */
export interface Decision {
  readonly taken: boolean;
  /** Why not; empty where it was not said. */
  readonly reason: string;
  /** It is being written. */
  readonly asking: boolean;
  readonly answers: readonly string[];
  readonly consequence: string | undefined;
}

export interface ChangeListProps {
  readonly label: string;
  readonly changes: readonly ReviewChange[];
  readonly active: string | undefined;
  /** Undefined: they are only shown. */
  readonly decisionOf: ((change: ReviewChange) => Decision) | undefined;
  readonly onDecide: (change: ReviewChange, taken: boolean) => void;
  readonly onReason?: (text: string) => void;
  readonly onReasonDone?: () => void;
  readonly onFocus: (nav: string) => void;
}

export function ChangeList(props: ChangeListProps): JSX.Element | null {
  const { label, changes, active, decisionOf } = props;
  if (changes.length === 0) return null;
  return (
    <ul class="changes" aria-label={label}>
      {changes.map((change) => (
        <ChangeRow
          key={change.key}
          change={change}
          decision={decisionOf?.(change)}
          active={active === navOf(change)}
          list={props}
        />
      ))}
    </ul>
  );
}

const SIGNS: Readonly<Record<ReviewChange['what'], readonly [IconName, Tone]>> = {
  reworded: ['diff-modified', 'warn'],
  added: ['diff-added', 'ok'],
  removed: ['diff-removed', 'err'],
  moved: ['diff-renamed', 'info'],
};

interface ChangeRowProps {
  readonly change: ReviewChange;
  readonly decision: Decision | undefined;
  readonly active: boolean;
  readonly list: ChangeListProps;
}

function ChangeRow({ change, decision, active, list }: ChangeRowProps): JSX.Element {
  const { onDecide, onFocus } = list;
  const [icon, tone] = SIGNS[change.what];
  const what = change.from === undefined ? change.what : `moved from ${change.from}`;
  const left = decision?.taken === false;
  const state = decision && (left ? ', refused' : ', accepted');
  return (
    <li
      class={left ? 'change left' : 'change'}
      data-nav={navOf(change)}
      tabIndex={active ? 0 : -1}
      aria-label={`${change.id}, ${what}${state ?? ''}: ${spoken(change)}`}
      onFocus={() => onFocus(navOf(change))}
    >
      <span class="change-head">
        <Icon name={icon} tone={tone} small />
        <span class="change-id">{change.id}</span>
        <span class="dim small">{what}</span>
      </span>
      <div class="change-body">
        <ChangeWords words={change.words} />
        {decision?.answers.map((answer) => (
          <p key={answer} class="change-note small dim">
            <Icon name="comment" small />
            <span>Answers “{answer}”</span>
          </p>
        ))}
        {left && decision.asking && (
          <ReasonBox
            id={change.id}
            text={decision.reason}
            onText={(text) => list.onReason?.(text)}
            onDone={() => list.onReasonDone?.()}
          />
        )}
        {left && !decision.asking && decision.reason.trim() !== '' && (
          <p class="change-note small">
            <Icon name="circle-slash" small />
            <span>{decision.reason}</span>
          </p>
        )}
        {decision?.consequence !== undefined && (
          <p class="change-note small dim">
            <Icon name="question" small />
            <span>{decision.consequence}</span>
          </p>
        )}
      </div>
      {decision && (
        <span class="change-acts">
          <Choice
            label="Accept"
            shortcut="Y"
            chosen={!left}
            {...{ active }}
            onPress={() => onDecide(change, true)}
          />
          <Choice
            label="Refuse"
            shortcut="N"
            chosen={left}
            {...{ active }}
            onPress={() => onDecide(change, false)}
          />
        </span>
      )}
    </li>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly shortcut: string;
  readonly chosen: boolean;
  readonly active: boolean;
  readonly onPress: () => void;
}

function Choice({ label, shortcut, chosen, active, onPress }: ChoiceProps): JSX.Element {
  return (
    <span class={chosen ? 'choice chosen' : 'choice'}>
      <Button
        act={`change${label}`}
        look="inline"
        icon={label === 'Accept' ? 'check' : 'circle-slash'}
        label={label}
        pressed={chosen}
        shortcut={active ? shortcut : undefined}
        tabIndex={active ? 0 : -1}
        onPress={onPress}
      />
    </span>
  );
}

/** Who hears it hears what goes and what comes. */
function spoken({ words }: ReviewChange): string {
  return words
    .map(({ text, is }) => (is === 'kept' ? text : is === 'gone' ? ` removed: ${text} ` : ` added: ${text} `))
    .join('');
}
