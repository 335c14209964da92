import * as z from 'zod';
import { defineTool, reading } from '../tool';

/** What it says is in its input: the view draws the latest. */
export const plan = defineTool({
  name: 'plan',
  description:
    'Shows the person your steps and how many are done. For work of several steps: at its start, and after each step.',
  reads: true,
  input: z.object({
    steps: z.array(z.string().min(1).max(120)).min(1).max(12),
    done: z.int().min(0),
  }),
  async prepare({ steps, done }) {
    const next = steps[done];
    return reading(async () => (next === undefined ? 'All steps are done.' : `Next: ${next}`));
  },
});
