/** What the trace comes to, and what narrows it down. */
import type { JSX, RefObject } from 'preact';
import type { TraceModel } from '../../protocol/trace';
import { Button } from '../shared/button';
import { Icon, Spinner } from '../shared/icon';
import { type Chip, type FilterId, summaryOf } from './rows';

export function Head({
  model,
  onSync,
  onExport,
}: {
  readonly model: TraceModel;
  /** Undefined where every criterion has a task, or none can have one yet. */
  readonly onSync: (() => void) | undefined;
  readonly onExport: () => void;
}): JSX.Element {
  const { count, states } = summaryOf(model);
  return (
    <header class="trace-title">
      <h1>Trace</h1>
      <p class="sentence" role="status">
        <span class="dim">{count}</span>
        {states !== '' && `: ${states}`}
        {model.code === 'reading' && (
          <span class="reading dim small">
            <Spinner /> reading code
          </span>
        )}
      </p>
      {onSync && (
        <Button
          icon="checklist"
          label="Sync tasks"
          title="Tasks for criteria that have none come as a revision that you take or leave"
          act="syncTasks"
          onPress={onSync}
        />
      )}
      <Button
        icon="export"
        label="Export"
        title="As a web page, Markdown or JSON"
        act="export"
        onPress={onExport}
      />
    </header>
  );
}

export interface FilterBarProps {
  readonly chips: readonly Chip[];
  readonly pressed: readonly FilterId[];
  readonly query: string;
  readonly findBox: RefObject<HTMLInputElement | null>;
  readonly onToggle: (id: FilterId) => void;
  readonly onQuery: (query: string) => void;
}

export function FilterBar({
  chips,
  pressed,
  query,
  findBox,
  onToggle,
  onQuery,
}: FilterBarProps): JSX.Element {
  return (
    <div class="filters">
      <fieldset class="chips" aria-label="Filters">
        {chips.map(({ id, label, icon, tone, count, title }, index) => (
          <button
            key={id}
            type="button"
            class={count === 0 ? 'chip empty' : 'chip'}
            data-filter={id}
            aria-pressed={pressed.includes(id)}
            aria-keyshortcuts={String(index + 1)}
            title={`${title} (${index + 1})`}
            onClick={() => onToggle(id)}
          >
            <Icon name={icon} tone={count > 0 ? tone : 'dim'} small />
            <span class="chip-label">{label}</span> <span class="count">{count}</span>
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
          placeholder="Criterion, file or task"
          aria-label="Find a criterion, file or task"
          aria-keyshortcuts="/"
          spellcheck={false}
          onInput={(event) => onQuery(event.currentTarget.value)}
        />
        <span class="key" aria-hidden="true">
          /
        </span>
      </label>
    </div>
  );
}
