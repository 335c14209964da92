import * as z from 'zod';
import { documentsOf } from '../../spec/readSpec';
import type { AbortSignal } from '../../util/abort';
import { defineTool, reading, type ToolContext, ToolRefusal } from '../tool';
import { describeCriterion, describeFindings, describeTask, describeTrace } from './specWords';

export const spec = defineTool({
  name: 'spec',
  description:
    'Looks into the specification of this task: a criterion or requirement; what covers it (trace: properties, tasks, tests, code); a task; the findings of its checks. Without id an overview.',
  reads: true,
  input: z.object({
    action: z.enum(['criterion', 'trace', 'task', 'findings']),
    id: z.string().min(1).optional().describe('2.1'),
  }),
  async prepare({ action, id }, context) {
    return reading((signal) => describe(context, action, id, signal));
  },
});

async function describe(
  { spec }: ToolContext,
  action: 'criterion' | 'trace' | 'task' | 'findings',
  id: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (!spec) throw new ToolRefusal('This session works on no specification.');
  if (action === 'findings') return describeFindings(spec.spec);
  if (action === 'trace') return describeTrace(await spec.trace(signal), id);
  const documents = documentsOf(spec.spec.documents);
  return action === 'task' ? describeTask(documents, id) : describeCriterion(documents, id);
}
