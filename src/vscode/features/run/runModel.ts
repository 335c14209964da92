/** What the run panel shows of a run, told in the panel's words. Pure. */
import { money } from '../../../core/tasks/report/figures';
import {
  fewerWords,
  needWords,
  reopenedWords,
  taskInNeed,
  toldNeed,
} from '../../../core/tasks/report/needWords';
import {
  costOf,
  filesOf,
  optionsWords,
  tallyOf,
  tallyWords,
  testsOf,
  timeOf,
} from '../../../core/tasks/report/runTally';
import { factsOf, nameOf } from '../../../core/tasks/report/taskWords';
import type { Need, RunningTask, RunState } from '../../../core/tasks/run/model';
import type { RunNotice, RunPanelModel, RunRow, RunWave } from '../../../protocol/run';
import { type DetailSources, detailOf, phaseNow } from './runDetail';

/** What the sessions of a run used. */
export interface SessionFigures {
  /** Dollars; undefined where no price is known. */
  readonly cost: number | undefined;
  readonly calls: number;
  readonly commands: number;
  /** Tokens in all, and of them from the server's cache. */
  readonly tokens: number;
  readonly cached: number;
}

export interface RunSources extends DetailSources {
  readonly spec: { readonly name: string; readonly path: string };
  readonly now: number;
  readonly chosen: string | undefined;
  /** Optional tasks that the run leaves out. */
  readonly left: readonly { readonly key: string; readonly id: string | undefined; readonly title: string }[];
  readonly figures: SessionFigures;
  /** What the agent does at this moment: `editing sweeper.ts`. */
  readonly doing: (task: RunningTask) => string | undefined;
  readonly checkpoints: number;
  readonly hasHistory: boolean;
}

export function runModel(run: RunState, sources: RunSources): RunPanelModel {
  const { spec, now, chosen, hasHistory, figures } = sources;
  // What is otherwise by now is counted as that, and once.
  const asLogged = run.tasks.filter((task) => !SINCE.includes(phaseNow(task, sources)));
  const { done, others } = tallyWords({ ...tallyOf({ tasks: asLogged }), total: run.tasks.length });
  const left = sources.left.filter(({ key }) => run.tasks.every((each) => each.key !== key));
  const since = sinceOf(run, sources);
  const optional = left.length > 0 ? [`${left.length} optional`] : [];
  const task = run.tasks.find(({ key }) => key === chosen);
  const cost = figures.cost ?? costOf(run.tasks);
  return {
    spec: spec.name,
    path: spec.path,
    run: run.id,
    title: `Run ${run.number}`,
    about: `${spec.name}, ${optionsWords(run)}`,
    status: run.status,
    tag: tagOf(run, sources, since),
    notice: noticeOf(run, sources, since),
    now,
    summary: { done, others: [...others, ...since.words, ...optional] },
    cost: costWords(cost, run.options.budget),
    left: leftWords(run, now, cost),
    waves: wavesOf(run, { ...sources, left }),
    detail: task && detailOf(task, run, sources),
    totals: totalsOf(run, sources, cost),
    plan: undefined,
    hasHistory,
  };
}

function wavesOf(run: RunState, { left, ...sources }: RunSources): readonly RunWave[] {
  const count = Math.max(0, ...run.tasks.map(({ wave }) => wave + 1));
  const waves = Array.from({ length: count }, (_, wave) => ({
    number: wave + 1,
    rows: run.tasks.filter((task) => task.wave === wave).map((task) => rowOf(task, run, sources)),
  }));
  const rest = left.map(
    ({ key, id, title }): RunRow => ({
      ...{ key, id, title, optional: true, phase: 'left', spans: [] },
      facts: ['optional, not in this run'],
    }),
  );
  if (rest.length === 0) return waves;
  const last = waves.at(-1);
  return [...waves.slice(0, -1), { number: Math.max(1, count), rows: [...(last?.rows ?? []), ...rest] }];
}

function rowOf(
  task: RunningTask,
  run: RunState,
  { doing, boxOf }: Pick<RunSources, 'doing' | 'boxOf'>,
): RunRow {
  const { key, id, title, optional, spans } = task;
  const phase = phaseNow(task, { boxOf });
  const now = phase === 'working' ? doing(task) : undefined;
  const said = phase === 'reopened' ? ['open again'] : phase === 'ticked' ? ['ticked since'] : [];
  const facts = [...factsOf(task, run), ...said];
  return {
    ...{ key, id, title, optional, phase, spans },
    facts: now === undefined ? facts : [...facts.slice(0, -1), now],
  };
}

const SINCE: readonly RunRow['phase'][] = ['reopened', 'ticked'];

interface Since {
  /** Done, and its box is open again. */
  readonly reopened: number;
  /** Not done in this run, and ticked by now. */
  readonly ticked: number;
  readonly words: readonly string[];
  /** Nothing that the run left open is open. */
  readonly isAllTicked: boolean;
}

