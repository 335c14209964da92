/** Listens for keys in the whole panel; an open dialog has its own. */
import { useEffect, useRef } from 'preact/hooks';
import { commandOf, type KeyCommand } from './keys';

/** @param run carries a command out; true when there was something to do: the key is then used up */
export function useKeys(run: (command: KeyCommand) => boolean): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      if (event.defaultPrevented || target.closest('dialog[open]')) return;
      const command = commandOf(event, {
        typing: target.matches('input, textarea'),
        onControl: target.matches('button, a'),
      });
      if (command && latest.current(command)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
