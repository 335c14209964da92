/** What tasks took before, from the ledger: the only honest guess at what they will take. */
import type { UsageRecord } from '../../usage/ledger';
import { type Span, timeIn } from '../run/spans';
import type { PlannedTask } from './model';

export interface Took {
  readonly minutes: number;
  /** USD; undefined where no price is known. */
  readonly cost: number | undefined;
}

/** Of one task, on the average, all its sessions together. */
export interface Effort extends Took {
  /** Of one more session that judges it; undefined where none did yet. */
  readonly review?: Took | undefined;
}

/** How a run is made that is guessed at. */
export interface RunShape {
  readonly parallel: number;
  readonly reviewer: boolean;
}

/** Of the tasks in this workspace; where there is none, of those in others. */
export function effortOf(records: readonly UsageRecord[], root: string): Effort | undefined {
  const work = tookOf(records, root, ({ kind, task }) => kind === 'task' || (kind === 'subagent' && !!task));
  const review = tookOf(records, root, ({ kind, task }) => kind === 'review' && !!task);
  return work && (review ? { ...work, review } : work);
}

/** Tasks of a wave are done side by side, as many as may be; the next wave waits for all of them. */
export function estimateOf(
  tasks: readonly PlannedTask[],
  effort: Effort | undefined,
  { parallel, reviewer }: RunShape,
): Took | undefined {
  if (effort === undefined || tasks.length === 0) return undefined;
  const each = reviewer && effort.review ? both(effort, effort.review) : effort;
  const waves = new Map<number, number>();
  for (const { wave } of tasks) waves.set(wave, (waves.get(wave) ?? 0) + 1);
  const turns = [...waves.values()].reduce((sum, count) => sum + Math.ceil(count / Math.max(1, parallel)), 0);
  return {
    minutes: each.minutes * turns,
    cost: each.cost === undefined ? undefined : each.cost * tasks.length,
  };
}

function both(a: Took, b: Took): Took {
  const cost = a.cost === undefined || b.cost === undefined ? undefined : a.cost + b.cost;
  return { minutes: a.minutes + b.minutes, cost };
}

function tookOf(
  records: readonly UsageRecord[],
  root: string,
  isMeant: (record: UsageRecord) => boolean,
): Took | undefined {
  const tasks = new Map<string, UsageRecord[]>();
  for (const record of records.filter(isMeant)) {
    const { root: folder, spec, task, session } = record;
    const key = JSON.stringify(task === undefined ? [session] : [folder, spec, task]);
    const known = tasks.get(key);
    if (known === undefined) tasks.set(key, [record]);
    else known.push(record);
  }
  const all = [...tasks.values()];
  const here = all.filter(([first]) => first?.root === root);
  return mean((here.length > 0 ? here : all).map(took));
}

/** Milliseconds. Nothing was run for longer than that between two requests, and none took longer: somebody was away. */
const AWAY = 30 * 60_000;

/** What was run between requests is part of it. */
function took(records: readonly UsageRecord[]): Took {
  const sorted = [...records].sort((a, b) => a.at - b.at);
  const spans = sorted.map(({ at, durationMs }, index): Span => {
    const last = sorted[index - 1]?.at ?? at;
    const from = at - Math.min(durationMs, AWAY);
    return { from: from - last < AWAY ? Math.min(from, last) : from, to: at };
  });
  const known = records.flatMap(({ cost }) => cost ?? []);
  return {
    minutes: timeIn(spans, 0) / 60_000,
    cost: known.length < records.length ? undefined : known.reduce((sum, cost) => sum + cost, 0),
  };
}

function mean(efforts: readonly Took[]): Took | undefined {
  if (efforts.length === 0) return undefined;
  const costs = efforts.flatMap(({ cost }) => cost ?? []);
  const of = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  return {
    minutes: of(efforts.map(({ minutes }) => minutes)),
    cost: costs.length < efforts.length ? undefined : of(costs),
  };
}
