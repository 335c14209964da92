/** Shows that a document is being written, with Cancel; what went wrong is said with the way on. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
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
      const { root, spec, document } = state?.started ?? {};
      if (error instanceof ActError && error.reason === 'tooSmall' && root && spec)
        void offerTask(host, root, spec, document, error).catch(host.report);
      else void offerRetry(spec, state?.started.kind === 'draft', document, error);
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

/** The model says that the change needs no spec; the person says what is done. */
async function offerTask(
  host: Host,
  root: string,
  spec: string,
  document: string | undefined,
  error: ActError,
): Promise<void> {
  const choice = await showWarning(error.message, AS_TASK, ANYWAY);
  if (choice !== ANYWAY) {
    // Nothing was written: an empty spec would be listed that nobody wants.
    const idea = await host.core.workflow.withdraw(spec);
    return choice === AS_TASK ? runAsTask(host, root, idea) : undefined;
  }
  const kind = (document ?? 'requirements.md').replace(/\.md$/, '') as DocumentKind;
  const draft = await host.core.workflow.draft(spec, kind, true);
  await watchDraft(host, draft, `Writing ${document}`);
  await vscode.commands.executeCommand(COMMANDS.review, { spec, kind });
}

async function offerRetry(
  spec: string | undefined,
  isDraft: boolean,
  document: string | undefined,
  error: unknown,
): Promise<void> {
  const choices = isDraft ? ['Retry', 'Show Agent'] : ['Show Agent'];
  const choice = await showError(errorMessage(error), ...choices);
  if (choice === 'Show Agent') await vscode.commands.executeCommand(COMMANDS.showAgent);
  if (choice === 'Retry') {
    await vscode.commands.executeCommand(COMMANDS.draft, { spec, kind: document?.replace(/\.md$/, '') });
  }
}
