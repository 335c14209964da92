/** The fold of a run's log: events in, what a view needs out. Pure; also runs in the webview. */
import {
  RUN_VERSION,
  type RunEvent,
  type RunningTask,
  type RunOptions,
  type RunState,
  type RunTaskEntry,
} from './model';

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
    need: undefined,
    oneByOne: undefined,
    reason: started.version > RUN_VERSION ? NEWER : undefined,
    tasks: tasks.map(waiting),
    startedAt: at,
    endedAt: undefined,
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
    sessions: [],
    evidence: [],
    baseline: {},
    checking: undefined,
    checkpoints: {},
  };
}

/** What a run looks like whose process is gone. What waits for the person's word about it still does. */
export function interruptRun(state: RunState): RunState {
  const isLive = state.status === 'running' || state.status === 'paused' || state.status === 'stopping';
  const waitsInSession = state.status === 'needsYou' && state.need?.kind === 'permission';
  if (!isLive && !waitsInSession) return state;
  return {
    ...state,
    status: 'interrupted',
    need: undefined,
    tasks: state.tasks.map((task) => ({ ...task, checking: undefined })),
  };
}

/** One event. An event of an unknown type (a newer version's) changes nothing. */
export function foldRunEvent(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'run.resumed':
      return {
        ...state,
        options: withBudget(state.options, event.budget),
        owner: event.owner,
        status: 'running',
        need: undefined,
        oneByOne: undefined,
        reason: undefined,
        endedAt: undefined,
      };
    case 'run.oneByOne':
      return { ...state, oneByOne: event.reason };
    case 'run.paused':
      return { ...state, status: 'paused' };
    case 'run.unpaused':
      return { ...state, status: state.need === undefined ? 'running' : 'needsYou' };
    case 'run.stopping':
      return { ...state, status: 'stopping' };
    case 'run.needs':
      return { ...state, status: 'needsYou', need: event.need };
    case 'run.answered':
      return { ...state, status: 'running', need: undefined };
    case 'run.ended':
      return {
        ...state,
        status: event.status,
        need: event.status === 'stopped' ? state.need : undefined,
        reason: event.reason,
        endedAt: event.at,
      };
    case 'run.started':
      return state;
    default:
      return foldTask(state, event);
  }
}

function withBudget({ budget, ...others }: RunOptions, next: number | null = budget ?? null): RunOptions {
  return next === null ? others : { ...others, budget: next };
}

type TaskEvent = Extract<RunEvent, { readonly task: string }>;

function foldTask(state: RunState, event: TaskEvent): RunState {
  const index = state.tasks.findIndex(({ key }) => key === event.task);
  const task = state.tasks[index];
  if (task === undefined) return state;
  return { ...state, tasks: state.tasks.with(index, changed(task, event)) };
}

function changed(task: RunningTask, event: TaskEvent): RunningTask {
  switch (event.type) {
    case 'task.started':
      return {
        ...task,
        phase: 'working',
        reason: undefined,
        try: event.try,
        hint: event.hint === undefined ? undefined : { words: event.hint, after: task.sessions.length },
        startedAt: task.startedAt ?? event.at,
        endedAt: undefined,
        checking: undefined,
      };
    case 'task.baseline':
      return { ...task, checking: undefined, baseline: { ...task.baseline, [event.command]: event.result } };
    case 'task.checkpoint':
      return { ...task, checkpoints: { ...task.checkpoints, [event.when]: event.checkpoint } };
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
    case 'task.merging':
      return { ...task, phase: 'merging', checking: undefined };
    case 'task.ended':
      return { ...task, phase: event.phase, reason: event.reason, checking: undefined, endedAt: event.at };
    default:
      return task;
  }
}

const PHASE_OF = { work: 'working', review: 'reviewing', merge: 'merging' } as const;
