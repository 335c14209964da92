/** Shows that a document is being written, with Cancel; what went wrong is said with the way on. */
import * as vscode from 'vscode';
import { Cancelled } from '../../../core/util/abort';
import { errorMessage } from '../../../core/util/errorMessage';
import type { Draft } from '../../../core/workflow/drafting';
import { showError } from '../../adapters/messages';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';

/** Throws `Cancelled` when the document did not come to be: the caller stops quietly. */
export async function watchDraft(
  { core, log }: Host,
  { session, done }: Draft,
  title: string,
): Promise<void> {
  try {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (_, token) => {
        token.onCancellationRequested(() => core.sessions.stop(session));
        return done;
      },
    );
  } catch (error) {
    const state = core.sessions.get(session);
    if (state?.status !== 'cancelled') {
      log.error(`${title}: ${errorMessage(error)}`);
      void offerRetry(state?.started.spec, state?.started.kind === 'draft', state?.started.document, error);
    }
    throw new Cancelled();
  }
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
