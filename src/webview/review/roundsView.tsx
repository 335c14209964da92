/** Any two rounds of the review side by side. */
import type { JSX } from 'preact';
import type { ReviewComparison, ReviewRound } from '../../protocol/review';
import { Button } from '../shared/button';
import { ChangeList } from './changeList';
import { changesSentence } from './refusals';
import type { Compared } from './rounds';

export interface RoundsViewProps {
  readonly rounds: readonly ReviewRound[];
  readonly compared: Compared;
  readonly comparison: ReviewComparison | undefined;
  readonly active: string | undefined;
  readonly onCompare: (compared: Compared | undefined) => void;
  readonly onFocus: (nav: string) => void;
}

export function RoundsView(props: RoundsViewProps): JSX.Element {
  const { rounds, compared, comparison, active, onCompare, onFocus } = props;
  // What was asked for a moment ago is still being compared.
  const ready = comparison?.from === compared.from && comparison.to === compared.to;
  return (
    <section aria-label="Rounds">
      <div class="rounds">
        <Choose
          label="Compare"
          rounds={rounds}
          chosen={compared.from}
          onChoose={(from) => onCompare({ ...compared, from })}
        />
        <Choose
          label="with"
          rounds={rounds}
          chosen={compared.to}
          onChoose={(to) => onCompare({ ...compared, to })}
        />
        <span class="spacer" />
        <Button
          act="closeRounds"
          icon="close"
          look="inline"
          label="Back to the document"
          shortcut="Esc"
          onPress={() => onCompare(undefined)}
        />
      </div>
      <p class="rounds-sentence" role="status">
        {ready && comparison ? `${capital(changesSentence(comparison))}.` : 'Comparing…'}
      </p>
      {ready && comparison && (
        <ChangeList
          label="What differs"
          changes={comparison.changes}
          active={active}
          decisionOf={undefined}
          onDecide={() => {}}
          onFocus={onFocus}
        />
      )}
    </section>
  );
}

interface ChooseProps {
  readonly label: string;
  readonly rounds: readonly ReviewRound[];
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}

function Choose({ label, rounds, chosen, onChoose }: ChooseProps): JSX.Element {
  return (
    <label class="round-choice">
      <span class="dim">{label}</span>
      <select class="select" value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        {rounds.map(({ key, label: name, note }) => (
          <option key={key} value={key} selected={key === chosen}>
            {note === '' ? name : `${name}, ${note}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
