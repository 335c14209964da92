/** What must be agreed to on this machine before a task runs. */
import type { Core } from '../core';
import { ActError } from '../core/actError';
import type { Spec, Task } from '../core/spec/model';
import type { Check } from '../core/tasks/evidence/model';
import type { Output } from './output';
import { checksOf } from './taskPlan';

/**
 * Before the model is asked for anything: an agent whose work cannot be proved works for nothing. Whoever sits there is
 * asked by the run, once. Types and lint only add to what proves: without them it runs, and it is said.
 */
export async function agreeToChecks(
  { consents, ports }: Core,
  spec: Spec,
  tasks: readonly Task[],
  agree: boolean,
  out: Pick<Output, 'say'>,
): Promise<void> {
  const missing: Check[] = [];
  for (const check of await checksOf(ports.files, spec, tasks)) {
    if (await consents.has('check', spec.root, check.command)) continue;
    if (agree) await consents.grant('check', spec.root, check.command);
    else missing.push(check);
  }
  if (missing.length === 0 || ports.person.present) return;
  const list = missing.map(({ command }) => `  ${command}`).join('\n');
  const needTests = tasks.some(({ verify }) => verify === undefined);
  if (missing.some(({ kind }) => kind === 'verify' || (kind === 'test' && needTests)))
    throw new ActError(
      'refused',
      `Nobody agreed on this machine to run what is to prove this:\n${list}\nRead it, then add --agree-check to agree to exactly that.`,
    );
  out.say(`Not run, since nobody agreed to it on this machine (--agree-check does):\n${list}`);
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
