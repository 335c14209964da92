/** What tasks took before, from the ledger: the only honest guess at what they will take. */
import type { UsageRecord } from '../../usage/ledger';
import type { Plan } from './model';

/** Of one task, on the average. */
export interface Effort {
  readonly minutes: number;
  /** USD; undefined where no price is known. */
  readonly cost: number | undefined;
}

/** Of the sessions of tasks in this workspace; where there is none, of those in others. */
export function effortOf(records: readonly UsageRecord[], root: string): Effort | undefined {
  const sessions = new Map<string, UsageRecord[]>();
  for (const record of records) {
    if (record.kind !== 'task') continue;
    const known = sessions.get(record.session);
    if (known === undefined) sessions.set(record.session, [record]);
    else known.push(record);
  }
  const all = [...sessions.values()];
  const here = all.filter(([first]) => first?.root === root);
  return mean((here.length > 0 ? here : all).map(effort));
}

export function estimateOf(tasks: number, effort: Effort | undefined): Plan['estimate'] {
  if (effort === undefined || tasks === 0) return undefined;
  const { minutes, cost } = effort;
  return { minutes: minutes * tasks, cost: cost === undefined ? undefined : cost * tasks };
}

/** From the first request to the last: what was run between them is part of it. */
function effort(records: readonly UsageRecord[]): Effort {
  const begun = Math.min(...records.map(({ at, durationMs }) => at - durationMs));
  const ended = Math.max(...records.map(({ at }) => at));
  const known = records.flatMap(({ cost }) => cost ?? []);
  return {
    minutes: (ended - begun) / 60_000,
    cost: known.length < records.length ? undefined : known.reduce((sum, cost) => sum + cost, 0),
  };
}

function mean(efforts: readonly Effort[]): Effort | undefined {
  if (efforts.length === 0) return undefined;
  const costs = efforts.flatMap(({ cost }) => cost ?? []);
  const of = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  return {
    minutes: of(efforts.map(({ minutes }) => minutes)),
    cost: costs.length < efforts.length ? undefined : of(costs),
  };
}
