/** What keeps approved documents in step with each other, loaded as one: see `later.ts`. */

import type { Draft } from '../drafting/drafting';
import { createRefine, type Refined, type RefinePlan, type UpkeepParts } from './refine';
import { createSyncTasks, type TaskSync } from './syncTasks';

export interface Upkeep {
  /** What the criteria that changed since design and tasks were approved reach. */
  plan(spec: string): Promise<RefinePlan>;
  /** Has the model carry them into a document; the result waits as a revision. Rejects with an `ActError`. */
  refine(spec: string, kind: Refined): Promise<Draft>;
  /** Tasks for criteria that have none, as a revision. Rejects with an `ActError`. */
  syncTasks(spec: string): Promise<TaskSync>;
}

export function createUpkeep(parts: UpkeepParts): Upkeep {
  return { ...createRefine(parts), ...createSyncTasks(parts) };
}
