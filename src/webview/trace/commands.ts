/** Carries out what keys and clicks ask for. */

import type { RefObject } from 'preact';
import type { TraceCriterion, TraceModel, TracePlace } from '../../protocol/trace';
import { takeFocus } from '../shared/focus';
import { toggled } from '../shared/keptState';
import type { KeyCommand } from './keys';
import { COLUMNS, FILTERS, nextGap, type Row } from './rows';
import type { Patch, UiState } from './uiState';

export interface TraceContext {
  readonly model: TraceModel;
  readonly ui: UiState;
  readonly patch: Patch;
  readonly rows: readonly Row[];
  /** The row that has the focus. */
  readonly at: number;
  readonly findBox: RefObject<HTMLInputElement | null>;
  readonly open: (place: TracePlace) => void;
  readonly confirm: (criterion: TraceCriterion) => void;
  readonly showKeys: () => void;
}

export function focusGrid(): void {
  takeFocus(document.querySelector<HTMLElement>('[data-focus="grid"]'), { preventScroll: true });
}

/** Goes to what a cell names, or folds what a head heads. */
export function actOn({ ui, patch, open }: TraceContext, on: Row, column: number): void {
  if (on.kind === 'group' || on.kind === 'nothing') patch({ folded: toggled(ui.folded, on.key) });
  else if (on.kind === 'orphan') open(on.orphan.place);
  else if (on.kind === 'criterion') {
    const level = COLUMNS[column];
    const place = level === undefined ? on.criterion.place : on.criterion.cells[level].links[0]?.place;
    if (place) open(place);
    else patch({ chainOpen: true });
  }
}

/** False where there was nothing to do: the key is then somebody else's. */
export function runCommand(context: TraceContext, command: KeyCommand): boolean {
  const { ui, patch, rows, at, model, findBox } = context;
  const row = rows[at];
  switch (command.do) {
    case 'row':
      return moveTo(context, Math.min(rows.length - 1, Math.max(0, at + command.delta)));
    case 'edge':
      return moveTo(context, command.which === 'first' ? 0 : rows.length - 1);
    case 'gap':
      return moveTo(context, nextGap(rows, model, at));
    case 'column':
      patch({ column: Math.min(COLUMNS.length - 1, Math.max(-1, ui.column + command.delta)) });
      return true;
    case 'filter':
      patch({ filters: toggled(ui.filters, FILTERS[command.index] ?? 'uncovered') });
      return true;
    case 'find':
      takeFocus(findBox.current);
      findBox.current?.select();
      return true;
    case 'keys':
      context.showKeys();
      return true;
    case 'escape':
      return goBack(context);
    default:
      return row !== undefined && runOnRow(context, command.do, row);
  }
}

function moveTo({ rows, patch }: TraceContext, index: number | undefined): boolean {
  const to = index === undefined ? undefined : rows[index];
  if (!to) return false;
  focusGrid();
  patch({ row: to.key });
  return true;
}

function runOnRow(context: TraceContext, what: 'jump' | 'chain' | 'confirm' | 'fold', row: Row): boolean {
  const { ui, patch, rows, at } = context;
  if (what === 'jump') actOn(context, row, ui.column);
  else if (what === 'fold') {
    const head = rows.slice(0, at + 1).findLast(({ kind }) => kind === 'group' || kind === 'nothing');
    if (head) patch({ folded: toggled(ui.folded, head.key), row: head.key });
  } else if (row.kind !== 'criterion') return false;
  else if (what === 'chain') patch({ chainOpen: !ui.chainOpen });
  else context.confirm(row.criterion);
  return true;
}

/** Out of the search, then of the chain, then of the filter. */
function goBack({ ui, patch, rows, at, findBox }: TraceContext): boolean {
  const searching = findBox.current !== null && document.activeElement === findBox.current;
  if (searching && ui.query !== '') patch({ query: '' });
  else if (!searching && ui.chainOpen && rows[at]?.kind === 'criterion') patch({ chainOpen: false });
  else if (!searching) patch({ filters: [], query: '' });
  focusGrid();
  return true;
}
