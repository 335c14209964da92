import * as z from 'zod';
import type { ProcessRunner, SandboxState } from '../../ports';
import type { PermissionQuestion } from '../session/events';
import { defineTool, ToolRefusal } from '../tool';
import { showEnded } from './processOutput';

const DEFAULT_SECONDS = 120;

export const runCommand = defineTool({
  name: 'run_command',
  description:
    'Runs a shell command in the workspace folder, without input, to its end; gives its exit code and output. Ended after timeoutSeconds.',
  input: z.object({
    command: z.string().min(1),
    timeoutSeconds: z.int().min(1).max(1800).default(DEFAULT_SECONDS),
  }),
  async prepare({ command, timeoutSeconds }, { root, processes, background, onOutput }) {
    return {
      question: await runQuestion(command, processes),
      async perform(signal) {
        const run = {
          command,
          cwd: root,
          timeout: timeoutSeconds * 1000,
          onOutput,
          sandboxed: true,
        } as const;
        const result = await processes.run(run, signal);
        signal.throwIfAborted();
        const end =
          result.outcome === 'timedOut'
            ? `Ended after ${timeoutSeconds} s without finishing.`
            : `Exit code ${result.exitCode ?? 'none'}.`;
        return {
          ok: result.exitCode === 0,
          output: `${showEnded(result, background)}\n[${end}]`.trimStart(),
        };
      },
    };
  },
});

/** A command is the same question whichever tool runs it. */
export async function runQuestion(command: string, processes: ProcessRunner): Promise<PermissionQuestion> {
  const state = (await processes.sandbox?.()) ?? { kind: 'off' };
  if (state.kind === 'unavailable' && state.required)
    throw new ToolRefusal(
      `Commands run in a sandbox only, and there is none: ${state.why}. Go on without it.`,
    );
  return {
    subject: command,
    capability: 'run',
    where: `the workspace folder, ${placeOf(state)}`,
    why: state.kind === 'on' ? 'Runs a command' : 'Commands can do anything that you can do',
  };
}

function placeOf(state: SandboxState): string {
  if (state.kind === 'off') return 'not sandboxed';
  if (state.kind === 'unavailable') return `not sandboxed, because ${state.why}`;
  const reach = state.hosts.length === 0 ? 'no network' : `only ${state.hosts.join(', ')} on the network`;
  return `sandboxed: it can write only there, and reach ${reach}`;
}
