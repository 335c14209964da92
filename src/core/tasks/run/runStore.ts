/** All runs of the open workspace folders: the live ones of this process, and the logs of the others. */
import { ActError } from '../../actError';
import type { Home } from '../../home';
import type { Ports } from '../../ports';
import { Emitter, type Event } from '../../util/event';
import { joinPath } from '../../util/path';
import { foldRun, foldRunEvent, initialRun, interruptRun } from './foldRun';
import { createLiveRun, type LiveRun } from './liveRun';
import { RUN_VERSION, type RunEvent, type RunEventBody, type RunState } from './model';
import { RunLog, readRunLog } from './runLog';

export type NewRun = Omit<
  Extract<RunEventBody, { readonly type: 'run.started' }>,
  'type' | 'version' | 'run' | 'number' | 'owner'
>;

export interface RunStore {
  /** Newest first; reads the logs that changed: other windows and terminals write some, too. */
  list(spec?: string): Promise<readonly RunState[]>;
  readonly known: readonly RunState[];
  get(run: string): RunState | undefined;
  live(run: string): LiveRun | undefined;
  /** One such act at a time in a workspace folder, whichever process does it. */
  alone<T>(root: string, act: () => Promise<T>): Promise<T>;
  start(run: NewRun): Promise<LiveRun>;
  /** Goes on with a run of a process that is gone, or one that has ended. Rejects with an `ActError`. */
  reopen(run: string, budget?: number | null): Promise<LiveRun>;
  /** Adds to the log of a run that does not run. Rejects with an `ActError`. */
  append(run: string, body: RunEventBody): Promise<void>;
  close(run: string): void;
  readonly onDidChange: Event<string>;
  readonly onEvent: Event<{ readonly run: string; readonly event: RunEvent }>;
}

export function createRunStore(
  ports: Pick<Ports, 'files' | 'clock' | 'processes' | 'ids' | 'log'>,
  home: Home,
  roots: () => readonly string[],
): RunStore {
  const { files, clock, processes } = ports;
  const changed = new Emitter<string>((error) => ports.log.error('A listener of runs failed', error));
  const events = new Emitter<{ run: string; event: RunEvent }>((error) =>
    ports.log.error('A listener of runs failed', error),
  );
  const states = new Map<string, RunState>();
  const running = new Map<string, LiveRun>();
  /** Sizes of the logs when they were read. */
  const sizes = new Map<string, number>();
  const pathOf = (root: string, id: string) => joinPath(home.runs(root), `${id}.jsonl`);
  const sorted = () => [...states.values()].sort((a, b) => b.startedAt - a.startedAt || b.number - a.number);
  // What this process runs is in `running`: its own token in another log is from before a restart.
  const isAlive = ({ owner }: RunState) => owner !== processes.owner && processes.isAlive(owner);

  async function readEntry(root: string, id: string): Promise<void> {
    try {
      const size = (await files.stat(pathOf(root, id)))?.size;
      const known = states.get(id);
      if (known && !isUnderWay(known) && sizes.get(id) === size) return;
      const state = foldRun(readRunLog((await files.readText(pathOf(root, id))) ?? ''));
      if (!state || size === undefined || running.has(id)) return;
      const next = isAlive(state) ? state : interruptRun(state);
      const isNews = sizes.get(id) !== size || known?.status !== next.status;
      sizes.set(id, size);
      states.set(id, next);
      if (isNews) changed.fire(id);
    } catch (error) {
      ports.log.warn(`The log of run ${id} cannot be read`, error);
    }
  }

  async function readRoot(root: string): Promise<void> {
    const present = new Set<string>();
    for (const { name } of await files.list(home.runs(root))) {
      const id = /^(.+)\.jsonl$/.exec(name)?.[1];
      if (id === undefined) continue;
      present.add(id);
      if (!running.has(id)) await readEntry(root, id);
    }
    for (const [id, state] of [...states])
      if (state.root === root && !present.has(id) && !running.has(id) && states.delete(id)) changed.fire(id);
  }

  function hear(id: string, event: RunEvent): void {
    const state = states.get(id);
    const next = state
      ? foldRunEvent(state, event)
      : event.type === 'run.started'
        ? initialRun(event)
        : undefined;
    if (next) states.set(id, next);
    events.fire({ run: id, event });
    changed.fire(id);
  }

  function goLive(id: string, log: RunLog): LiveRun {
    const run = createLiveRun({
      id,
      log,
      clock,
      state: () => states.get(id) as RunState,
      onEvent: (event) => hear(id, event),
    });
    running.set(id, run);
    return run;
  }

  async function openLog(id: string): Promise<RunLog> {
    const state = states.get(id);
    if (!state) throw gone();
    const path = pathOf(state.root, id);
    const text = (await files.readText(path)) ?? '';
    const events = readRunLog(text);
    const [first] = events;
    if (first?.type === 'run.started' && first.version > RUN_VERSION) throw new ActError('changed', NEWER);
    const fresh = foldRun(events);
    if (!fresh) throw gone();
    if (running.has(id) || (isUnderWay(fresh) && isAlive(fresh)))
      throw new ActError('busy', 'This run is still running.');
    states.set(id, interruptRun(fresh));
    return new RunLog(files, path, () => clock.now(), text);
  }

  async function list(spec?: string): Promise<readonly RunState[]> {
    for (const root of roots()) await readRoot(root);
    return sorted().filter((state) => spec === undefined || state.spec === spec);
  }

  return {
    list,
    get known() {
      return sorted();
    },
    get: (id) => states.get(id),
    live: (id) => running.get(id),
    alone: (root, act) => files.alone(joinPath(home.runs(root), 'begin'), act),
    async start(given) {
      const number = Math.max(0, ...(await list(given.spec)).map((each) => each.number)) + 1;
      const id = `${clock.now().toString(36)}-${ports.ids.uuid().slice(-8)}`;
      const log = new RunLog(files, pathOf(given.root, id), () => clock.now());
      const { owner } = processes;
      hear(id, log.append({ ...given, type: 'run.started', version: RUN_VERSION, run: id, number, owner }));
      const run = goLive(id, log);
      try {
        await run.flush();
      } catch (error) {
        run.close();
        running.delete(id);
        states.delete(id);
        throw error;
      }
      return run;
    },
    async reopen(id, budget) {
      const root = states.get(id)?.root;
      if (root === undefined) throw gone();
      // Another window reads who goes on with it before it does the same.
      return files.alone(pathOf(root, id), async () => {
        const log = await openLog(id);
        const event = log.append({
          type: 'run.resumed',
          owner: processes.owner,
          ...(budget === undefined ? {} : { budget }),
        });
        await log.flush();
        const run = goLive(id, log);
        hear(id, event);
        return run;
      });
    },
    async append(id, body) {
      const log = await openLog(id);
      const event = log.append(body);
      await log.flush();
      hear(id, event);
    },
    close(id) {
      running.get(id)?.close();
      running.delete(id);
      changed.fire(id);
    },
    onDidChange: changed.event,
    onEvent: events.event,
  };
}

export function isUnderWay({ status }: Pick<RunState, 'status'>): boolean {
  return status === 'running' || status === 'paused' || status === 'stopping' || status === 'needsYou';
}

const gone = () => new ActError('notFound', 'The log of this run is gone.');

const NEWER =
  'A newer version of Earshot recorded this run, so this version leaves its log alone. Update Earshot.';
