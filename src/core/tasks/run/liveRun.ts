/** A run of this process while it runs: its log, and what a person has said to it. */
import type { Clock } from '../../ports';
import { type Abort, Cancelled, createAbort } from '../../util/abort';
import { Emitter, type Event } from '../../util/event';
import { type RunEvent, type RunEventBody, type RunningTask, type RunState, SKIPPED } from './model';
import type { RunLog } from './runLog';
import { watchSleep } from './watchSleep';

export interface LiveRun {
  readonly id: string;
  readonly state: RunState;
  readonly abort: Abort;
  append(body: RunEventBody): void;
  /** Milliseconds since the epoch; a sleep before it is in the log. */
  now(): number;
  /** Resolves when the log is on the disk; rejects with what a person should read. */
  flush(): Promise<void>;
  task(key: string): RunningTask | undefined;
  /** Tasks whose boxes the person has ticked or opened here, as `taskTitle` calls them. */
  readonly ticked: Set<string>;
  readonly isPaused: boolean;
  /** No further task begins. */
  readonly isStopping: boolean;
  pause(): void;
  unpause(): void;
  stopAfter(): void;
  stop(): void;
  skip(key: string): void;
  retry(key: string, hint: string | undefined): void;
  /** Tasks that are to be tried once more, with what the person adds. */
  readonly again: Map<string, string | undefined>;
  /** The signal of one task, aborted by `skip` and with the run. */
  begin(key: string): Abort;
  end(key: string): void;
  /** Was the task that has been aborted to be skipped? */
  isSkipped(key: string): boolean;
  /** Resolves when the person has said something since, or something ended. Rejects when the run is stopped. */
  next(): Promise<void>;
  /** Resolves when new steps may begin. Rejects when the run is stopped. */
  unpaused(): Promise<void>;
  /** It is over. */
  close(): void;
}

export interface LiveRunOptions {
  readonly id: string;
  readonly log: RunLog;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly state: () => RunState;
  readonly onEvent: (event: RunEvent) => void;
}

export function createLiveRun({ id, log, clock, state, onEvent }: LiveRunOptions): LiveRun {
  const abort = createAbort();
  const woken = new Emitter<void>();
  const again = new Map<string, string | undefined>();
  const skipped = new Set<string>();
  const active = new Map<string, ReturnType<typeof createAbort>>();
  let paused = false;
  let stopping = false;
  const awake = watchSleep(clock, (from) => onEvent(log.append({ type: 'run.slept', from })));
  const append = (body: RunEventBody) => {
    awake.now();
    onEvent(log.append(body));
  };
  const task = (key: string) => state().tasks.find((each) => each.key === key);

  const run: LiveRun = {
    id,
    abort,
    again,
    ticked: new Set(),
    append,
    now: awake.now,
    close: awake.dispose,
    task,
    get state() {
      return state();
    },
    get isPaused() {
      return paused;
    },
    get isStopping() {
      return stopping;
    },
    async flush() {
      await log.flush();
    },
    pause() {
      if (paused || stopping) return;
      paused = true;
      append({ type: 'run.paused' });
    },
    unpause() {
      if (!paused) return;
      paused = false;
      append({ type: 'run.unpaused' });
      woken.fire();
    },
    stopAfter() {
      if (stopping) return;
      stopping = true;
      paused = false;
      append({ type: 'run.stopping' });
      woken.fire();
    },
    stop() {
      abort.abort(new Cancelled());
    },
    skip(key) {
      const found = task(key);
      if (found === undefined || found.phase === 'done' || found.phase === 'skipped') return;
      const running = active.get(key);
      skipped.add(key);
      again.delete(key);
      if (running) running.abort(new Cancelled());
      else append({ type: 'task.ended', task: key, phase: 'skipped', reason: SKIPPED });
      woken.fire();
    },
    retry(key, hint) {
      skipped.delete(key);
      again.set(key, hint);
      woken.fire();
    },
    begin(key) {
      const own = createAbort(abort.signal);
      active.set(key, own);
      again.delete(key);
      return own;
    },
    end(key) {
      active.get(key)?.release();
      active.delete(key);
      skipped.delete(key);
      woken.fire();
    },
    isSkipped: (key) => skipped.has(key),
    next: () => once(woken.event, abort),
    async unpaused() {
      while (paused) await once(woken.event, abort);
      abort.signal.throwIfAborted();
    },
  };
  return run;
}

function once(event: Event<void>, { signal }: Abort): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      heard.dispose();
      reject(signal.reason);
    };
    const heard = event(() => {
      heard.dispose();
      signal.removeEventListener('abort', stop);
      resolve();
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
