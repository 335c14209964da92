/** Composition root of the editor: adapters → core → features. */
import * as vscode from 'vscode';
import type { Core } from './core';
import { createHost } from './vscode/adapters/createHost';
import { registerAdministration } from './vscode/features/administration/administration';
import { registerAgentFiles } from './vscode/features/agents/agentFiles';
import { registerAgentView } from './vscode/features/agentView/agentView';
import { registerChanges } from './vscode/features/changes/changes';
import { registerCheckpoints } from './vscode/features/checkpoints/checkpoints';
import { registerComments } from './vscode/features/comments/comments';
import { registerDrift } from './vscode/features/drift/drift';
import { registerEditorChat } from './vscode/features/editorChat/editorChat';
import { registerEntryPoints } from './vscode/features/entryPoints/entryPoints';
import { registerGuide } from './vscode/features/guide/guide';
import { registerHooks } from './vscode/features/hooks/hooksView';
import { registerLanguage } from './vscode/features/language/codeLenses';
import { registerMcp } from './vscode/features/mcp/mcp';
import { registerModel } from './vscode/features/model/model';
import { registerOrder } from './vscode/features/order/order';
import { registerPermissionFiles } from './vscode/features/permissions/permissionFiles';
import { registerPowers } from './vscode/features/powers/powers';
import { registerDesignPreview } from './vscode/features/preview/designPreview';
import { registerReview } from './vscode/features/review/reviewPanel';
import { registerRun } from './vscode/features/run/run';
import { registerSettingsProblems } from './vscode/features/settings/settingsProblems';
import { registerSpecTree } from './vscode/features/specTree/specTree';
import { registerSteering } from './vscode/features/steering/steering';
import { registerTaskRunner } from './vscode/features/taskRunner/taskRunner';
import { registerTrace } from './vscode/features/trace/tracePanel';
import { registerUsage } from './vscode/features/usage/usage';
import { registerWorkflow } from './vscode/features/workflow/workflow';
import type { Feature } from './vscode/host';

const FEATURES: Readonly<Record<string, Feature>> = {
  specTree: registerSpecTree,
  workflow: registerWorkflow,
  order: registerOrder,
  steering: registerSteering,
  drift: registerDrift,
  language: registerLanguage,
  review: registerReview,
  preview: registerDesignPreview,
  trace: registerTrace,
  comments: registerComments,
  taskRunner: registerTaskRunner,
  run: registerRun,
  agentView: registerAgentView,
  agentFiles: registerAgentFiles,
  entryPoints: registerEntryPoints,
  editorChat: registerEditorChat,
  changes: registerChanges,
  checkpoints: registerCheckpoints,
  hooks: registerHooks,
  mcp: registerMcp,
  model: registerModel,
  usage: registerUsage,
  permissions: registerPermissionFiles,
  administration: registerAdministration,
  powers: registerPowers,
  settings: registerSettingsProblems,
  guide: registerGuide,
};

let core: Core | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const host = createHost(context);
  core = host.core;
  // One feature that fails to start must not take the others with it.
  for (const [name, register] of Object.entries(FEATURES)) {
    try {
      context.subscriptions.push(register(host));
    } catch (error) {
      host.report(new Error(`The feature ${name} did not start`, { cause: error }));
    }
  }
  void host.core.workflow.reconcile().catch(host.report);
  context.subscriptions.push(vscode.workspace.onDidChangeWorkspaceFolders(offerReload));
}

export async function deactivate(): Promise<void> {
  await core?.close();
}

/** The first folder of an empty window restarts the extension host by itself; others need a reload. */
async function offerReload(): Promise<void> {
  const reload = 'Reload Window';
  const message = 'The folders of this workspace changed. Earshot follows them after a reload.';
  if ((await vscode.window.showInformationMessage(message, reload)) === reload) {
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
  }
}
