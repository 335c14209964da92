/** What a panel shows before it has something to show. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon';

/** Still bars, and only when the wait is one. */
export function Loading({ words }: { readonly words: string }): JSX.Element {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main class="panel-loading">
      <h1 class="visually-hidden">{words}</h1>
      {late && [0, 1, 2, 3].map((bar) => <span key={bar} class="bar" aria-hidden="true" />)}
    </main>
  );
}

export function Failed({ message }: { readonly message: string }): JSX.Element {
  return (
    <main class="empty-state">
      <h1 class="visually-hidden">Nothing to show</h1>
      <p role="alert">
        <Icon name="error" tone="err" /> {message}
      </p>
    </main>
  );
}
