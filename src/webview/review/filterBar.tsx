/** Chips that filter in place, the find box, and the button that folds everything. */
import type { JSX, RefObject } from 'preact';
import { IconButton } from '../shared/button';
import { Icon } from '../shared/icon';
import type { FilterChip, FilterId } from './filters';

export interface FilterBarProps {
  readonly chips: readonly FilterChip[];
  readonly pressed: readonly FilterId[];
  readonly query: string;
  readonly findBox: RefObject<HTMLInputElement | null>;
  readonly allFolded: boolean;
  readonly onToggle: (id: FilterId) => void;
  readonly onQuery: (query: string) => void;
  readonly onFoldAll: () => void;
}

export function FilterBar(props: FilterBarProps): JSX.Element {
  const { chips, pressed, query, findBox, allFolded } = props;
  return (
    <div class="filters">
      <fieldset class="chips" aria-label="Filters">
        {chips.map((chip, index) => (
          <button
            key={chip.id}
            type="button"
            class={chip.count === 0 ? 'chip empty' : 'chip'}
            data-filter={chip.id}
            aria-pressed={pressed.includes(chip.id)}
            aria-label={`${chip.label}, ${chip.count}`}
            aria-keyshortcuts={String(index + 1)}
            title={`${chip.label} (${index + 1})`}
            onClick={() => props.onToggle(chip.id)}
          >
            <Icon name={chip.icon} tone={chip.count > 0 ? chip.tone : 'dim'} small />
            <span class="chip-label">{chip.label}</span>
            <span class="count">{chip.count}</span>
          </button>
        ))}
      </fieldset>
      <span class="spacer" />
      <label class={query ? 'find has-text' : 'find'}>
        <Icon name="search" small />
        <input
          ref={findBox}
          type="text"
          value={query}
          placeholder="Find a criterion"
          aria-label="Find a criterion"
          aria-keyshortcuts="/"
          spellcheck={false}
          onInput={(event) => props.onQuery(event.currentTarget.value)}
        />
        <span class="key" aria-hidden="true">
          /
        </span>
      </label>
      <IconButton
        icon={allFolded ? 'expand-all' : 'collapse-all'}
        label={allFolded ? 'Unfold all requirements' : 'Fold all requirements'}
        onPress={props.onFoldAll}
      />
    </div>
  );
}
