/** Commands that go on while the agent does other things: a server, a watcher. They end with the session at the latest. */
import type { Clock, CommandResult, ProcessRunner } from '../../ports';
import { type AbortSignal, Cancelled, createAbort } from '../../util/abort';
import { createRecentText, type TextPart } from '../recentText';
import { ToolRefusal } from './toolRefusal';

/** Running at once. */
const MOST = 8;

export interface BackgroundProcess {
  /** As the model calls it: `p1`. */
  readonly id: string;
  /** Undefined while it runs. */
  readonly result: CommandResult | undefined;
  /** Output from there, or from where the last read ended. */
  read(limit: number, offset?: number): TextPart;
  /** Resolves when there is something to read, it has ended, or the time is over. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Ends it with all that it started; resolves when it has ended. */
  stop(): Promise<void>;
}

export interface Background {
  start(command: string, cwd: string): BackgroundProcess;
  /** The output of a command that has ended, to be read on from. */
  keep(result: CommandResult): BackgroundProcess;
  /** Refuses an id that nothing was started with. */
  get(id: string): BackgroundProcess;
  endAll(): Promise<void>;
}

export type BackgroundPorts = { readonly processes: ProcessRunner; readonly clock: Clock };

export function createBackground(ports: BackgroundPorts): Background {
  const all = new Map<string, BackgroundProcess>();
  return {
    start(command, cwd) {
      const running = [...all.values()].filter(({ result }) => !result).map(({ id }) => id);
      if (running.length >= MOST)
        throw new ToolRefusal(`${running.join(', ')} run already. Stop one of them first.`);
      const process = startProcess(`p${all.size + 1}`, ports, command, cwd);
      all.set(process.id, process);
      return process;
    },
    keep(result) {
      const process = endedProcess(`p${all.size + 1}`, result);
      all.set(process.id, process);
      return process;
    },
    get(id) {
      const process = all.get(id);
      if (process) return process;
      const known =
        all.size === 0 ? 'None was started in this session.' : `There are ${[...all.keys()].join(', ')}.`;
      throw new ToolRefusal(`There is no process ${id}. ${known}`);
    },
    async endAll() {
      await Promise.all([...all.values()].map((process) => process.stop()));
    },
  };
}

/** With what it started gone when the work is over, however that ends. */
export async function withBackground<T>(
  ports: BackgroundPorts,
  work: (background: Background) => Promise<T>,
): Promise<T> {
  const background = createBackground(ports);
  try {
    return await work(background);
  } finally {
    await background.endAll();
  }
}

function endedProcess(id: string, result: CommandResult): BackgroundProcess {
  const output = createRecentText();
  output.add(result.output);
  let position = 0;
  return {
    id,
    result,
    read(limit, offset = position) {
      const part = output.read(offset, limit);
      position = part.end;
      return part;
    },
    wait: async () => {},
    stop: async () => {},
  };
}

function startProcess(
  id: string,
  { processes, clock }: BackgroundPorts,
  command: string,
  cwd: string,
): BackgroundProcess {
  const abort = createAbort();
  const output = createRecentText();
  const waiting = new Set<() => void>();
  let position = 0;
  let result: CommandResult | undefined;
  const wake = () => {
    for (const resolve of waiting) resolve();
  };
  const onOutput = (text: string) => {
    output.add(text);
    wake();
  };
  const ended = processes.run({ command, cwd, onOutput, sandboxed: true }, abort.signal).then((end) => {
    result = end;
    // What the system says about a command that it could not start was not printed by it.
    if (end.outcome === 'notStarted') output.add(end.output);
    wake();
  });
  return {
    id,
    get result() {
      return result;
    },
    read(limit, offset = position) {
      const part = output.read(offset, limit);
      position = part.end;
      return part;
    },
    async wait(ms, signal) {
      if (result || output.length > position) return;
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        const done = () => {
          timer.dispose();
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = clock.after(ms, done);
        waiting.add(done);
        signal.addEventListener('abort', done, { once: true });
      });
      signal.throwIfAborted();
    },
    async stop() {
      abort.abort(new Cancelled());
      await ended;
    },
  };
}
