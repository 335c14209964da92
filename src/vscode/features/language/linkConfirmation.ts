/** A person's word that the links of a document are right for the criteria as they are now. */
import * as vscode from 'vscode';
import { pickDocument } from '../../adapters/specTarget';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';

export function registerLinkConfirmation(host: Host): vscode.Disposable {
  return host.command(COMMANDS.confirmLinks, async (argument) => {
    const linking = ({ kind, text }: { kind: string; text: string | undefined }) =>
      (kind === 'design' || kind === 'tasks') && text !== undefined;
    const picked = await pickDocument(host.core, argument, 'Confirm Links', linking);
    if (!picked || !linking(picked.document)) return;
    await host.core.trace.confirm(picked.spec, [picked.document.kind]);
    const what =
      picked.document.kind === 'tasks'
        ? 'The links of tasks.md, and of the tests and code that name its criteria,'
        : 'The links of design.md';
    void vscode.window.showInformationMessage(`${what} are confirmed for the criteria as they are now.`);
  });
}
