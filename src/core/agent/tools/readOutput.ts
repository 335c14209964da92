import * as z from 'zod';
import { defineTool, reading } from '../tool';
import { backgroundOf, showOutput } from './processOutput';

const MOST_SECONDS = 300;

export const readOutput = defineTool({
  name: 'read_output',
  description:
    'Reads what a started process printed since the last read, or from offset, and whether it runs. Waits up to waitSeconds for something new.',
  reads: true,
  input: z.object({
    process: z.string(),
    offset: z.int().min(0).optional(),
    waitSeconds: z.number().min(0).max(MOST_SECONDS).default(0),
  }),
  async prepare({ process: id, offset, waitSeconds }, context) {
    const process = backgroundOf(context).get(id);
    return reading(async (signal) => {
      if (waitSeconds > 0 && offset === undefined) await process.wait(waitSeconds * 1000, signal);
      return showOutput(process, offset);
    });
  },
});
