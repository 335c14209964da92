import * as z from 'zod';
import { defineTool } from '../tool';
import { backgroundOf, showOutput } from './processOutput';
import { runQuestion } from './runCommand';

/** Milliseconds for a first word, or a failure at once. */
const FIRST = 1000;

export const startProcess = defineTool({
  name: 'start_process',
  description:
    'Starts a shell command that keeps running, such as a server, and gives its id; ended with this session.',
  input: z.object({ command: z.string().min(1) }),
  async prepare({ command }, context) {
    const background = backgroundOf(context);
    return {
      question: await runQuestion(command, context.processes),
      async perform(signal) {
        const process = background.start(command, context.root);
        await process.wait(FIRST, signal);
        const ok = process.result === undefined || process.result.exitCode === 0;
        return { ok, output: `Started ${process.id}.\n${showOutput(process)}` };
      },
    };
  },
});
