/** A scroller that stays at its end while it grows, until the person scrolls up. */
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Anchor {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Around everything that grows. */
  readonly content: RefObject<HTMLDivElement | null>;
  /** False once the person scrolled up: nothing moves then. */
  readonly atEnd: boolean;
  toEnd(): void;
}

const NEAR = 24;

/** @param enabled when false, the scroller is left alone */
export function useEndAnchor(enabled = true): Anchor {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = (): void => {
    pinned.current = true;
    setAtEnd(true);
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  };
  useEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!enabled || !box || !inner) return undefined;
    pinned.current = true;
    setAtEnd(true);
    let lastTop = box.scrollTop;
    const onScroll = (): void => {
      // Growth alone also moves the distance to the end: only a way up is the person's.
      const up = box.scrollTop < lastTop - 1;
      const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      pinned.current = near || (pinned.current && !up);
      lastTop = box.scrollTop;
      setAtEnd(pinned.current);
    };
    const observer = new ResizeObserver(() => {
      if (pinned.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, [enabled]);
  return { scroller, content, atEnd, toEnd };
}
