/** From an idea to approved documents: the commands. What they mean is the core's `Workflow`. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { DocumentKind, DocumentSnapshot } from '../../../core/spec/model';
import { awaitsApproval, isAcceptable } from '../../../core/spec/phase';
import { FILE_NAMES } from '../../../core/spec/readSpec';
import { basename } from '../../../core/util/path';
import { agentState } from '../../adapters/agentOff';
import { isSpecTarget, pickDocument, pickSpec } from '../../adapters/specTarget';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { approvalDetail, approvingOf } from './approvalDetail';
import { newSpec, newSpecFrom } from './newSpec';
import { saveFirst } from './saveFirst';
import { registerUpkeep } from './upkeep';
import { watchDraft } from './watchDraft';

const ACCEPT = 'Let Them Count';

export const registerWorkflow: Feature = (host) =>
  vscode.Disposable.from(
    registerUpkeep(host),
    host.command(COMMANDS.newSpec, (idea, name, kind) => newSpec(host, idea, name, kind)),
    host.command(COMMANDS.newSpecFrom, (target) => newSpecFrom(host, target)),
    host.command(COMMANDS.draft, (target) => draft(host, target)),
    host.command(COMMANDS.approve, (target) => approve(host, target)),
    host.command(COMMANDS.approveAll, (target) => approveAll(host, target)),
    host.command(COMMANDS.acceptKey, (target) => acceptKey(host, target)),
    host.command(COMMANDS.requestChanges, (target, request) => requestChanges(host, target, request)),
  );

async function draft(host: Host, target: unknown): Promise<void> {
  // A spec whose first draft failed left no folder: it begins once more.
  const { specs } = host.core;
  if (isSpecTarget(target) && target.kind && !specs.get(target.spec) && !specs.find(target.spec))
    return draftAndReview(host, target.spec, target.kind);
  const picked = await pickDocument(
    host.core,
    target,
    'Draft',
    ({ state }) => state === 'missing' || state === 'incomplete',
  );
  if (!picked)
    throw new ActError('notFound', 'Every document of this spec is written. Ask for changes instead.');
  await draftAndReview(host, picked.spec.path, picked.document.kind);
}

async function draftAndReview(host: Host, spec: string, kind: DocumentKind): Promise<void> {
  const started = await host.core.workflow.draft(spec, kind);
  await watchDraft(host, started, `Writing ${FILE_NAMES[kind]} of ${basename(spec)}`);
  await vscode.commands.executeCommand(COMMANDS.review, { spec, kind });
}

async function approve(host: Host, target: unknown): Promise<void> {
  const open = ({ state }: DocumentSnapshot) => awaitsApproval(state);
  const picked = await pickDocument(host.core, target, 'Approve', open);
  if (!picked) throw new ActError('notFound', 'Nothing here waits for approval.');
  const { spec, document } = picked;
  if (document.state === 'approved') {
    void vscode.window.showInformationMessage(`${basename(document.path)} is approved as it stands.`);
    return;
  }
  await saveFirst(document.path);
  // What the dialog tells and what is approved is one text: a change in between is refused.
  const seen = document.text;
  const next = spec.documents[spec.documents.indexOf(document) + 1];
  const earlier = spec.documents.slice(0, spec.documents.indexOf(document));
  const goesOn =
    next?.state === 'missing' &&
    earlier.every(({ state }) => state === 'approved') &&
    (await agentState(host.core.ports)).off === undefined;
  const nextName = next ? basename(next.path) : '';
  const both = `Approve and Draft ${nextName}`;
  const choices = goesOn ? [both, 'Approve'] : ['Approve'];
  const roles = await host.core.workflow.ownRoles(spec.root);
  const title = `Approve ${basename(document.path)} of ${spec.name}?`;
  const choice = await vscode.window.showInformationMessage(
    title,
    { modal: true, detail: approvalDetail([await approvingOf(host.core, spec, document)], roles) },
    ...choices,
  );
  if (!choice) return;
  await host.core.workflow.approve(spec.path, document.kind, seen, roles);
  const fresh = host.core.specs.get(spec.path);
  const following = fresh?.documents.find(({ kind }) => kind === next?.kind);
  if (choice === both && following) await draftAndReview(host, spec.path, following.kind);
}

/** Whose approvals count is a decision about a person, so the whole key is told. */
async function acceptKey(host: Host, target: unknown): Promise<void> {
  const open = ({ claim }: DocumentSnapshot) => isAcceptable(claim);
  const picked = await pickDocument(host.core, target, 'Accept Approvals', open);
  const claim = picked?.document.claim;
  if (!picked || !isAcceptable(claim))
    throw new ActError('notFound', 'No approval here is signed with a key that you could accept.');
  const { spec, document } = picked;
  const roles =
    claim.roles.length > 0 ? `This workspace says that it counts for: ${claim.roles.join(', ')}.\n\n` : '';
  const choice = await vscode.window.showWarningMessage(
    `Let approvals by ${claim.by} count?`,
    {
      modal: true,
      detail: `${basename(document.path)} of ${spec.name} carries an approval that is signed with this key:\n\n${claim.key}\n\n${roles}Whoever holds it can approve in this workspace from now on. The name is only what the record says: ask ${claim.by} whether the key is theirs.`,
    },
    ACCEPT,
  );
  if (choice === ACCEPT) await host.core.workflow.acceptKey(spec.path, document.kind);
}

async function approveAll(host: Host, target: unknown): Promise<void> {
  const spec = await pickSpec(host.core, target, 'Approve as They Are');
  const open = spec?.documents.filter(({ state }) => awaitsApproval(state)) ?? [];
  if (!spec || open.length === 0) throw new ActError('notFound', 'Nothing here waits for approval.');
  for (const { path } of open) await saveFirst(path);
  const names = open.map(({ path }) => basename(path)).join(', ');
  const roles = await host.core.workflow.ownRoles(spec.root);
  const approving = await Promise.all(open.map((document) => approvingOf(host.core, spec, document)));
  const detail = `${names}\n\nYou say that you have read them.\n\n${approvalDetail(approving, roles)}`;
  const choice = await vscode.window.showInformationMessage(
    `Approve ${spec.name} as it is?`,
    { modal: true, detail },
    'Approve',
  );
  // One after the other, each as the dialog had it.
  for (const { kind, text } of choice ? open : [])
    await host.core.workflow.approve(spec.path, kind, text, roles);
}

async function requestChanges(host: Host, target: unknown, requestArgument: unknown): Promise<void> {
  const picked = await pickDocument(host.core, target, 'Request Changes', ({ text }) => text !== undefined);
  if (!picked) return;
  const { spec, document } = picked;
  const name = basename(document.path);
  const request =
    typeof requestArgument === 'string'
      ? requestArgument
      : await vscode.window.showInputBox({
          title: `Request Changes to ${name}`,
          prompt: 'What should be different?',
          ignoreFocusOut: true,
        });
  // From the panel, the reasons of refusals may be all that is said.
  if (request === undefined || (request === '' && typeof requestArgument !== 'string')) return;
  await saveFirst(document.path);
  const started = await host.core.workflow.requestChanges(spec.path, document.kind, request);
  await watchDraft(host, started, `Revising ${name} of ${spec.name}`);
  await vscode.commands.executeCommand(COMMANDS.review, { spec: spec.path, kind: document.kind });
}
