import * as z from 'zod';
import { defineTool, type ToolOutcome } from '../tool';

const NOBODY: ToolOutcome = {
  ok: false,
  output:
    'Nobody is there to answer. Choose what is safest and easiest to change later, and say at the end what you chose.',
};

export const askUser = defineTool({
  name: 'ask_user',
  description:
    'Asks the person, who takes an option or answers in words. Only for what neither the specification nor the code can tell.',
  // Nothing changes: after an interruption it is simply asked again.
  reads: true,
  input: z.object({
    question: z.string().min(1).max(2000),
    options: z.array(z.string().min(1).max(200)).max(5).default([]),
  }),
  async prepare(choice, { ask }) {
    return {
      question: undefined,
      perform: async () => (ask ? { ok: true, output: `The person answers: ${await ask(choice)}` } : NOBODY),
    };
  },
});