/** What tasks.md says, where it is not what the run came to. */
function sinceOf(run: RunState, sources: RunSources): Since {
  const phases = run.tasks.map((task) => phaseNow(task, sources));
  const count = (phase: RunRow['phase']) => phases.filter((each) => each === phase).length;
  const [reopened, ticked] = [count('reopened'), count('ticked')];
  const words: readonly (readonly [count: number, words: string])[] = [
    [reopened, 'open again'],
    [ticked, 'ticked since'],
  ];
  return {
    reopened,
    ticked,
    words: words.flatMap(([count, said]) => (count > 0 ? [`${count} ${said}`] : [])),
    isAllTicked: ticked > 0 && phases.every((phase) => phase === 'ticked' || phase === 'done'),
  };
}

function tagOf(run: RunState, sources: RunSources, since: Since): RunPanelModel['tag'] {
  const { status } = run;
  const isOver = run.endedAt !== undefined || status === 'interrupted';
  if (status === 'done' && since.reopened > 0)
    return { words: `${since.reopened} open again`, look: 'reopened' };
  if (isOver && since.isAllTicked) return { words: 'All ticked since', look: 'ticked' };
  const words = statusWords(run, sources);
  return words === undefined ? undefined : { words, look: status };
}

function statusWords(run: RunState, sources: RunSources): string | undefined {
  const { status } = run;
  switch (status) {
    case 'needsYou': {
      const about = taskInNeed(run);
      return about ? `Needs you: ${nameOf(about)}` : 'Needs you';
    }
    case 'running':
      return undefined;
    case 'stopping':
      return 'Stopping after these';
    case 'done':
      return doneWords(run, sources);
    default:
      return status.charAt(0).toUpperCase() + status.slice(1);
  }
}

/** Done is what is required: what was skipped, or is optional and not done, is named. */
function doneWords({ tasks }: RunState, sources: RunSources): string {
  const open = tasks.filter((task) => phaseNow(task, sources) !== 'ticked');
  const { others } = tallyWords(tallyOf({ tasks: open }));
  return others.length === 0 ? 'All done' : `Done, ${others.join(', ')}`;
}

const NEED_ACTS: Readonly<Record<Need['kind'], RunNotice['act']>> = {
  permission: 'session',
  failed: undefined,
  conflict: 'retry',
  exploration: 'session',
  budget: 'goOn',
};

/** None where it goes on by itself, and where what it says was settled since. */
function noticeOf(given: RunState, sources: RunSources, { isAllTicked }: Since): RunNotice | undefined {
  const isTicked = (key: string) =>
    given.tasks.some((task) => task.key === key && phaseNow(task, sources) === 'ticked');
  const needs = given.needs.filter((need) => !('task' in need && isTicked(need.task)));
  const run = { ...given, needs };
  const need = toldNeed(run);
  const said = needWords(run);
  const fewer = run.endedAt === undefined ? fewerWords(run) : undefined;
  const reopened = reopenedWords(run);
  if (said === undefined && reopened !== undefined)
    return { words: reopened, task: undefined, tone: 'warn', act: undefined };
  if (said === undefined && fewer !== undefined)
    return { words: fewer, task: undefined, tone: 'plain', act: undefined };
  if (said === undefined || (isAllTicked && need === undefined && run.status !== 'running')) return undefined;
  const tone = need ? 'warn' : run.status === 'failed' ? 'err' : run.status === 'stopped' ? 'plain' : 'warn';
  return { ...said, tone, act: need && NEED_ACTS[need.kind] };
}

export function costWords(cost: number | undefined, budget: number | undefined): string | undefined {
  if (cost === undefined) return undefined;
  return budget === undefined ? money(cost) : `${money(cost)} of ${money(budget)}`;
}

/** By the tasks that are done: what the others would take at that pace. */
function leftWords(run: RunState, now: number, cost: number | undefined): string | undefined {
  const { done, total, running, waiting } = tallyOf(run);
  if (run.endedAt !== undefined || done === 0 || running + waiting === 0 || done === total) return undefined;
  const share = (running / 2 + waiting) / done;
  const minutes = Math.max(1, Math.round((timeOf(run, now) * share) / 60_000));
  const price = cost === undefined ? '' : ` and ${money(cost * share)}`;
  return `about ${minutes} min${price} left`;
}

function totalsOf(
  run: RunState,
  { figures, checkpoints }: RunSources,
  cost: number | undefined,
): RunPanelModel['totals'] {
  const { passed, skipped } = testsOf(run.tasks);
  const { tokens, cached, calls, commands } = figures;
  const share = tokens === 0 ? '' : `, ${Math.round((100 * cached) / tokens)}% cached`;
  return [
    { label: 'Tests counted', value: String(passed) },
    { label: 'Skipped', value: String(skipped) },
    { label: 'Files changed', value: String(filesOf(run.tasks).length) },
    { label: 'Commands', value: String(commands) },
    { label: 'Model calls', value: String(calls) },
    { label: 'Tokens', value: `${short(tokens)}${share}` },
    { label: 'Cost', value: cost === undefined ? 'not known' : money(cost) },
    { label: 'Checkpoints', value: String(checkpoints) },
  ];
}

function short(count: number): string {
  if (count < 1000) return String(count);
  return count < 999_500 ? `${Math.round(count / 1000)}k` : `${(count / 1_000_000).toFixed(1)}M`;
}

/** For the status bar and the list of runs: `Run 4: 7/12`. */
export function runLabel(run: RunState): string {
  const { done, total } = tallyOf(run);
  return `Run ${run.number}: ${done}/${total}`;
}
