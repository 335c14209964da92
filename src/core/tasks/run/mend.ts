/** The agent's part of a merge: one conversation about the files in which two tasks clash. */
import type { Session } from '../../agent/session/sessions';
import type { Model } from '../../agent/turn/model';
import type { Spec, Task } from '../../spec/model';
import { mergePrompt } from '../../workflow/prompts/mergePrompt';
import type { Talk } from './talk';

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
  return ({ session, spec, task, others, model, root, paths, checks }) =>
    talk({
      session,
      spec,
      model,
      root,
      past: [],
      replyTo: undefined,
      promptOf: (steering) => mergePrompt({ task, others, checks, steering, paths }),
    });
}
