/** Boxes that say “in progress” though nobody works on their task: a process that is gone left them so. */
import { isNewer, type SessionState } from '../agent/session/sessionState';
import type { Sessions } from '../agent/session/sessions';
import type { Ports } from '../ports';
import type { Task } from '../spec/model';
import { documentOf } from '../spec/readSpec';
import type { SpecStore } from '../spec/specStore';
import { flattenTasks } from '../spec/tasks/taskTree';
import type { RunningTask } from './run/model';
import type { Runs } from './run/runs';
import { setTaskState, taskTitle } from './taskState';

const INTERRUPTED = 'Earshot was closed while this task ran, so its box is open again.';

export interface LeftBoxes {
  /** Opens them, and tells it in the session of the task. */
  open(): Promise<void>;
}

export function createLeftBoxes(
  { files }: Pick<Ports, 'files'>,
  specs: Pick<SpecStore, 'refresh'>,
  sessions: Sessions,
  runs: Pick<Runs, 'list'>,
): LeftBoxes {
  /** Opens the box of the task that is meant; false when there is none. */
  async function openBox(path: string, isMeant: (task: Task) => boolean): Promise<boolean> {
    const spec = await specs.refresh(path);
    const document = spec && documentOf(spec, 'tasks')?.document;
    if (!spec || document?.kind !== 'tasks') return false;
    const task = flattenTasks(document.tasks).find((each) => each.state === 'inProgress' && isMeant(each));
    if (!task) return false;
    await setTaskState(files, spec, task, 'open');
    await specs.refresh(path);
    return true;
  }

  async function ofSessions(): Promise<void> {
    const seen = new Set<string>();
    for (const { id, state } of await sessions.list()) {
      const { kind, spec: path, task: key, title } = state.started;
      if (kind !== 'task' || !path || seen.has(`${path} ${key}`)) continue;
      seen.add(`${path} ${key}`);
      const isMeant = (each: Task) => each.key === key && taskTitle(each) === title;
      if (isUntold(state) && (await openBox(path, isMeant)))
        await sessions.append(id, { type: 'note', level: 'warning', text: INTERRUPTED });
    }
  }

  /** Of runs whose process died before a session could tell. Where another run followed, it is that one's matter. */
  async function ofRuns(): Promise<void> {
    const seen = new Set<string>();
    for (const { spec, status, tasks } of await runs.list()) {
      if (!seen.has(spec) && status === 'interrupted')
        for (const left of tasks.filter(isWithoutSession))
          await openBox(spec, ({ id, title }) => id === left.id && title === left.title);
      seen.add(spec);
    }
  }

  return {
    async open() {
      await ofRuns();
      await ofSessions();
    },
  };
}

function isWithoutSession({ phase, sessions }: RunningTask): boolean {
  return phase === 'interrupted' && sessions.length === 0;
}

/** Nobody has told of the interruption yet, and it is for this version to tell. */
function isUntold({ status, items, started }: SessionState): boolean {
  const last = items.at(-1);
  const isTold = last?.type === 'note' && last.text === INTERRUPTED;
  return status === 'interrupted' && !isTold && !isNewer(started);
}
