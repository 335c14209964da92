/** The matrix: only the rows that are seen exist, so that a thousand criteria cost no more than fifty. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TraceModel } from '../../protocol/trace';
import { cellId, GridRow, type Press } from './gridRow';
import { COLUMN_NAMES, COLUMNS, linkedLevels, type Row } from './rows';
import type { Scrolled } from './useSize';
import { scrollFor, windowOf } from './windowed';

const ROW = 28;
/** Stays above the rows that scroll. */
const HEAD = 27;
const COMPACT_ROW = 54;
const SMALL_ROW = 76;
/** Pixels; below it, cells stand under the words. */
const NARROW = 700;
const SMALL = 420;

/** A table whose cells are walked with the arrows is a grid to screen readers: it has the focus, and says which cell is meant. */
const focusOf = (cell: string | undefined) =>
  ({ role: 'grid', tabIndex: 0, 'aria-activedescendant': cell }) as const;

export interface GridProps {
  readonly model: TraceModel;
  readonly rows: readonly Row[];
  /** The row that has the focus, and its cell. */
  readonly at: number;
  readonly column: number;
  readonly scrolled: Scrolled;
  readonly onPress: Press;
}

export function Grid({ model, rows, at, column, scrolled, onPress }: GridProps): JSX.Element {
  const { ref, width, height, top } = scrolled;
  const compact = width > 0 && width < NARROW;
  const rowHeight = !compact ? ROW : width < SMALL ? SMALL_ROW : COMPACT_ROW;
  const { first, end } = windowOf(rows.length, rowHeight, top, height);
  const body = useRef<HTMLTableSectionElement>(null);
  // In the place of rows that are not seen.
  useLayoutEffect(() => {
    body.current?.style.setProperty('--row', `${rowHeight}px`);
    body.current?.style.setProperty('padding-top', `${first * rowHeight}px`);
    body.current?.style.setProperty('padding-bottom', `${(rows.length - end) * rowHeight}px`);
  }, [first, end, rows.length, rowHeight]);
  useLayoutEffect(() => {
    const box = ref.current;
    const to =
      box && height > 0
        ? scrollFor(at, rowHeight, box.scrollTop, box.clientHeight - (compact ? 0 : HEAD))
        : undefined;
    if (box && to !== undefined) box.scrollTop = to;
  }, [at, rowHeight, height > 0]);
  const classes = [
    'grid',
    ...(compact ? ['compact'] : []),
    ...linkedLevels(model).map((level) => `has-${level}`),
  ];
  const seen = at >= first && at < end;
  return (
    <div class="grid-scroller scroller" ref={ref}>
      <table
        class={classes.join(' ')}
        {...focusOf(seen ? cellId(at, rows[at]?.kind === 'criterion' ? column : -1) : undefined)}
        aria-label={`Trace of ${model.spec}`}
        aria-rowcount={rows.length + 1}
        aria-colcount={7}
        data-focus="grid"
      >
        <thead class="trace-head small dim">
          <tr aria-rowindex={1}>
            <th scope="col" class="cell words">
              <span class="row-id">Id</span>Criterion
            </th>
            <th scope="col" class="cell state">
              Status
            </th>
            {COLUMNS.map((level) => (
              <th key={level} scope="col" class={`cell level-${level}`}>
                {COLUMN_NAMES[level]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="rows" ref={body}>
          {rows.slice(first, end).map((row, offset) => (
            <GridRow
              key={row.key}
              row={row}
              index={first + offset}
              model={model}
              column={first + offset === at ? column : undefined}
              selected={first + offset === at}
              compact={compact}
              onPress={onPress}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
