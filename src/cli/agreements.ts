/** What must be agreed to on this machine before a task runs. */
import type { Core } from '../core';
import { ActError } from '../core/actError';
import type { Spec, Task } from '../core/spec/model';
import { checksOf } from './taskPlan';

/**
 * Before the model is asked for anything: an agent whose work cannot be proved works for nothing. Whoever sits there is
 * asked task by task.
 */
export async function agreeToChecks(
  { consents, ports }: Core,
  spec: Spec,
  tasks: readonly Task[],
  agree: boolean,
): Promise<void> {
  const missing: string[] = [];
  for (const command of await checksOf(ports.files, spec, tasks)) {
    if (await consents.has('check', spec.root, command)) continue;
    if (agree) await consents.grant('check', spec.root, command);
    else missing.push(command);
  }
  if (missing.length === 0 || ports.person.present) return;
  const list = missing.map((command) => `  ${command}`).join('\n');
  throw new ActError(
    'refused',
    `Nobody agreed on this machine to run what is to prove this:\n${list}\nRead it, then add --agree-check to agree to exactly that.`,
  );
}

/** Says which option runs documents that nobody approved. */
export async function orSayHow<T>(run: Promise<T>): Promise<T> {
  try {
    return await run;
  } catch (error) {
    if (!(error instanceof ActError) || error.reason !== 'notApproved') throw error;
    const hint = 'Approve in the editor, or add --run-unapproved to run from the documents as they are now.';
    throw new ActError('notApproved', `${error.message} ${hint}`, error);
  }
}
