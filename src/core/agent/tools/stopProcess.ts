import * as z from 'zod';
import { defineTool } from '../tool';
import { backgroundOf, showOutput } from './processOutput';

export const stopProcess = defineTool({
  name: 'stop_process',
  description: 'Ends a started process with all its children; gives the rest of its output.',
  input: z.object({ process: z.string() }),
  async prepare({ process: id }, context) {
    const process = backgroundOf(context).get(id);
    return {
      // What it started it may end.
      question: undefined,
      async perform() {
        await process.stop();
        return { ok: true, output: showOutput(process) };
      },
    };
  },
});
