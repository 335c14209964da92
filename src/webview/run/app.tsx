/** The run panel: the plan of a run, a run that goes on, or one that is over. */

import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { FromRun, RunChoices, RunPanelModel, RunPlanView, ToRun } from '../../protocol/run';
import { Button } from '../shared/button';
import { takeFocus } from '../shared/focus';
import type { Host } from '../shared/host';
import { useKeptState } from '../shared/keptState';
import { Hints, KeysDialog } from '../shared/keysDialog';
import { useKeys } from '../shared/useKeys';
import { focusRow, type RunContext, runCommand } from './commands';
import { Detail } from './detail';
import { Head } from './head';
import { commandOf, KEY_LIST, PLAN_KEYS } from './keys';
import { Notice } from './notice';
import { PlanView } from './planView';
import { Summary } from './summary';
import { filledAct, rowsOf, wantedRow } from './tasks';
import { readUiState } from './uiState';
import { Waves } from './waves';

export type RunHost = Host<FromRun, ToRun>;

export interface RunAppProps {
  readonly host: RunHost;
  readonly model: RunPanelModel;
  /** Something the host could not do. */
  readonly error: string | undefined;
  /** A task to show; a new object each time somebody asks. */
  readonly revealed: { readonly task: string } | undefined;
}

export function RunApp({ host, model, error, revealed }: RunAppProps): JSX.Element {
  const [ui, patch] = useKeptState(readUiState, host.kept, host.keep, model.path);
  const [keysOpen, setKeysOpen] = useState(false);
  const say = (message: FromRun) => host.channel.post(message);
  const rows = rowsOf(model.waves);
  const row = rows.find(({ key }) => key === ui.task) ?? rows.find(({ key }) => key === wantedRow(model));
  const task = row?.key;
  const detail = model.detail?.task === task ? model.detail : undefined;
  const filled = filledAct({ ...model, detail });
  const hint = (task !== undefined && ui.hints[task]) || '';
  const start = () => model.plan && say({ type: 'start', choices: model.plan.choices });
  const send = () => {
    if (task === undefined || !detail?.acts.includes('retry')) return;
    say({ type: 'task', act: 'retry', task, ...(hint.trim() === '' ? {} : { hint: hint.trim() }) });
    patch({ hints: { ...ui.hints, [task]: '' } });
  };
  const choose = useCallback((chosen: string) => patch({ task: chosen }), []);
  const enter = useCallback(
    () => takeFocus(document.querySelector<HTMLElement>('[data-focus="detail"]')),
    [],
  );
  const context: RunContext = {
    ...{ model: { ...model, detail }, task, hint, host, choose, send, start },
    showKeys: () => setKeysOpen(true),
  };
  const latest = useRef(context);
  latest.current = context;

  useEffect(() => say({ type: 'choose', task }), [task, model.run]);
  useEffect(() => {
    if (revealed) patch({ task: revealed.task });
  }, [revealed]);
  useEffect(() => focusRow(task), []);
  useKeys((event, where) => {
    const command = commandOf(event, where);
    return command !== undefined && runCommand(latest.current, command);
  });

  const isEmpty = rows.length === 0;
  // What the detail says and offers already is not said twice.
  const saysTheDetail = filled === 'retry' && model.notice?.task === task;
  return (
    <div class="run-panel">
      <Head {...{ model, filled }} onRun={(act) => say({ type: 'run', act })} />
      {error !== undefined && (
        <Notice notice={{ tone: 'err', words: error }} filled={filled} onAct={() => {}} />
      )}
      {!model.plan && !isEmpty && <Summary model={model} />}
      {model.plan && hasChoices(model.plan) && (
        <PlanView
          plan={model.plan}
          filled={filled === 'start'}
          count={rows.filter(({ phase }) => phase === 'planned').length}
          onChange={(choices: RunChoices) => say({ type: 'plan', choices })}
          onStart={start}
          onLine={(line) => say({ type: 'line', line })}
        />
      )}
      {model.notice && !saysTheDetail && (
        <Notice
          {...{ notice: model.notice, filled }}
          onAct={(act) => {
            const about = model.notice?.task;
            if (act === 'goOn') say({ type: 'run', act });
            else if (about !== undefined) say({ type: 'task', act, task: about });
          }}
        />
      )}
      {isEmpty ? <Nothing model={model} onHistory={() => say({ type: 'run', act: 'history' })} /> : null}
      <main class="run-main">
        {!isEmpty && <Waves waves={model.waves} chosen={task} onChoose={choose} onEnter={enter} />}
        {row && task !== undefined && (
          <Detail
            {...{ row, detail, hint }}
            filled={filled === 'retry'}
            onHint={(text) => patch({ hints: { ...ui.hints, [task]: text } })}
            onSend={send}
            onAct={(act) => (act === 'retry' ? send() : say({ type: 'task', act, task }))}
            onOpen={(place) => say({ type: 'open', place })}
            onChange={(path) => say({ type: 'changesOf', task, path })}
          />
        )}
      </main>
      {model.totals.length > 0 && (
        <section aria-label="Totals">
          <dl class="totals">
            {model.totals.map(({ label, value }) => (
              <div key={label}>
                <dt class="small dim">{label}</dt>
                <dd class="tabular">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <Hints keys={model.plan ? PLAN_KEYS : KEY_LIST} onAll={() => setKeysOpen(true)} />
      {keysOpen && <KeysDialog keys={KEY_LIST} onClose={() => setKeysOpen(false)} />}
    </div>
  );
}

/** Also where what is chosen is done: something else can be. */
function hasChoices({ tasks, findings }: RunPlanView): boolean {
  return tasks.length + findings.length > 0;
}

function Nothing({
  model: { hasHistory, plan },
  onHistory,
}: {
  readonly model: RunPanelModel;
  readonly onHistory: () => void;
}): JSX.Element {
  return (
    <div class="empty-state">
      <p class="dim">{plan?.empty ?? 'Nothing to run.'}</p>
      {hasHistory && <Button icon="history" label="Show earlier runs" act="history" onPress={onHistory} />}
    </div>
  );
}
