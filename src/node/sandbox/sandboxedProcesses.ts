import type { CommandResult, ProcessRunner } from '../../core/ports';
import { errorMessage } from '../../core/util/errorMessage';
import type { Sandbox } from './sandbox';

/** The same runner, with the agent's own commands in the sandbox where there is one. */
export function createSandboxedProcesses(inner: ProcessRunner, sandbox: Sandbox): ProcessRunner {
  return {
    owner: inner.owner,
    isAlive: (owner) => inner.isAlive(owner),
    sandbox: () => sandbox.state(),
    async run(command, signal) {
      if (!command.sandboxed) return inner.run(command, signal);
      const state = await sandbox.state();
      if (state.kind === 'unavailable' && state.required) return notRun(state.why);
      if (state.kind !== 'on') return inner.run(command, signal);
      try {
        return await inner.run(
          { ...command, command: await sandbox.wrap(command.command, command.cwd) },
          signal,
        );
      } catch (error) {
        // Never outside of it instead.
        return notRun(errorMessage(error));
      }
    },
  };
}

function notRun(why: string): CommandResult {
  const output = `It was not run: commands run in a sandbox only, and there is none: ${why}.`;
  return { exitCode: undefined, outcome: 'notStarted', output, stderr: output, durationMs: 0 };
}
