/**
 * Hooks of a command whose agent works. No port watches files here, so they are watched as long as it works, if a hook wants
 * to know: what the agent's tools, its commands and other hooks write is heard alike. All that was fired ends before the
 * program does.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Hook, HookRun } from '../core/hooks/model';
import { hearsOfFiles } from '../core/hooks/triggers';
import type { Disposable } from '../core/util/disposable';
import type { Arguments, Terminal } from './command';
import type { CliCore } from './createCliCore';
import type { Output } from './output';
import { oneLine } from './printable';

/** Milliseconds that the watcher gathers, and after which it has told of what was written. */
const [GATHER, REST] = [50, 200];
/** How often what hooks wrote may fire others; something that writes for ever must not keep the program. */
const ROUNDS = 10;

export async function withHooks<T>(
  cli: CliCore,
  args: Arguments,
  terminal: Terminal,
  work: () => Promise<T>,
  /** Whose run is shown by the command itself. */
  own?: string,
): Promise<T> {
  const { hooks } = cli.core;
  const { out, signal } = terminal;
  await hooks.ready;
  const ear = await listen(cli, args.has('agree-hooks'), out);
  const shown = showRuns(cli, own, out);
  const stop = () => {
    for (const { id } of hooks.all) hooks.stop(id);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const result = await work();
    for (let round = 0, before = -1; round < ROUNDS && !signal.aborted && before !== ear.heard(); round++) {
      before = ear.heard();
      if (ear.isOpen) await delay(REST);
      await hooks.settled();
    }
    return result;
  } finally {
    signal.removeEventListener('abort', stop);
    shown.dispose();
    ear.dispose();
  }
}

interface Ear extends Disposable {
  readonly isOpen: boolean;
  /** Changes so far. */
  heard(): number;
}

async function listen({ core, root, prompt }: CliCore, isAgreed: boolean, out: Output): Promise<Ear> {
  const { hooks, ports } = core;
  const wanting = hooks.all.filter(({ enabled, trigger }) => enabled && hearsOfFiles(trigger));
  if (hooks.off !== undefined || wanting.length === 0) return { isOpen: false, heard: () => 0, dispose() {} };
  const nobody = 'nobody agreed to it on this machine (--agree-hooks).';
  for (const hook of wanting) {
    const forbidden = ports.administration?.hookVerdict(hook);
    const waits = !prompt && !isAgreed && !hooks.isAgreed(hook.id);
    if (forbidden !== undefined || waits)
      out.say(`The hook “${hook.name}” does not run: ${forbidden ?? nobody}`);
  }
  const { createNodeWatcher } = await import('../node/nodeWatcher');
  const watcher = createNodeWatcher({
    debounceMs: GATHER,
    onError: (error) => ports.log.warn('Not every folder can be watched for hooks', error),
  });
  let heard = 0;
  const watching = watcher.watch(root, (change) => {
    heard++;
    hooks.heard(root, change).catch((error: unknown) => ports.log.error('A file event failed', error));
  });
  return { isOpen: true, heard: () => heard, dispose: () => watching.dispose() };
}

/** Those of no session: a session tells of its own. */
function showRuns({ core: { hooks } }: CliCore, own: string | undefined, out: Output): Disposable {
  const seen = new Map(hooks.all.map(({ id }) => [id, hooks.lastRun(id)]));
  return hooks.onDidChange(() => {
    for (const hook of hooks.all) {
      const last = hooks.lastRun(hook.id);
      if (last === undefined || last === seen.get(hook.id)) continue;
      seen.set(hook.id, last);
      if (last.within === undefined && hook.id !== own) out.say(wordsOf(hook, last));
    }
  });
}

function wordsOf({ name }: Hook, { outcome, exitCode, durationMs, files, output }: HookRun): string {
  const code = outcome === 'failed' && exitCode !== undefined ? ` with exit code ${exitCode}` : '';
  const [first, ...others] = files;
  const about =
    first === undefined ? '' : `, ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  const how = { passed: 'passed', failed: 'failed', timedOut: 'took too long', cancelled: 'was stopped' }[
    outcome
  ];
  const said = outcome === 'passed' || output.trim() === '' ? '' : `: ${oneLine(output.trim(), 300)}`;
  return `Hook “${name}” ${how}${code} (${(durationMs / 1000).toFixed(1)} s${about})${said}`;
}
