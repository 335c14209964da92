/** The run panel of a spec: the plan of its next run, or a run. It follows the log, the sessions and the documents. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { Checkpoint } from '../../../core/checkpoints/model';
import type { Spec } from '../../../core/spec/model';
import { RUN_OPTIONS, type RunState } from '../../../core/tasks/run/model';
import { errorMessage } from '../../../core/util/errorMessage';
import { climbs, joinPath } from '../../../core/util/path';
import type { FromRun, RunChoices, RunPanelModel, ToRun } from '../../../protocol/run';
import { toUri } from '../../adapters/paths';
import type { SpecPlace } from '../../adapters/specPanels';
import { channelOf, webviewHtml } from '../../adapters/webview';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { askBudget } from './askBudget';
import { chooseRun, runsOf } from './pickRun';
import { CHOICES, planOf } from './plan';
import { runModel } from './runModel';
import { runSources } from './runSources';
import { goToLine, markDone, openSession, openTasks, restore, retry, taskIn } from './taskActs';
import { showChanges } from './taskChanges';

const MESSAGES: { readonly [Type in FromRun['type']]: true } = {
  ready: true,
  choose: true,
  plan: true,
  start: true,
  run: true,
  task: true,
  open: true,
  line: true,
  changesOf: true,
};

/** Milliseconds: an agent's session changes many times a second. */
const SETTLE = 100;

export interface ShownRun {
  /** Undefined: the plan of the next one. */
  show(run: string | undefined, task?: string): void;
}

