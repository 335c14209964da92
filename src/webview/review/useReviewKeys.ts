/** Listens for keys in the whole panel. */
import { useEffect, useRef } from 'preact/hooks';
import { commandOf, type KeyCommand } from './keys';

/** @param run carries a command out; true when there was something to do: the key is then used up */
export function useReviewKeys(revision: boolean, run: (command: KeyCommand) => boolean): void {
  const latest = useRef({ revision, run });
  latest.current = { revision, run };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      // An open dialog has its own keys; the tabs have the arrows.
      if (event.defaultPrevented || target.closest('dialog[open]')) return;
      const command = commandOf(event, {
        typing: target.matches('input, textarea'),
        finding: target.closest('.find') !== null,
        onControl: target.matches('button, a'),
        revision: latest.current.revision,
      });
      if (command && latest.current.run(command)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
