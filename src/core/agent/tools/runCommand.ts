import * as z from 'zod';
import type { PermissionQuestion } from '../events';
import { defineTool } from '../tool';

const DEFAULT_SECONDS = 120;

export const runCommand = defineTool({
  name: 'run_command',
  description:
    'Runs a shell command in the workspace folder, without input, to its end; gives its exit code and output. Ended after timeoutSeconds.',
  input: z.object({
    command: z.string().min(1),
    timeoutSeconds: z.int().min(1).max(1800).default(DEFAULT_SECONDS),
  }),
  async prepare({ command, timeoutSeconds }, { root, processes, onOutput }) {
    return {
      question: runQuestion(command),
      async perform(signal) {
        const run = { command, cwd: root, timeout: timeoutSeconds * 1000, onOutput };
        const result = await processes.run(run, signal);
        signal.throwIfAborted();
        const end =
          result.outcome === 'timedOut'
            ? `Ended after ${timeoutSeconds} s without finishing.`
            : `Exit code ${result.exitCode ?? 'none'}.`;
        return { ok: result.exitCode === 0, output: `${result.output.trimEnd()}\n[${end}]`.trimStart() };
      },
    };
  },
});

/** A command is the same question whichever tool runs it. */
export function runQuestion(command: string): PermissionQuestion {
  return {
    subject: command,
    capability: 'run',
    where: 'the workspace folder, not sandboxed',
    why: 'Commands can do anything that you can do',
  };
}
