/** What the person set in the panel: kept over reloads. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { asRecord, asStrings } from '../shared/guards';
import { isFilterId, type View } from './rows';

export interface UiState extends View {
  /** The row that has the focus, and which of its cells: -1 is the criterion itself. */
  readonly row: string | undefined;
  readonly column: number;
  readonly chainOpen: boolean;
}

export function readUiState(kept: unknown): UiState {
  const { filters, query, folded, row, column, chainOpen } = asRecord(kept);
  return {
    filters: asStrings(filters).filter(isFilterId),
    query: typeof query === 'string' ? query : '',
    folded: asStrings(folded),
    row: typeof row === 'string' ? row : undefined,
    column: typeof column === 'number' && column >= -1 && column < 5 ? Math.trunc(column) : -1,
    chainOpen: chainOpen === true,
  };
}

export type Patch = (change: Partial<UiState>) => void;

/** @param spec kept beside: the host asks for it when it brings the panel back after a reload of the window */
export function useUiState(
  kept: unknown,
  keep: (state: unknown) => void,
  spec: string,
): readonly [UiState, Patch] {
  const [state, setState] = useState(() => readUiState(kept));
  useEffect(() => keep({ ...state, spec }), [state, spec]);
  const patch = useCallback((change: Partial<UiState>) => setState((old) => ({ ...old, ...change })), []);
  return [state, patch];
}

export function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}
