/** Chips that filter in place, the find box, and the button that folds everything. */
import type { JSX, RefObject } from 'preact';
import { IconButton } from '../shared/button';
import { plural } from '../shared/format';
import { Icon } from '../shared/icon';
import type { FilterChip, FilterId } from './filters';

export interface FilterBarProps {
  readonly chips: readonly FilterChip[];
  readonly pressed: readonly FilterId[];
  readonly query: string;
  readonly findBox: RefObject<HTMLInputElement | null>;
  /** `a criterion`, `a task`. */
  readonly what: string;
  /** Undefined: nothing can be folded. */
  readonly allFolded: boolean | undefined;
  readonly safeFixes: number;
  /** How many criteria nothing carries on with, where that can be mended. */
  readonly missing: number;
  readonly onToggle: (id: FilterId) => void;
  readonly onQuery: (query: string) => void;
  readonly onFoldAll: () => void;
  /** How many revisions there were. */
  readonly rounds: number;
  readonly onRounds: () => void;
  readonly onFixAll: () => void;
  readonly onGenerate: () => void;
}

export function FilterBar(props: FilterBarProps): JSX.Element {
  const { chips, pressed, query, findBox, allFolded, what, safeFixes, missing } = props;
  return (
    <div class="filters">
      <fieldset class="chips" aria-label="Filters">
        {chips.map((chip) => (
          <button
            key={chip.id}
            type="button"
            class={chip.count === 0 ? 'chip empty' : 'chip'}
            data-filter={chip.id}
            aria-pressed={pressed.includes(chip.id)}
            aria-keyshortcuts={chip.key}
            title={`${chip.label} (${chip.key})`}
            onClick={() => props.onToggle(chip.id)}
          >
            <Icon name={chip.icon} tone={chip.count > 0 ? chip.tone : 'dim'} small />
            <span class="chip-label">{chip.label}</span>
            <span class="visually-hidden">, </span>
            <span class="count">{chip.count}</span>
          </button>
        ))}
      </fieldset>
      <label class={query ? 'find has-text' : 'find'}>
        <Icon name="search" small />
        <input
          ref={findBox}
          type="text"
          value={query}
          placeholder={`Find ${what}`}
          aria-label={`Find ${what}`}
          aria-keyshortcuts="/"
          spellcheck={false}
          onInput={(event) => props.onQuery(event.currentTarget.value)}
        />
        <span class="key" aria-hidden="true">
          /
        </span>
      </label>
      {props.rounds > 0 && (
        <IconButton
          act="rounds"
          icon="history"
          label={`Compare the rounds of the review, ${plural(props.rounds, 'revision')} so far ([)`}
          onPress={props.onRounds}
        />
      )}
      {safeFixes > 0 && (
        <IconButton
          act="fixAll"
          icon="lightbulb"
          label={`Fix all ${safeFixes} that change no meaning (Shift+F)`}
          onPress={props.onFixAll}
        />
      )}
      {missing > 0 && (
        <IconButton
          act="generateMissing"
          icon="sparkle"
          label={`Ask for what is missing: ${plural(missing, 'criterion', 'criteria')} that nothing carries on with (M)`}
          onPress={props.onGenerate}
        />
      )}
      {allFolded !== undefined && (
        <IconButton
          icon={allFolded ? 'expand-all' : 'collapse-all'}
          label={allFolded ? 'Unfold all requirements' : 'Fold all requirements'}
          onPress={props.onFoldAll}
        />
      )}
    </div>
  );
}
