/** What the person set in the panel: kept over reloads. */
import { asRecord, asStrings, asTexts } from '../shared/guards';
import type { Patch as KeptPatch } from '../shared/keptState';
import { type FilterId, isFilterId } from './filters';
import { type Compared, readCompared } from './rounds';
import { readWriting, type Writing } from './writing';

export interface UiState {
  readonly filters: readonly FilterId[];
  readonly query: string;
  /** Ids of folded requirements. */
  readonly folded: readonly string[];
  /** Keys of long sections that are shown whole. */
  readonly opened: readonly string[];
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
    opened: asStrings(record.opened),
    refused: asStrings(record.refused),
    reasons: asTexts(record.reasons),
    asking: typeof record.asking === 'string' ? record.asking : undefined,
    composing: record.composing === true,
    request: typeof record.request === 'string' ? record.request : '',
    writing: readWriting(record.writing),
    compared: readCompared(record.compared),
  };
}

export type Patch = KeptPatch<UiState>;
