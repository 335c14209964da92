/** Keys that work everywhere in the view. */
import { useEffect } from 'preact/hooks';
import type { AgentActs } from './agentActs';

const DELTAS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Alt+Up and Alt+Down go between calls and questions (Space opens, as on any button); Ctrl+Escape stops what runs; Ctrl+L begins
 * another session.
 */
export function useViewKeys(
  root: { readonly current: HTMLDivElement | null },
  acts: AgentActs,
  running: boolean,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const act = commandOf(event, acts, running) ?? moveOf(event, root.current);
      if (!act) return;
      event.preventDefault();
      act();
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

function commandOf(event: KeyboardEvent, acts: AgentActs, running: boolean): (() => void) | undefined {
  if (event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return undefined;
  if (event.key === 'Escape' && running) return acts.stop;
  return event.key.toLowerCase() === 'l' ? acts.newSession : undefined;
}

function moveOf(event: KeyboardEvent, root: HTMLElement | null): (() => void) | undefined {
  const delta = event.altKey ? DELTAS[event.key] : undefined;
  const next = delta !== undefined && root ? nextStop(root, delta) : undefined;
  return next && (() => next.focus());
}
