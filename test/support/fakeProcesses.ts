import type { CommandResult, ProcessRunner, RunCommand } from '../../src/core/ports';

/** What a command does: an exit code, or more. `hold` keeps it running until it settles or is cancelled. */
export type CommandScript = number | (Partial<CommandResult> & { readonly hold?: Promise<unknown> });

export interface FakeProcesses extends ProcessRunner {
  readonly runs: readonly RunCommand[];
  /** Owners that still live, besides this one. */
  readonly alive: Set<string>;
}

export type CommandScripts =
  | Readonly<Record<string, CommandScript>>
  | ((command: RunCommand, index: number) => CommandScript | Promise<CommandScript>);

/** The `ProcessRunner` port from a script: command line → what comes of it. Unknown commands exit with 127. */
export function createFakeProcesses(scripts: CommandScripts = {}): FakeProcesses {
  const runs: RunCommand[] = [];
  const alive = new Set<string>();
  const owner = 'test-process';

  async function scriptOf(command: RunCommand): Promise<CommandScript> {
    if (typeof scripts === 'function') return scripts(command, runs.length - 1);
    return scripts[command.command] ?? { exitCode: 127, stderr: `${command.command}: not found` };
  }

  return {
    owner,
    runs,
    alive,
    isAlive: (token) => token === owner || alive.has(token),
    async run(command, signal) {
      runs.push(command);
      if (signal?.aborted) return toResult({ exitCode: undefined, outcome: 'cancelled' });
      const script = await scriptOf(command);
      if (typeof script === 'number') return toResult({ exitCode: script });
      if (script.output) command.onOutput?.(script.output);
      if (script.hold) {
        const cancelled = new Promise<true>((resolve) => {
          signal?.addEventListener('abort', () => resolve(true), { once: true });
        });
        if ((await Promise.race([script.hold, cancelled])) === true && signal?.aborted) {
          return toResult({ ...script, exitCode: undefined, outcome: 'cancelled' });
        }
      }
      return toResult(script);
    },
  };
}

function toResult(script: Partial<CommandResult>): CommandResult {
  const { outcome = 'exited', stderr = '', output = stderr, durationMs = 1 } = script;
  const exitCode = 'exitCode' in script ? script.exitCode : 0;
  return { exitCode, outcome, output, stderr, durationMs };
}
