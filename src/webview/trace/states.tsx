/** What is shown where there is no grid, and what is said above one. */
import type { ComponentChildren, JSX } from 'preact';
import type { TraceModel } from '../../protocol/trace';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';

export function Nothing({
  words,
  children,
}: {
  readonly words: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="empty-state">
      <p class="dim">{words}</p>
      {children}
    </div>
  );
}

/** A sentence about what is not known, or not there yet. */
export function Notice({ model }: { readonly model: TraceModel }): JSX.Element | null {
  const later = model.missing
    .filter((kind) => kind === 'design' || kind === 'tasks')
    .map((kind) => `${kind}.md`);
  const words =
    model.codeProblem !== undefined
      ? `Code could not be read, so tests and code are not known: ${model.codeProblem}`
      : later.length > 0
        ? `There is no ${later.join(' and no ')} yet: what would be in it is not missing yet.`
        : undefined;
  if (words === undefined) return null;
  return (
    <p class="trace-notice small">
      <Icon
        name={model.codeProblem === undefined ? 'info' : 'warning'}
        tone={model.codeProblem === undefined ? 'info' : 'warn'}
        small
      />
      {words}
    </p>
  );
}

export function NoMatch({ onClear }: { readonly onClear: () => void }): JSX.Element {
  return (
    <Nothing words="Nothing fits the filter.">
      <Button look="inline" label="Clear filter" shortcut="Esc" act="clearFilter" onPress={onClear} />
    </Nothing>
  );
}
