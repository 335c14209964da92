/** The agent's part of a task: one conversation, until it says that it is done. */
import type { SessionEvent } from '../../agent/session/events';
import type { Session } from '../../agent/session/sessions';
import { TASK } from '../../agent/surroundings/roles';
import type { Model } from '../../agent/turn/model';
import type { Talk } from '../../agent/turn/talk';
import { documentsOf } from '../../spec/documentsOf';
import type { Spec, Task } from '../../spec/model';
import { basename } from '../../util/path';
import { taskSlices } from '../../workflow/drafting/slices';
import { taskPrompt } from '../../workflow/prompts/taskPrompt';

export interface WorkOrder {
  readonly session: Session;
  readonly spec: Spec;
  readonly task: Task;
  /** Commands that run when the agent has ended. */
  readonly checks: readonly string[];
  readonly model: Model;
  /** The folder that it works in. */
  readonly root: string;
  /** The session's log until now, where it goes on. */
  readonly past: readonly SessionEvent[];
  /** What is added to the prompt; empty for nothing. */
  readonly more: string;
  /** What is to be said when the agent thinks that it is done; undefined where it is. */
  readonly replyTo: () => Promise<string | undefined>;
}

/** Resolves when there is nothing more to say; rejects with what a person should read. */
export type Work = (order: WorkOrder) => Promise<void>;

export function createWork(talk: Talk): Work {
  return async ({ spec, task, checks, more, root: place, ...order }) => {
    const whole = spec.documents.flatMap(({ path, text }) =>
      text === undefined ? [] : [{ name: basename(path), text }],
    );
    const documents = taskSlices(documentsOf(spec.documents), task) ?? whole;
    await talk({
      ...order,
      role: TASK,
      root: spec.root,
      place,
      spec,
      promptOf: (steering) => taskPrompt({ task, checks, steering, documents, more }),
    });
  };
}
