/** What the person set in the panel: kept over reloads. */
import { asRecord, asStrings } from '../shared/guards';
import type { Patch as KeptPatch } from '../shared/keptState';
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

export type Patch = KeptPatch<UiState>;
