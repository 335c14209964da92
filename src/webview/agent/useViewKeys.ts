/** Keys that work everywhere in the view. */
import { useEffect } from 'preact/hooks';
import type { AgentActs } from './agentActs';

const DELTAS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Alt+Up and Alt+Down go between calls and questions (Space opens, as on any button); Ctrl+Escape stops what runs.
 */
export function useViewKeys(
  root: { readonly current: HTMLDivElement | null },
  acts: AgentActs,
  running: boolean,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && (event.ctrlKey || event.metaKey) && running) {
        event.preventDefault();
        acts.stop();
        return;
      }
      const delta = event.altKey ? DELTAS[event.key] : undefined;
      const next = delta !== undefined && root.current ? nextStop(root.current, delta) : undefined;
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [running]);
}

/** From outside of all of them: the last, the one that is looked at. */
function nextStop(root: HTMLElement, delta: number): HTMLElement | undefined {
  const stops = [...root.querySelectorAll<HTMLElement>('[data-call], [data-act="once"]')];
  const current = document.activeElement?.closest('.call, .question');
  const at = current ? stops.findIndex((stop) => current.contains(stop)) : -1;
  return at < 0 ? stops.at(-1) : stops[at + delta];
}
