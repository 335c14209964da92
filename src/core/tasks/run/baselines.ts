/** What checks came to before a task: not run again where nothing has changed since they ran last. */
import type { Checkpoints } from '../../checkpoints/checkpoints';
import type { Check, CheckResult, Evidence } from '../evidence/model';

export interface Baselines {
  /** Undefined where it must be run. @param now The checkpoint of the workspace as it is; without one nobody knows */
  known(check: Check, root: string, now: string | undefined): Promise<CheckResult | undefined>;
  /** @param at The checkpoint of the workspace after it ran */
  keep(check: Check, root: string, evidence: Evidence | undefined, at: string | undefined): void;
}

/** What a spec says is not what its checks look at. */
const OUTSIDE = /^\.(?:kiro|earshot)\//;

export function createBaselines(checkpoints: Pick<Checkpoints, 'diff'> | undefined): Baselines {
  const results = new Map<string, { readonly result: CheckResult; readonly at: string }>();
  const keyOf = ({ command }: Check, root: string) => `${root}\n${command}`;

  return {
    async known(check, root, now) {
      const last = results.get(keyOf(check, root));
      if (last === undefined || now === undefined || checkpoints === undefined) return undefined;
      if (last.at === now) return last.result;
      // What cannot be compared may have changed.
      const changes = await checkpoints.diff(root, last.at, now).catch(() => undefined);
      return changes?.every(({ path }) => OUTSIDE.test(path)) === true ? last.result : undefined;
    },
    keep(check, root, evidence, at) {
      const result = evidence?.checks.find(({ command }) => command === check.command)?.after;
      if (result !== undefined && at !== undefined) results.set(keyOf(check, root), { result, at });
      else results.delete(keyOf(check, root));
    },
  };
}
