/** What the person set in the panel: kept over reloads. */
import { useCallback, useLayoutEffect, useState } from 'preact/hooks';
import { asRecord, asStrings, asTexts } from '../shared/guards';
import { type FilterId, isFilterId } from './filters';
import { type Compared, readCompared } from './rounds';
import { readWriting, type Writing } from './writing';

export interface UiState {
  readonly filters: readonly FilterId[];
  readonly query: string;
  /** Ids of folded requirements. */
  readonly folded: readonly string[];
  /** Changes of revisions that are to be left out. */
  readonly refused: readonly string[];
  /** Why, as far as it was said: by the refusal. */
  readonly reasons: Readonly<Record<string, string>>;
  /** The refusal whose reason is being written. */
  readonly asking: string | undefined;
  /** The request for changes is being written. */
  readonly composing: boolean;
  /** Its text: never lost by a reload. */
  readonly request: string;
  /** A comment that is being written. */
  readonly writing: Writing | undefined;
  /** Two rounds that are compared in the place of the document. */
  readonly compared: Compared | undefined;
}

/** The state that was kept, whatever it is now. */
export function readUiState(kept: unknown): UiState {
  const record = asRecord(kept);
  return {
    filters: asStrings(record.filters).filter(isFilterId),
    query: typeof record.query === 'string' ? record.query : '',
    folded: asStrings(record.folded),
    refused: asStrings(record.refused),
    reasons: asTexts(record.reasons),
    asking: typeof record.asking === 'string' ? record.asking : undefined,
    composing: record.composing === true,
    request: typeof record.request === 'string' ? record.request : '',
    writing: readWriting(record.writing),
    compared: readCompared(record.compared),
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
  // At once, not after the next picture: a reload right behind a key must not lose the key.
  useLayoutEffect(() => keep({ ...state, spec }), [state, spec]);
  const patch = useCallback((change: Partial<UiState>) => setState((old) => ({ ...old, ...change })), []);
  return [state, patch];
}

/** The list without the item, or with it. */
export function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}
