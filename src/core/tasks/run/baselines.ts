/** What checks came to before a task: not run again where nothing has changed since they ran last. */
import type { Checkpoints } from '../../checkpoints/checkpoints';
import { compareChecks } from '../evidence/compareChecks';
import type { Check, CheckResult, Evidence } from '../evidence/model';
import type { RunState } from './model';
import { OUTSIDE } from './ownChanges';
import type { Place } from './place';

export interface Baselines {
  /** Undefined where it must be run. @param now The checkpoint of the workspace as it is; without one nobody knows */
  known(check: Check, place: Place, now: string | undefined): Promise<CheckResult | undefined>;
  /** @param at The checkpoint of the workspace after it ran */
  keep(check: Check, place: Place, evidence: Evidence | undefined, at: string | undefined): void;
}

/** Which of two is to be judged against: the later one, where nothing in it is worse, for that may be of the task's own tries. */
export function baselineOf(check: Check, was: CheckResult | undefined, now: CheckResult): CheckResult {
  if (was === undefined) return now;
  const { command } = check;
  const [compared] = compareChecks([{ ...check, kind: 'test' }], { [command]: was }, { [command]: now });
  const isFine = compared?.verdict === 'passed' || compared?.verdict === 'noWorse';
  const isLess = (was.tests?.passed ?? 0) > (now.tests?.passed ?? 0);
  const isSkipped = (now.tests?.skipped ?? 0) > (was.tests?.skipped ?? 0);
  return isFine && !isLess && !isSkipped ? now : was;
}

/** What another task did to a check is no baseline: where it counted tests earlier in the run, it has to. */
export function countedIn(
  { tasks }: Pick<RunState, 'tasks'>,
  { command }: Check,
  now: CheckResult,
): CheckResult {
  if (now.outcome !== 'passed' || now.tests !== undefined) return now;
  const earlier = tasks.map(({ baseline }) => baseline[command]);
  return earlier.find((result) => (result?.tests?.passed ?? 0) > 0) ?? now;
}

export function createBaselines(checkpoints: Pick<Checkpoints, 'diff'> | undefined): Baselines {
  const results = new Map<string, { readonly result: CheckResult; readonly at: string }>();
  const keyOf = ({ command }: Check, { root }: Place) => `${root}\n${command}`;

  return {
    async known(check, place, now) {
      const last = results.get(keyOf(check, place));
      if (last === undefined || now === undefined || checkpoints === undefined) return undefined;
      if (last.at === now) return last.result;
      // What cannot be compared may have changed.
      const changes = await checkpoints.diff(place.root, last.at, now).catch(() => undefined);
      return changes?.every(({ path }) => OUTSIDE.test(path)) === true ? last.result : undefined;
    },
    keep(check, place, evidence, at) {
      const result = evidence?.checks.find(({ command }) => command === check.command)?.after;
      if (result !== undefined && at !== undefined) results.set(keyOf(check, place), { result, at });
      else results.delete(keyOf(check, place));
    },
  };
}
