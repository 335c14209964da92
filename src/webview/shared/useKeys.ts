/** Listens for keys in the whole panel; an open dialog has its own. */
import { useEffect, useRef } from 'preact/hooks';

/** Where the focus is: typing and buttons have keys of their own. */
export interface KeyContext {
  readonly typing: boolean;
  /** The focus is on a button: Enter and blank are its own. */
  readonly onControl: boolean;
}

/** @param run what the key asks for; true when there was something to do: the key is then used up */
export function useKeys(run: (event: KeyboardEvent, context: KeyContext) => boolean): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      if (event.defaultPrevented || target.closest('dialog[open]')) return;
      const context = { typing: target.matches('input, textarea'), onControl: target.matches('button, a') };
      if (latest.current(event, context)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
