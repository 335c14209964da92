/** The doing of a restore, and whether it may be done now. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { titleOf } from '../../../core/agent/session/sessionState';
import type { Checkpoint, RestorePlan, RestoreScope } from '../../../core/checkpoints/model';
import { basename } from '../../../core/util/path';
import type { Host } from '../../host';
import { files } from './words';

/** Throws an `ActError` that says why files of a folder are not to be changed now. */
export function mayRestore({ core }: Host, root: string): void {
  if (!core.ports.trust.trusted)
    throw new ActError(
      'untrusted',
      'This workspace is restricted, so no file in it is changed. Trust it, then restore.',
    );
  const session = core.sessions.known.find(
    ({ state }) => state.status === 'running' && state.started.root === root,
  );
  if (session?.state.changes.set?.state === 'open')
    throw new ActError(
      'busy',
      `“${titleOf(session.state)}” waits for your review of its changes. Keep or refuse them before you restore.`,
    );
  // A run that waits for the person may well wait for just this.
  const run = core.runs.known.find(
    (each) => each.root === root && (each.status === 'running' || each.status === 'stopping'),
  );
  const busy = session ? `“${titleOf(session.state)}”` : run && `A run of ${basename(run.spec)}`;
  if (busy !== undefined)
    throw new ActError(
      'busy',
      `${busy} is still working in this folder. Stop it, or wait for it, before you restore.`,
    );
}

/** In a large folder it takes a moment to see what is different. */
export function makePlan(
  { core }: Host,
  root: string,
  checkpoint: string,
  scope: RestoreScope,
): Thenable<RestorePlan> {
  const options = { location: vscode.ProgressLocation.Window, title: 'Looking at what would be restored …' };
  return vscode.window.withProgress(options, () => core.checkpoints.plan(root, checkpoint, scope));
}

export function carryOut({ core }: Host, plan: RestorePlan): Thenable<Checkpoint> {
  const title = `Restoring ${files(plan.steps.length)} …`;
  const options = { location: vscode.ProgressLocation.Notification, title };
  return vscode.window.withProgress(options, () => core.checkpoints.restore(plan));
}
