/** The fold of a run's log: events in, what a view needs out. Pure; also runs in the webview. */
import {
  type Need,
  RUN_VERSION,
  type RunEvent,
  type RunningTask,
  type RunOptions,
  type RunState,
  type RunTaskEntry,
} from './model';
import { needsAfter, needsAtEnd, needsInterrupted, needsResumed, withNeed } from './openNeeds';
import { isUnderWay } from './shownRun';
import { closedAt, openedAt, without } from './spans';

type Started = Extract<RunEvent, { type: 'run.started' }>;

/** Folds a whole log; undefined when it does not begin with `run.started`. */
export function foldRun(events: readonly RunEvent[]): RunState | undefined {
  const [first, ...rest] = events;
  return first?.type === 'run.started' ? rest.reduce(foldRunEvent, initialRun(first)) : undefined;
}

export function initialRun(started: Started): RunState {
  const { run, number, root, spec, options, owner, tasks, at } = started;
  return {
    id: run,
    number,
    root,
    spec,
    options,
    owner,
    status: 'running',
    needs: [],
    fewer: undefined,
    reason: started.version > RUN_VERSION ? NEWER : undefined,
    tasks: tasks.map(waiting),
    startedAt: at,
    endedAt: undefined,
    heardAt: at,
  };
}

const NEWER =
  'A newer version of Earshot recorded this run. What this version does not know is missing here. Update Earshot to go on with it.';

function waiting(entry: RunTaskEntry): RunningTask {
  return {
    ...entry,
    phase: 'waiting',
    reason: undefined,
    try: 0,
    startedAt: undefined,
    endedAt: undefined,
    spans: [],
    sessions: [],
    evidence: [],
    baseline: {},
    checking: undefined,
    checkpoints: {},
  };
}

/** What a run looks like whose process is gone. What waits for the person's word about it still does. */
export function interruptRun(state: RunState): RunState {
  const { status, needs } = state;
  if (status !== 'running' && status !== 'paused' && status !== 'stopping' && status !== 'needsYou')
    return state;
  return {
    ...state,
    status: 'interrupted',
    needs: needsInterrupted(needs),
    tasks: withoutProcess(state).map((task) => ({ ...task, checking: undefined })),
  };
}

/** Nobody worked on them since the log ends. */
function withoutProcess({ tasks, heardAt }: RunState): readonly RunningTask[] {
  return tasks.map((task) => ({ ...task, spans: closedAt(task.spans, heardAt) }));
}

/** One event. An event of an unknown type (a newer version's) changes nothing. */
export function foldRunEvent(state: RunState, event: RunEvent): RunState {
  return { ...folded(state, event), heardAt: event.at };
}

function folded(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'run.resumed':
      return {
        ...waitingWith({ ...state, status: 'running' }, needsResumed(state.needs)),
        options: withBudget(state.options, event.budget),
        owner: event.owner,
        fewer: undefined,
        reason: undefined,
        endedAt: undefined,
        tasks: withoutProcess(state).map((task) =>
          isUnderWay(task.phase) ? { ...task, spans: openedAt(task.spans, event.at) } : task,
        ),
      };
    case 'run.fewer':
      return { ...state, fewer: { most: event.most, reason: event.reason } };
    case 'run.reopened':
      return { ...state, reopened: [...new Set([...(state.reopened ?? []), ...event.tasks])] };
    case 'run.slept':
      return {
        ...state,
        tasks: state.tasks.map((task) => ({ ...task, spans: without(task.spans, event.from, event.at) })),
      };
    case 'run.paused':
      return { ...state, status: 'paused' };
    case 'run.unpaused':
      return waitingWith({ ...state, status: 'running' }, state.needs);
    case 'run.stopping':
      return { ...state, status: 'stopping' };
    case 'run.needs':
      return waitingWith(state, withNeed(state.needs, event.need));
    case 'run.answered':
      return waitingWith(
        state,
        state.needs.filter(({ kind }) => kind !== event.answer),
      );
    case 'run.ended':
      return {
        ...state,
        status: event.status,
        needs: needsAtEnd(state.needs, event.status),
        reason: event.reason,
        endedAt: event.at,
      };
    case 'run.started':
      return state;
    default:
      return foldTask(waitingWith(state, needsAfter(state.needs, event)), event);
  }
}

