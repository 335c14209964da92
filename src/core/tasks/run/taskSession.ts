/** The session of one task of a run: begun, or gone on with, and ended with what came of it. */
import { ActError } from '../../actError';
import type { SessionEvent } from '../../agent/session/events';
import type { ResumedSession, Session, Sessions } from '../../agent/session/sessions';
import type { Model } from '../../agent/turn/model';
import type { Spec, Task } from '../../spec/model';
import { type AbortSignal, onAbort } from '../../util/abort';
import { taskTitle } from '../taskState';
import type { TaskPhase } from './model';

export interface TaskSession {
  readonly current: Session | undefined;
  /**
   * Goes on with the session, or begins one where it is over or cannot be gone on with: then the work begins anew, in the
   * workspace as it is.
   */
  open(
    last: string | undefined,
  ): Promise<{ readonly session: Session; readonly past: readonly SessionEvent[] }>;
  /** Takes up a session whose process is gone, to end it. */
  adopt(last: string | undefined): Promise<void>;
  end(phase: TaskPhase, reason: string | undefined, notes: readonly SessionNote[]): Promise<void>;
}

export interface SessionNote {
  readonly level: 'warning' | 'error';
  readonly text: string;
}

export interface TaskSessionOptions {
  readonly sessions: Sessions;
  readonly spec: Spec;
  readonly task: Task;
  readonly model: Model;
  readonly signal: AbortSignal;
  /** One that must be gone on with. */
  readonly wanted: string | undefined;
}

const STATUS: Readonly<Record<TaskPhase, 'done' | 'failed' | 'cancelled'>> = {
  waiting: 'cancelled',
  working: 'cancelled',
  checking: 'cancelled',
  reviewing: 'cancelled',
  merging: 'cancelled',
  done: 'done',
  unproven: 'done',
  failed: 'failed',
  skipped: 'cancelled',
  stopped: 'cancelled',
  interrupted: 'cancelled',
};

export function createTaskSession(options: TaskSessionOptions): TaskSession {
  const { sessions, spec, task, model, signal, wanted } = options;
  let current: Session | undefined;

  async function resume(id: string | undefined): Promise<ResumedSession | undefined> {
    const status = id === undefined ? undefined : sessions.get(id)?.status;
    if (id === undefined || (id !== wanted && (status === undefined || status === 'done'))) return undefined;
    return sessions.resume(id).catch((error: unknown) => {
      if (error instanceof ActError && id !== wanted) return undefined;
      throw error;
    });
  }

  const start = (): Session =>
    sessions.start({
      kind: 'task',
      title: taskTitle(task),
      root: spec.root,
      spec: spec.path,
      task: task.key,
      model: model.name,
      rehearsed: model.rehearsed,
    });

  return {
    get current() {
      return current;
    },
    async open(last) {
      const opened = (await resume(last)) ?? { session: start(), past: [] };
      const { session } = opened;
      current = session;
      onAbort(signal, () => session.abort.abort(signal.reason));
      return opened;
    },
    async adopt(last) {
      current ??= (await resume(last))?.session;
    },
    async end(phase, reason, notes) {
      for (const note of notes) current?.append({ type: 'note', ...note });
      await current?.end(STATUS[phase], phase === 'unproven' ? undefined : reason);
    },
  };
}
