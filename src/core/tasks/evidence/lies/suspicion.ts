/** Looks at what was changed for ways to make a check green without doing the work. Pure; never throws. */
import type { ChangedFile } from '../changes';
import type { Check, ComparedCheck, Suspicion, TouchedFile } from '../model';

export interface Suspected {
  readonly kind: Suspicion;
  /** A sentence: what, and where. */
  readonly detail: string;
}

export interface Inspected {
  /** What the agent changed. */
  readonly changes: readonly ChangedFile[];
  /** And all else that is different. */
  readonly all: readonly ChangedFile[];
  readonly files: readonly TouchedFile[];
  /** Those that were to be run. */
  readonly checks: readonly Check[];
  readonly compared: readonly ComparedCheck[];
  /** The words of the task and of its criteria: what they ask for is no lie. */
  readonly asked: string;
  readonly boundary: readonly string[];
  readonly nothingToChange: string | undefined;
}

export type Detector = (inspected: Inspected) => readonly Suspected[];

/** “a, b and 3 more”. */
export function listed(names: readonly string[], most = 5): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}
