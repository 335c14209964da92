/** One tab stop for a whole list: the arrows move inside it. */

import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { takeFocus } from './focus';

export interface Roving {
  /** The item that has the tab stop; undefined when there is none. */
  readonly active: string | undefined;
  /** For the element that holds the items; each has `data-nav` with its id. */
  readonly container: RefObject<HTMLDivElement | null>;
  /** Gives an item the tab stop and the focus. */
  focus(id: string): void;
  /** Gives an item the tab stop: it has the focus already. */
  activate(id: string): void;
  /** To the next or the previous one; to the active one when the focus is elsewhere. */
  move(delta: 1 | -1): void;
  toEnd(which: 'first' | 'last'): void;
}

/** Where a step leads: clamped at both ends. Pure. */
export function step(ids: readonly string[], active: string | undefined, delta: number): string | undefined {
  if (ids.length === 0) return undefined;
  const at = active === undefined ? -1 : ids.indexOf(active);
  if (at < 0) return ids[0];
  return ids[Math.min(ids.length - 1, Math.max(0, at + delta))];
}

export function useRoving(ids: readonly string[], initial?: string): Roving {
  const [chosen, activate] = useState(initial);
  const container = useRef<HTMLDivElement>(null);
  const active = chosen !== undefined && ids.includes(chosen) ? chosen : ids[0];
  const focus = (id: string): void => {
    activate(id);
    takeFocus(container.current?.querySelector<HTMLElement>(`[data-nav="${CSS.escape(id)}"]`));
  };
  const go = (id: string | undefined): void => {
    if (id !== undefined) focus(id);
  };
  return {
    active,
    container,
    focus,
    activate,
    move: (delta) =>
      go(container.current?.contains(document.activeElement) ? step(ids, active, delta) : active),
    toEnd: (which) => go(which === 'first' ? ids[0] : ids.at(-1)),
  };
}
