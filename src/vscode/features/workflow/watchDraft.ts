/** Shows that a document is being written, with Cancel; what went wrong is said with the way on. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { SessionStarted } from '../../../core/agent/session/events';
import type { DocumentKind } from '../../../core/spec/model';
import { Cancelled } from '../../../core/util/abort';
import { errorMessage } from '../../../core/util/errorMessage';
import type { Draft } from '../../../core/workflow/drafting/drafting';
import { showError, showWarning } from '../../adapters/messages';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { runAsTask } from './singleTask';

const AS_TASK = 'Do It as a Single Task';
const ANYWAY = 'Write the Spec';

/** Throws `Cancelled` when the document did not come to be: the caller stops quietly. */
export async function watchDraft(host: Host, draft: Draft, title: string): Promise<void> {
  const { core, log } = host;
  try {
    await withCancel(host, draft, title, draft.done);
  } catch (error) {
    const state = core.sessions.get(draft.session);
    if (state?.status !== 'cancelled') {
      log.error(`${title}: ${errorMessage(error)}`);
      const { started } = state ?? {};
      if (error instanceof ActError && error.reason === 'tooSmall' && started)
        void offerTask(host, started, error).catch(host.report);
      else void offerRetry(started, error);
    }
    throw new Cancelled();
  }
}

/** @param work whose session is stopped by Cancel: the one that runs then */
export function withCancel<T>(
  { core }: Host,
  work: { readonly session: string },
  title: string,
  done: Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
    token.onCancellationRequested(() => core.sessions.stop(work.session));
    return done;
  });
}

/** The model says that the change needs no spec, so none was made; the person says what is done. */
async function offerTask(
  host: Host,
  { root, spec = '', document = 'requirements.md', idea = '' }: SessionStarted,
  error: ActError,
): Promise<void> {
  const choice = await showWarning(error.message, AS_TASK, ANYWAY);
  if (choice === AS_TASK) return runAsTask(host, root, idea);
  if (choice !== ANYWAY) return;
  const kind = document.replace(/\.md$/, '') as DocumentKind;
  const draft = await host.core.workflow.draft(spec, kind, true);
  await watchDraft(host, draft, `Writing ${document}`);
  await vscode.commands.executeCommand(COMMANDS.review, { spec, kind });
}

async function offerRetry(started: SessionStarted | undefined, error: unknown): Promise<void> {
  const choices = started?.kind === 'draft' ? ['Retry', 'Show Agent'] : ['Show Agent'];
  const choice = await showError(errorMessage(error), ...choices);
  if (choice === 'Show Agent') await vscode.commands.executeCommand(COMMANDS.showAgent);
  if (choice === 'Retry') {
    const kind = started?.document?.replace(/\.md$/, '');
    await vscode.commands.executeCommand(COMMANDS.draft, { spec: started?.spec, kind });
  }
}
