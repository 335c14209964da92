/** One row of the grid, drawn again only when something of it changed. */
import type { JSX } from 'preact';
import type { Level } from '../../core/trace/model';
import type { TraceCriterion, TraceModel } from '../../protocol/trace';
import { Icon } from '../shared/icon';
import { memo } from '../shared/memo';
import { STATES } from './looks';
import { COLUMN_NAMES, COLUMNS, emptyCell, type Row } from './rows';

/** `act`: goes to the place, or folds; `chain`: shows the chain. */
export type Press = (index: number, column: number, then: 'act' | 'chain') => void;

export interface GridRowProps {
  readonly row: Row;
  readonly index: number;
  readonly model: TraceModel;
  /** The cell that has the focus, where it is in this row. */
  readonly column: number | undefined;
  readonly selected: boolean;
  /** Cells below the words, where there is no room beside them. */
  readonly compact: boolean;
  /** They take two lines there. */
  readonly tall: boolean;
  readonly onPress: Press;
}

export function cellId(index: number, column: number): string {
  return `cell-${index}-${column + 1}`;
}

export const GridRow = memo((props: GridRowProps): JSX.Element => {
  const { row, index, column, selected, compact, tall, onPress } = props;
  const classes = ['trace-row', `is-${row.kind}`];
  if (selected) classes.push('selected');
  if (compact) classes.push('compact');
  if (tall) classes.push('tall');
  // The keys are the grid's own: it has the focus, and says which cell is meant.
  return (
    <tr class={classes.join(' ')} aria-rowindex={index + 2} aria-selected={selected}>
      {row.kind === 'criterion' ? (
        <CriterionCells {...props} criterion={row.criterion} />
      ) : (
        <td id={cellId(index, -1)} class={column === undefined ? 'cell wide' : 'cell wide at'} colSpan={7}>
          <button type="button" class="cell-button" tabIndex={-1} onClick={() => onPress(index, -1, 'act')}>
            <HeadWords row={row} />
          </button>
        </td>
      )}
    </tr>
  );
});

function HeadWords({ row }: { readonly row: Row }): JSX.Element {
  switch (row.kind) {
    case 'group': {
      const { id, title, criteria } = row.group;
      const covered = criteria.filter(({ status }) => status === 'covered').length;
      return (
        <>
          <Icon name={row.folded ? 'chevron-right' : 'chevron-down'} />
          <strong>
            {id} {title}
          </strong>
          <span class="small dim tabular">
            {criteria.length === 0 ? 'no criteria' : `${covered} of ${criteria.length}`}
          </span>
        </>
      );
    }
    case 'nothing':
      return (
        <>
          <Icon name={row.folded ? 'chevron-right' : 'chevron-down'} />
          <strong>Linked to nothing</strong>
          <span class="small dim tabular">{row.count}</span>
        </>
      );
    case 'orphan':
      return (
        <span class="orphan-words">
          <Icon name="debug-disconnect" tone="err" small />
          <span class="edge dotted">
            {COLUMN_NAMES[row.orphan.level]} {row.orphan.label}
          </span>
          <span class="dim">names {row.orphan.to}, which is not there</span>
        </span>
      );
    case 'duplicate':
      return (
        <span class="orphan-words">
          <Icon name="warning" tone="warn" small />
          {row.id} <span class="dim">is defined more than once: a link to it may mean either</span>
        </span>
      );
    case 'criterion':
      return <>{row.criterion.text}</>;
  }
}

type CellsProps = GridRowProps & { readonly criterion: TraceCriterion };

function CriterionCells({ criterion, index, column, model, onPress }: CellsProps): JSX.Element {
  const state = STATES[criterion.status];
  return (
    <>
      <td
        id={cellId(index, -1)}
        class={column === -1 ? 'cell words at' : 'cell words'}
        title={criterion.text}
      >
        <button type="button" class="cell-button" tabIndex={-1} onClick={() => onPress(index, -1, 'chain')}>
          <span class="row-id small dim tabular">{criterion.id}</span>
          <span class="row-text">{criterion.text}</span>
        </button>
      </td>
      <td class={`cell state tone-${state.tone}`}>
        <Icon name={state.icon} tone={state.tone} small />
        <span class="state-word">{state.word}</span>
      </td>
      {COLUMNS.map((level, place) => (
        <LinkCell
          key={level}
          id={cellId(index, place)}
          level={level}
          criterion={criterion}
          model={model}
          at={column === place}
          onPress={() => onPress(index, place, 'act')}
        />
      ))}
    </>
  );
}

interface LinkCellProps {
  readonly id: string;
  readonly level: Level;
  readonly criterion: TraceCriterion;
  readonly model: TraceModel;
  readonly at: boolean;
  readonly onPress: () => void;
}

const EMPTY = {
  none: ['none', 'none'],
  na: ['–', 'does not apply'],
  reading: ['…', 'being read'],
} as const;

function LinkCell({ id, level, criterion, model, at, onPress }: LinkCellProps): JSX.Element {
  const { status, links } = criterion.cells[level];
  const [first, ...more] = links;
  const name = COLUMN_NAMES[level];
  const classes = `cell link-cell level-${level}${at ? ' at' : ''}`;
  if (first === undefined) {
    const empty = emptyCell(level, model);
    const [words, said] = EMPTY[empty];
    return (
      <td id={id} class={`${classes} dim is-${empty}`} aria-label={`${name}: ${said}`}>
        <span class="level-name">{name}</span>
        {empty === 'none' && <Icon name="circle-slash" tone="dim" small />}
        <span class="short">{words}</span>
      </td>
    );
  }
  const suspect = links.find((link) => link.status === 'suspect');
  const look = STATES[suspect ? 'suspect' : status];
  const labels = links.map(({ label }) => label).join(', ');
  const why = suspect?.reason;
  const others = more.length > 0 ? ` ${first.short} +${more.length}` : '';
  return (
    <td
      id={id}
      class={classes}
      // It begins with what is seen, so that who says what they see is understood.
      aria-label={`${name}${others}: ${labels}, ${look.word.toLowerCase()}${why ? `, ${why}` : ''}`}
      title={why ? `${labels}\n${why}` : labels}
    >
      <button type="button" class={suspect ? 'edge dashed' : 'edge'} tabIndex={-1} onClick={onPress}>
        <span class="level-name">{name}</span> <Icon name={look.icon} tone={look.tone} small />
        <span class="short">{first.short}</span>{' '}
        {more.length > 0 && <span class="dim tabular">+{more.length}</span>}
      </button>
    </td>
  );
}
