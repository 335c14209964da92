import * as z from 'zod';
import { documentsOf } from '../../spec/documentsOf';
import type { Spec } from '../../spec/model';
import type { AbortSignal } from '../../util/abort';
import { defineTool, reading, type SpecAccess, type ToolContext, ToolRefusal } from '../tool';
import { describeCriterion, describeFindings, describeTask, describeTrace } from './specWords';

export const spec = defineTool({
  name: 'spec',
  description:
    'Looks into a specification: a criterion or requirement; what covers it (trace: properties, tasks, tests, code); a task; the findings of its checks. Without id an overview.',
  reads: true,
  input: z.object({
    action: z.enum(['criterion', 'trace', 'task', 'findings']),
    id: z.string().min(1).optional().describe('2.1'),
    spec: z.string().min(1).optional().describe('Its name, if not that of this task'),
  }),
  async prepare({ action, id, spec: name }, context) {
    return reading((signal) => describe(context.spec, specOf(context, name), action, id, signal));
  },
});

/** The one that is named, that of the task, or the only one. */
function specOf({ spec: access, root }: ToolContext, name: string | undefined): Spec {
  // A task may work in a copy of the workspace folder.
  const home = access?.spec?.root ?? root;
  const all = access?.all().filter((each) => each.root === home) ?? [];
  const own = access?.spec ?? (all.length === 1 ? all[0] : undefined);
  const found = name === undefined || name === own?.name ? own : all.find((each) => each.name === name);
  if (found) return found;
  if (all.length === 0) throw new ToolRefusal('This session works on no specification.');
  const names = all.map((each) => each.name).join(', ');
  throw new ToolRefusal(
    name === undefined
      ? `Name one with “spec”: ${names}.`
      : `There is no specification ${name}. There are ${names}.`,
  );
}

async function describe(
  access: SpecAccess | undefined,
  spec: Spec,
  action: 'criterion' | 'trace' | 'task' | 'findings',
  id: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (action === 'findings') return describeFindings(spec);
  if (action === 'trace') {
    if (!access) throw new ToolRefusal('Nothing is traced here.');
    return describeTrace(await access.trace(spec, signal), id);
  }
  const documents = documentsOf(spec.documents);
  return action === 'task' ? describeTask(documents, id) : describeCriterion(documents, id);
}
