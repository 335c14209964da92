/** Hooks around a task of a specification. */
import type { Session } from '../agent/session/sessions';
import type { Spec, Task } from '../spec/model';
import { taskTitle } from '../tasks/taskState';
import type { AbortSignal } from '../util/abort';
import { basename } from '../util/path';
import type { SessionHooks } from './sessionHooks';

export interface TaskMoment {
  readonly spec: Spec;
  readonly task: Task;
  /** Where it is worked on. */
  readonly place: string;
  readonly session: Session | undefined;
}

export interface TaskHooks {
  /** Why the task is not begun. */
  before(moment: TaskMoment, signal: AbortSignal): Promise<string | undefined>;
  /** Rejects never. False: nothing ran, so nothing is different. */
  after(moment: TaskMoment, success: boolean, signal: AbortSignal): Promise<boolean>;
}

export function taskHooks(hooks: SessionHooks): TaskHooks {
  const fire = (
    trigger: 'PreTaskExec' | 'PostTaskExec',
    { spec, task, place, session }: TaskMoment,
    facts: object,
    signal: AbortSignal,
  ) => {
    const name = taskTitle(task);
    const told = { spec_name: basename(spec.path), task_name: name, task_id: task.key, ...facts };
    return hooks.fire(
      { root: spec.root, place, session },
      { trigger, subjects: [name], facts: told },
      signal,
    );
  };
  return {
    async before(moment, signal) {
      const fired = await fire('PreTaskExec', moment, {}, signal);
      return fired.find(({ blocked }) => blocked !== undefined)?.blocked;
    },
    async after(moment, success, signal) {
      const fired = fire('PostTaskExec', moment, { task_success: success }, signal);
      return fired.then(
        ({ length }) => length > 0,
        () => true,
      );
    },
  };
}
