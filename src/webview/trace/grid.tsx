/** The matrix: only the rows that are seen exist, so that a thousand criteria cost no more than fifty. */
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { TraceModel } from '../../protocol/trace';
import { cellId, GridRow, type Press } from './gridRow';
import { COLUMN_NAMES, COLUMNS, linkedLevels, type Row } from './rows';
import type { Scrolled } from './useSize';
import { scrollFor, topsOf, windowOf } from './windowed';

/** Pixels. */
const ROW = 28;
/** Stays above the rows that scroll. */
const HEAD = 27;
/** Of what a criterion stands below, where its cells stand under its words. */
const COMPACT_HEAD = 34;
const COMPACT_ROW = 54;
/** Where its cells take two lines. */
const TALL_ROW = 76;
/** Below it, cells stand under the words. */
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

function heightOf(row: Row, compact: boolean, small: boolean): number {
  if (!compact) return ROW;
  if (row.kind !== 'criterion') return COMPACT_HEAD;
  return small && isTall(row) ? TALL_ROW : COMPACT_ROW;
}

/** Five levels have no room in one line. */
const isTall = (row: Row) => row.kind === 'criterion' && row.criterion.cells.design.links.length > 0;

export function Grid({ model, rows, at, column, scrolled, onPress }: GridProps): JSX.Element {
  const { ref, width, height, top } = scrolled;
  const compact = width > 0 && width < NARROW;
  const small = compact && width < SMALL;
  const tops = useMemo(
    () => topsOf(rows.map((row) => heightOf(row, compact, small))),
    [rows, compact, small],
  );
  const { first, end } = windowOf(tops, top, height);
  const body = useRef<HTMLTableSectionElement>(null);
  // In the place of rows that are not seen.
  useLayoutEffect(() => {
    const [above = 0, below = 0, whole = 0] = [tops[first], tops[end], tops[rows.length]];
    body.current?.style.setProperty('padding-top', `${above}px`);
    body.current?.style.setProperty('padding-bottom', `${whole - below}px`);
  }, [first, end, tops]);
  useLayoutEffect(() => {
    const box = ref.current;
    const to =
      box && height > 0
        ? scrollFor(at, tops, box.scrollTop, box.clientHeight - (compact ? 0 : HEAD))
        : undefined;
    if (box && to !== undefined) box.scrollTop = to;
  }, [at, compact, small, height > 0]);
  const classes = [
    'grid',
    ...(compact ? ['compact'] : []),
    ...(small ? ['small-cells'] : []),
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
              tall={small && isTall(row)}
              onPress={onPress}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