export function attachRunPanel(host: Host, panel: vscode.WebviewPanel, place: SpecPlace): ShownRun {
  const { core } = host;
  const channel = channelOf<ToRun, FromRun>(panel.webview, MESSAGES);
  let choices: RunChoices = { ...CHOICES, parallel: core.ports.settings.get().parallel ?? CHOICES.parallel };
  /** `latest` until somebody asks for another. */
  let wanted: { readonly run: string | undefined } | 'latest' = 'latest';
  let chosen: string | undefined;
  let reveal: string | undefined;
  let checkpoints: { readonly run: string; readonly list: readonly Checkpoint[] } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReady = false;
  let posted = '';

  const specOrThrow = (): Spec => {
    const spec = core.specs.get(place.path);
    if (spec) return spec;
    throw new ActError('notFound', 'This spec is no longer there.');
  };
  const runNow = (runs: readonly RunState[]): RunState | undefined =>
    wanted === 'latest' ? runs[0] : core.runs.get(wanted.run ?? '');
  const runOrThrow = (): RunState => {
    const run = runNow(core.runs.known.filter(({ spec }) => spec === place.path));
    if (run) return run;
    throw new ActError('notFound', 'This run is no longer there.');
  };

  async function modelNow(): Promise<RunPanelModel> {
    const spec = specOrThrow();
    const runs = await runsOf(core, place.path);
    const run = runNow(runs);
    const hasHistory = runs.length > (run ? 1 : 0);
    if (!run) return planOf(host, spec, { choices, chosen, hasHistory });
    if (checkpoints?.run !== run.id)
      checkpoints = { run: run.id, list: await core.checkpoints.list({ run: run.id }).catch(() => []) };
    return runModel(run, runSources(core, spec, run, { chosen, hasHistory, checkpoints: checkpoints.list }));
  }

  async function post(): Promise<void> {
    if (!isReady) return;
    try {
      const model = await modelNow();
      const text = JSON.stringify({ ...model, now: 0 });
      if (text !== posted) channel.post({ type: 'model', model });
      posted = text;
      if (reveal !== undefined) channel.post({ type: 'reveal', task: reveal });
      reveal = undefined;
      panel.title = model.run === undefined ? `Plan: ${model.spec}` : `${model.title}: ${model.spec}`;
    } catch (error) {
      channel.post({ type: 'error', message: errorMessage(error) });
    }
  }

  const update = () => void post().catch(host.report);
  const updateSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      update();
    }, SETTLE);
  };
  /** A run that is begun here is the one to look at; who waits for its end is not the panel. */
  function goOn(run: Promise<RunState>): void {
    wanted = 'latest';
    run.then(update, (error: unknown) => {
      if (error instanceof ActError) channel.post({ type: 'error', message: error.message });
      else host.report(error);
    });
    updateSoon();
  }

  async function resume(run: RunState): Promise<void> {
    if (run.status === 'paused') return core.runs.unpause(run.id);
    const budget = await askBudget(run);
    if (budget) goOn(core.runs.resume(run.id, budget.value));
  }

  async function actOnRun(act: Extract<FromRun, { type: 'run' }>['act']): Promise<void> {
    const { runs } = core;
    switch (act) {
      case 'plan':
        wanted = { run: undefined };
        return update();
      case 'history': {
        const picked = await chooseRun(core, specOrThrow());
        if (picked) wanted = { run: picked.id };
        return update();
      }
      case 'pause':
        return runs.pause(runOrThrow().id);
      case 'stopAfter':
        return runs.stopAfter(runOrThrow().id);
      case 'stop':
        return runs.stop(runOrThrow().id);
      case 'goOn':
        return resume(runOrThrow());
      case 'report':
        return void (await vscode.commands.executeCommand(COMMANDS.showRunReport, { run: runOrThrow().id }));
    }
  }

  async function actOnTask({ act, task: key, hint }: Extract<FromRun, { type: 'task' }>): Promise<void> {
    if (act === 'line') return goToLine(host, place.path, key);
    const target = taskIn(runOrThrow(), key);
    switch (act) {
      case 'retry':
        return goOn(retry(host, target, hint).then(() => target.run));
      case 'from':
        // Shown before it runs, like any other.
        choices = { ...choices, selection: { kind: 'from', key } };
        [wanted, chosen, reveal] = [{ run: undefined }, key, key];
        return update();
      case 'skip':
        return core.runs.skip(target.run.id, key);
      case 'changes':
        return showChanges(host, target);
      case 'restore':
        return restore(host, target);
      case 'session':
        return openSession(host, target);
      case 'markDone':
        return markDone(host, target);
      case 'evidence':
        return void (await vscode.commands.executeCommand(COMMANDS.showEvidence, {
          run: target.run.id,
          task: key,
        }));
    }
  }

  async function receive(message: FromRun): Promise<void> {
    switch (message.type) {
      case 'ready':
        [isReady, posted] = [true, ''];
        return post();
      case 'choose':
        chosen = message.task;
        return post();
      case 'plan':
        choices = message.choices;
        return post();
      case 'start': {
        choices = message.choices;
        const { selection, budget, ...others } = choices;
        const options = { ...RUN_OPTIONS, ...others, selection };
        return goOn(core.runs.start(place.path, budget === undefined ? options : { ...options, budget }));
      }
      case 'run':
        return actOnRun(message.act);
      case 'task':
        return actOnTask(message);
      case 'open':
        return openPlace(specOrThrow().root, message.place);
      case 'line':
        return openTasks(host, place.path, message.line);
      case 'changesOf':
        return showChanges(host, taskIn(runOrThrow(), message.task), message.path);
    }
  }

  channel.onMessage((message) => {
    receive(message).catch((error: unknown) => {
      if (error instanceof ActError) channel.post({ type: 'error', message: error.message });
      else host.report(error);
    });
  });
  const subscriptions = [
    core.specs.onDidChange(updateSoon),
    core.runs.onDidChange(updateSoon),
    core.sessions.onDidChange(updateSoon),
    core.checkpoints.onDidChange(() => {
      checkpoints = undefined;
      updateSoon();
    }),
  ];
  panel.onDidDispose(() => {
    clearTimeout(timer);
    for (const subscription of subscriptions) subscription.dispose();
  });
  panel.webview.html = webviewHtml(host.context, panel.webview, 'run', 'Earshot run');
  return {
    show(run, task) {
      wanted = { run };
      reveal = task;
      if (task !== undefined) chosen = task;
      update();
    },
  };
}

async function openPlace(
  root: string,
  { path, line }: { readonly path: string; readonly line?: number },
): Promise<void> {
  if (climbs(path)) throw new ActError('notFound', 'This place is not in the workspace.');
  const document = await vscode.workspace.openTextDocument(toUri(joinPath(root, path)));
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at), preview: true });
}
