/** The notice after a restore, and the way back from it: undone, and that done again. */
import * as vscode from 'vscode';
import type { Checkpoint, RestorePlan, RestoreScope } from '../../../core/checkpoints/model';
import { showInfo } from '../../adapters/messages';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { carryOut, makePlan, mayRestore } from './carryOut';
import { compare } from './compare';
import { previewPlan } from './preview';
import { saveUnsaved } from './saveUnsaved';
import { files } from './words';

export interface Restored {
  /** The state before. */
  readonly undo: Checkpoint;
  readonly plan: RestorePlan;
  readonly message: string;
  /** The sessions that were shown before and after. */
  readonly conversation?: { readonly before: string; readonly after: string };
  readonly isUndone?: boolean;
}

export async function tellDone(host: Host, restored: Restored): Promise<void> {
  const look = 'Show Changes';
  const back = restored.isUndone ? 'Redo' : 'Undo';
  const { undo, plan, message } = restored;
  const answer = await showInfo(message, back, look);
  try {
    if (answer === look)
      await compare(host, { root: plan.root, from: undo.id, to: undefined }, 'What the restore changed');
    if (answer === back) await takeBack(host, restored);
  } catch (error) {
    host.report(error);
  }
}

/** Only what the restore wrote; what a person changed there meanwhile is shown before it goes. */
async function takeBack(host: Host, restored: Restored): Promise<void> {
  const { undo, plan: before, conversation } = restored;
  mayRestore(host, before.root);
  const scope: RestoreScope = { kind: 'paths', paths: before.steps.map(({ path }) => path) };
  if (!(await saveUnsaved(before.root, scope))) return;
  const plan = await makePlan(host, before.root, undo.id, scope);
  if (plan.steps.length === 0)
    return void showInfo('Nothing to take back: the files are as they were before already.');
  const own = plan.steps.some(({ byPerson }) => byPerson);
  const steps = own ? await previewPlan(host, plan, 'before that') : plan.steps;
  if (!steps || steps.length === 0) return;
  const chosen = { ...plan, steps };
  const again = await carryOut(host, chosen);
  const isUndone = !restored.isUndone;
  if (conversation)
    await vscode.commands.executeCommand(
      COMMANDS.showAgent,
      isUndone ? conversation.before : conversation.after,
    );
  const message = `${isUndone ? 'The restore is undone' : 'Restored again'}: ${files(steps.length)}.`;
  void tellDone(host, { ...restored, undo: again, plan: chosen, message, isUndone });
}