/** A run that is paused or about to stop still is, whatever it waits for. */
function waitingWith(state: RunState, needs: readonly Need[]): RunState {
  if (needs === state.needs && state.status !== 'running') return state;
  const goesOn = state.status === 'running' || state.status === 'needsYou';
  return { ...state, needs, status: goesOn ? (needs.length === 0 ? 'running' : 'needsYou') : state.status };
}

function withBudget({ budget, ...others }: RunOptions, next: number | null = budget ?? null): RunOptions {
  return next === null ? others : { ...others, budget: next };
}

type TaskEvent = Extract<RunEvent, { readonly task: string }>;

function foldTask(state: RunState, event: TaskEvent): RunState {
  const index = state.tasks.findIndex(({ key }) => key === event.task);
  const task = state.tasks[index];
  if (task === undefined) return state;
  const next = { ...changed(task, event), spans: spansAfter(task, event, state.status) };
  return { ...state, tasks: state.tasks.with(index, next) };
}

function spansAfter(
  { spans }: RunningTask,
  event: TaskEvent,
  status: RunState['status'],
): RunningTask['spans'] {
  if (event.type === 'task.started') return openedAt(spans, event.at);
  // Where it is paused, the next try waits for the person.
  const isOver = event.type === 'task.ended' || (event.type === 'task.judged' && status === 'paused');
  return isOver ? closedAt(spans, event.at) : spans;
}

function changed(task: RunningTask, event: TaskEvent): RunningTask {
  switch (event.type) {
    case 'task.started':
      return {
        ...task,
        phase: 'working',
        reason: undefined,
        gone: undefined,
        dropped: undefined,
        try: event.try,
        hint: event.hint === undefined ? undefined : { words: event.hint, after: task.sessions.length },
        startedAt: task.startedAt ?? event.at,
        endedAt: undefined,
        checking: undefined,
      };
    case 'task.baseline':
      return { ...task, checking: undefined, baseline: { ...task.baseline, [event.command]: event.result } };
    case 'task.checkpoint':
      return { ...task, checkpoints: withCheckpoint(task.checkpoints, event) };
    case 'task.session':
      return {
        ...task,
        phase: PHASE_OF[event.role],
        sessions: [...task.sessions, { id: event.session, role: event.role }],
      };
    case 'task.checking':
      return {
        ...task,
        phase: task.sessions.length === 0 ? task.phase : 'checking',
        checking: event.command,
      };
    case 'task.judged':
      return {
        ...task,
        phase: 'checking',
        checking: undefined,
        evidence: [...task.evidence, event.evidence],
      };
    case 'task.dropped':
      return { ...task, dropped: true };
    case 'task.merging':
      return { ...task, phase: 'merging', checking: undefined };
    case 'task.ended':
      return {
        ...task,
        phase: event.phase,
        reason: event.reason,
        gone: event.gone,
        checking: undefined,
        endedAt: event.at,
      };
    default:
      return task;
  }
}

function withCheckpoint(
  checkpoints: RunningTask['checkpoints'],
  { when, checkpoint }: Extract<TaskEvent, { type: 'task.checkpoint' }>,
): RunningTask['checkpoints'] {
  if (when !== 'again') return { ...checkpoints, [when]: checkpoint };
  const { after: left, pauses = [], ...others } = checkpoints;
  const more = left === undefined ? [] : [{ left, again: checkpoint }];
  return { ...others, pauses: [...pauses, ...more] };
}

const PHASE_OF = { work: 'working', review: 'reviewing', merge: 'merging' } as const;
