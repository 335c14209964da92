/** What is shown where there is no grid, and what is said above one. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TraceModel } from '../../protocol/trace';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';

/** Still bars, and only when the wait is one. */
export function Loading(): JSX.Element {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="trace-loading" role="status">
      {late && (
        <>
          <span class="visually-hidden">Reading the spec</span>
          {[0, 1, 2, 3].map((bar) => (
            <span key={bar} class="bar" aria-hidden="true" />
          ))}
        </>
      )}
    </div>
  );
}

export function Failed({ message }: { readonly message: string }): JSX.Element {
  return (
    <div class="empty-state" role="alert">
      <p>
        <Icon name="error" tone="err" /> {message}
      </p>
    </div>
  );
}

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
