/** A page takes the focus only from itself: whoever types in an editor or picks in the palette meanwhile goes on there. */

import { useLayoutEffect } from 'preact/hooks';

let waiting: (() => void) | undefined;

/** Focuses an element now, or, where the person is elsewhere in the window, once they come back to this page. */
export function takeFocus(element: HTMLElement | null | undefined, options?: FocusOptions): void {
  if (!element) return;
  waiting = undefined;
  if (document.hasFocus()) {
    element.focus(options);
  } else {
    waiting = () => element.focus(options);
    window.addEventListener('focus', comeBack, { once: true });
  }
}

/** Goes elsewhere where what had the focus is gone once this is drawn: who uses keys alone must not begin at the top. */
export function useFocusKept(elsewhere: () => void): void {
  const had = !isLost();
  useLayoutEffect(() => {
    if (had && isLost()) elsewhere();
  });
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function comeBack(): void {
  const focus = waiting;
  waiting = undefined;
  focus?.();
}
