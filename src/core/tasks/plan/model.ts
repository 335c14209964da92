/** What a run will do, before it does anything. */
import type { Finding, Task } from '../../spec/model';

export type Selection =
  /** Required leaves that are not done. */
  | { readonly kind: 'required' }
  /** The optional ones, too. */
  | { readonly kind: 'all' }
  /** One task, or the open leaves below it. A leaf that is done is run again. */
  | { readonly kind: 'task'; readonly key: string }
  /** That one and all that comes after it, done or not. */
  | { readonly kind: 'from'; readonly key: string }
  /** All that names a criterion of this requirement. */
  | { readonly kind: 'covering'; readonly requirement: string };

export interface PlannedTask {
  readonly task: Task;
  /** From 0. Tasks of one wave may run side by side. */
  readonly wave: number;
  /** Keys of tasks of this plan that come before it. */
  readonly after: readonly string[];
}

export interface Plan {
  /** By wave, then in document order. */
  readonly tasks: readonly PlannedTask[];
  /** Cycles, dependencies that do not exist, contradictions: at their lines. A run refuses those that are errors. */
  readonly findings: readonly Finding[];
  /** Optional tasks that are left out. */
  readonly optional: readonly Task[];
  /** From the ledger, by earlier tasks; undefined where nothing is known. */
  readonly estimate: { readonly minutes: number; readonly cost: number | undefined } | undefined;
}
