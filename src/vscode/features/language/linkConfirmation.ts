/** A person's word that the links of a document are right for the criteria as they are now. */
import * as vscode from 'vscode';
import type { DocumentKind, DocumentSnapshot, SpecDocument } from '../../../core/spec/model';
import { evidenceIn } from '../../../core/spec/requirements/evidence';
import { pickDocument } from '../../adapters/specTarget';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';

const OF_CODE = 'The criteria and their places in the code are confirmed';
const TOLD: Readonly<Record<DocumentKind, string>> = {
  requirements: OF_CODE,
  bugfix: OF_CODE,
  design: 'The links of design.md are confirmed',
  tasks: 'The links of tasks.md, tests and code are confirmed',
};

export function registerLinkConfirmation(host: Host): vscode.Disposable {
  return host.command(COMMANDS.confirmLinks, async (argument) => {
    const linking = ({ text, document }: DocumentSnapshot) => text !== undefined && hasLinks(document);
    const picked = await pickDocument(host.core, argument, 'Confirm Links', linking);
    if (!picked || !linking(picked.document)) return;
    await host.core.trace.confirm(picked.spec, [picked.document.kind]);
    const told = `${TOLD[picked.document.kind]} as they are now.`;
    void vscode.window.showInformationMessage(told);
  });
}

/** Of requirements, only evidence in code is a link. */
function hasLinks(document: SpecDocument | undefined): boolean {
  if (document?.kind === 'design' || document?.kind === 'tasks') return true;
  return document !== undefined && (evidenceIn(document)?.length ?? 0) > 0;
}
