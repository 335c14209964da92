/** The agent's part of a merge: one conversation about the files in which two tasks clash. */
import type { Session } from '../../agent/session/sessions';
import { TASK } from '../../agent/surroundings/roles';
import type { Model } from '../../agent/turn/model';
import type { Talk } from '../../agent/turn/talk';
import type { Spec, Task } from '../../spec/model';
import { mergePrompt } from '../../workflow/prompts/mergePrompt';

export interface MendOrder {
  readonly session: Session;
  readonly spec: Spec;
  readonly task: Task;
  /** Brought in since it began. */
  readonly others: readonly Task[];
  readonly model: Model;
  /** The folder that it works in. */
  readonly root: string;
  readonly paths: readonly string[];
  readonly checks: readonly string[];
}

/** Resolves when there is nothing more to say; rejects with what a person should read. */
export type Mend = (order: MendOrder) => Promise<void>;

export function createMend(talk: Talk): Mend {
  return async ({ session, spec, task, others, model, root: place, paths, checks }) => {
    await talk({
      session,
      role: TASK,
      spec,
      model,
      root: spec.root,
      place,
      promptOf: (steering) => mergePrompt({ task, others, checks, steering, paths }),
    });
  };
}
