/** The trace panel: the matrix of a spec's criteria, and the chain of the one that is chosen. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FromTrace, ToTrace, TraceModel } from '../../protocol/trace';
import { Button } from '../shared/button';
import type { Host } from '../shared/host';
import { toggled, useKeptState } from '../shared/keptState';
import { Hints, KeysDialog } from '../shared/keysDialog';
import { useKeys } from '../shared/useKeys';
import { Chain } from './chain';
import { actOn, focusGrid, runCommand, type TraceContext } from './commands';
import { Grid } from './grid';
import type { Press } from './gridRow';
import { FilterBar, Head } from './head';
import { commandOf, KEY_LIST } from './keys';
import { chipsOf, rowsOf } from './rows';
import { NoMatch, Nothing, Notice } from './states';
import { readUiState } from './uiState';
import { useScrolled } from './useSize';

export type TraceHost = Host<FromTrace, ToTrace>;

export interface TraceAppProps {
  readonly host: TraceHost;
  readonly model: TraceModel;
  /** Something the host could not do. */
  readonly error: string | undefined;
  /** A criterion to show; a new object each time somebody asks. */
  readonly revealed: { readonly criterion: string } | undefined;
}

export function TraceApp({ host, model, error, revealed }: TraceAppProps): JSX.Element {
  const [ui, patch] = useKeptState(readUiState, host.kept, host.keep, model.path);
  const [keysOpen, setKeysOpen] = useState(false);
  const findBox = useRef<HTMLInputElement>(null);
  const scrolled = useScrolled();
  const rows = useMemo(() => rowsOf(model, ui), [model, ui.filters, ui.query, ui.folded]);
  const chips = useMemo(() => chipsOf(model), [model]);
  const at = Math.max(
    0,
    rows.findIndex(({ key }) => key === ui.row),
  );
  const row = rows[at];
  const criterion = row?.kind === 'criterion' ? row.criterion : undefined;
  const context: TraceContext = {
    ...{ model, ui, patch, rows, at, findBox },
    open: (place) => host.channel.post({ type: 'open', place }),
    confirm: ({ id }) => host.channel.post({ type: 'confirm', criterion: id }),
    showKeys: () => setKeysOpen(true),
  };
  const latest = useRef(context);
  latest.current = context;
  // Always the same function: rows are drawn again only when something of theirs changed.
  const press = useCallback<Press>((index, column, then) => {
    const pressed = latest.current.rows[index];
    if (!pressed) return;
    focusGrid();
    patch({ row: pressed.key, column, ...(then === 'chain' ? { chainOpen: true } : {}) });
    if (then === 'act') actOn(latest.current, pressed, column);
  }, []);

  useEffect(() => {
    const view = { filters: [], query: '', folded: [], column: -1, chainOpen: true };
    if (revealed) patch({ ...view, row: revealed.criterion });
  }, [revealed]);
  useEffect(focusGrid, []);
  useKeys((event, where) => {
    const command = commandOf(event, where);
    return command !== undefined && runCommand(latest.current, command);
  });

  const chain = ui.chainOpen ? criterion : undefined;
  const isEmpty = model.orphans.length === 0 && model.groups.every(({ criteria }) => criteria.length === 0);
  return (
    <div class={chain ? 'trace-panel with-chain' : 'trace-panel'}>
      <main class="trace-main">
        <Head
          model={model}
          onSync={lacksTasks(model) ? () => host.channel.post({ type: 'syncTasks' }) : undefined}
          onExport={() => host.channel.post({ type: 'export' })}
        />
        <FilterBar
          chips={chips}
          pressed={ui.filters}
          query={ui.query}
          findBox={findBox}
          onToggle={(id) => patch({ filters: toggled(ui.filters, id) })}
          onQuery={(query) => patch({ query })}
        />
        {error !== undefined && (
          <p class="trace-notice small" role="alert">
            {error}
          </p>
        )}
        <Notice model={model} />
        {isEmpty && (
          <Nothing words="There are no criteria to trace yet. They are written in the requirements.">
            <Button label="Open Review" act="review" onPress={() => host.channel.post({ type: 'review' })} />
          </Nothing>
        )}
        {!isEmpty && rows.length === 0 && <NoMatch onClear={() => patch({ filters: [], query: '' })} />}
        <div class={isEmpty || rows.length === 0 ? 'grid-box empty' : 'grid-box'}>
          <Grid {...{ model, rows, at, scrolled }} column={ui.column} onPress={press} />
        </div>
        <Hints keys={KEY_LIST} onAll={() => setKeysOpen(true)} />
      </main>
      {chain && (
        <Chain
          criterion={chain}
          model={model}
          onOpen={context.open}
          onConfirm={() => context.confirm(chain)}
          onDraft={(level) => host.channel.post({ type: 'draftMissing', criterion: chain.id, level })}
          onClose={() => {
            patch({ chainOpen: false });
            focusGrid();
          }}
        />
      )}
      {keysOpen && <KeysDialog keys={KEY_LIST} onClose={() => setKeysOpen(false)} />}
    </div>
  );
}

function lacksTasks({ groups, missing }: TraceModel): boolean {
  const some = groups.some(({ criteria }) => criteria.some(({ cells }) => cells.task.status === 'uncovered'));
  return some && !missing.includes('tasks');
}
