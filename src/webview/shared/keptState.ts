/** What the person set in a panel: kept over reloads. */
import { useCallback, useLayoutEffect, useState } from 'preact/hooks';

export type Patch<T> = (change: Partial<T>) => void;

/**
 * @param read the state in what was kept, whatever that is now
 * @param spec kept beside: the host asks for it when it brings the panel back after a reload of the window
 */
export function useKeptState<T extends object>(
  read: (kept: unknown) => T,
  kept: unknown,
  keep: (state: unknown) => void,
  spec: string,
): readonly [T, Patch<T>] {
  const [state, setState] = useState(() => read(kept));
  // At once, not after the next picture: a reload right behind a key must not lose the key.
  useLayoutEffect(() => keep({ ...state, spec }), [state, spec]);
  const patch = useCallback((change: Partial<T>) => setState((old) => ({ ...old, ...change })), []);
  return [state, patch];
}

/** The list without the item, or with it. */
export function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}
