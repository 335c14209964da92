/** The size of an element, and where it is scrolled to, as they change. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { oncePerFrame } from '../shared/frame';

export interface Scrolled {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

export function useScrolled(): Scrolled {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0, top: 0 });
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return undefined;
    const measure = (): void =>
      setSize((old) => {
        const next = { width: box.clientWidth, height: box.clientHeight, top: box.scrollTop };
        const same = old.width === next.width && old.height === next.height && old.top === next.top;
        return same ? old : next;
      });
    measure();
    const soon = oncePerFrame(measure);
    const observer = new ResizeObserver(soon);
    observer.observe(box);
    box.addEventListener('scroll', soon, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', soon);
    };
  }, []);
  return { ref, ...size };
}
