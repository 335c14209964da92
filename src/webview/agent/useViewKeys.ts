/** Keys that work everywhere in the view. */

import { useEffect } from 'preact/hooks';
import { takeFocus } from '../shared/focus';
import type { AgentActs } from './agentActs';

const DELTAS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
const PAGES: Readonly<Record<string, number>> = { PageDown: 1, PageUp: -1 };
/** Of what is seen: a line or two stay, to read on from. */
const PAGE = 0.9;

/**
 * Alt+Up and Alt+Down go between calls and questions (Space opens, as on any button); Alt+Page Up and Alt+Page Down read on in the
 * conversation, also from the input; F6 goes to the question that waits; Ctrl+Escape stops what runs; Ctrl+L begins another session.
 */
export function useViewKeys(
  root: { readonly current: HTMLDivElement | null },
  acts: AgentActs,
  running: boolean,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const act =
        commandOf(event, acts, running) ??
        waitingOf(event) ??
        pageOf(event, root.current) ??
        moveOf(event, root.current);
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

/** To the question that waits. From inside of it the key is the editor's: on to the next part of the window. */
function waitingOf(event: KeyboardEvent): (() => void) | undefined {
  if (event.key !== 'F6' || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
    return undefined;
  const question = document.querySelector<HTMLElement>('.question');
  // A question of the model's may have no options to press.
  const first = question?.querySelector<HTMLElement>('[data-act="once"]') ?? question?.querySelector('input');
  if (!question || !first || question.contains(document.activeElement)) return undefined;
  return () => {
    // Not to the editor as well.
    event.stopPropagation();
    takeFocus(first);
  };
}

function pageOf(event: KeyboardEvent, root: HTMLElement | null): (() => void) | undefined {
  const pages = event.altKey ? PAGES[event.key] : undefined;
  const log = root?.querySelector('.log');
  return pages !== undefined && log
    ? () => log.scrollBy({ top: pages * PAGE * log.clientHeight })
    : undefined;
}

function moveOf(event: KeyboardEvent, root: HTMLElement | null): (() => void) | undefined {
  const delta = event.altKey ? DELTAS[event.key] : undefined;
  const next = delta !== undefined && root ? nextStop(root, delta) : undefined;
  return next && (() => takeFocus(next));
}
