/** Limits in dollars, and how much of each is used. Pure. */
import { monthOf, type UsageRecord } from './ledger';

export const SCOPES = ['task', 'spec', 'day', 'month'] as const;
export type LimitScope = (typeof SCOPES)[number];

/** Dollars; no limit where left out. */
export type Limits = Readonly<Partial<Record<LimitScope, number>>>;

export interface LimitState {
  /** `run`: the budget of a run of tasks; `hook`: that of a hook. */
  readonly scope: LimitScope | 'run' | 'hook';
  readonly limit: number;
  readonly spent: number;
}

/** @property of Which run, or which session of a hook: all of it count against the budget together. */
export interface Budget extends LimitState {
  readonly of: string;
}

/** What a request belongs to. */
export type Spending = Pick<UsageRecord, 'root' | 'spec' | 'task' | 'day'>;

/** How much of each limit that a request would count against is used. @param records Of that month. */
export function limitsFor(
  spending: Spending,
  limits: Limits,
  records: readonly UsageRecord[],
): readonly LimitState[] {
  return SCOPES.flatMap((scope): readonly LimitState[] => {
    const limit = limits[scope];
    if (limit === undefined || !applies(scope, spending)) return [];
    const own = records.filter((record) => isOf(scope, record, spending));
    return [{ scope, limit, spent: own.reduce((sum, { cost = 0 }) => sum + cost, 0) }];
  });
}

/** `a task`, `today`: what a limit is for, in a sentence. */
export const SCOPE_WORDS: Readonly<Record<LimitState['scope'], string>> = {
  run: 'this run',
  hook: 'this hook',
  task: 'this task',
  spec: 'this spec',
  day: 'today',
  month: 'this month',
};

/** Do two requests count against the same limit? What is under way counts on any day: it may end on that one. */
export function sharesScope(scope: LimitScope, a: Spending, b: Spending): boolean {
  if (scope === 'day' || scope === 'month') return true;
  return a.spec === b.spec && (scope === 'spec' || a.task === b.task);
}

function applies(scope: LimitScope, { spec, task }: Spending): boolean {
  if (scope === 'task') return spec !== undefined && task !== undefined;
  return scope !== 'spec' || spec !== undefined;
}

function isOf(scope: LimitScope, record: UsageRecord, { day, spec, task }: Spending): boolean {
  if (scope === 'day') return record.day === day;
  if (scope === 'month') return monthOf(record.day) === monthOf(day);
  return record.spec === spec && (scope === 'spec' || record.task === task);
}
