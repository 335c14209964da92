/** The review panel: one for each spec, restored after a reload. It renders the core's snapshot and sends intents. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { DocumentKind } from '../../../core/spec/model';
import { applyEdits } from '../../../core/util/textRange';
import type { FromReview, ToReview } from '../../../protocol/review';
import { agentState } from '../../adapters/agentOff';
import { toUri } from '../../adapters/paths';
import { isSpecTarget, pickSpec } from '../../adapters/specTarget';
import { channelOf, webviewHtml, webviewOptions } from '../../adapters/webview';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { reviewModel } from './reviewModel';
import { registerRevisionDiff } from './revisionDiff';

const VIEW_TYPE = 'earshot.review';

interface Panel {
  readonly panel: vscode.WebviewPanel;
  show(kind: DocumentKind | undefined): void;
}

export const registerReview: Feature = (host) => {
  const panels = new Map<string, Panel>();
  const diff = registerRevisionDiff(host);

  function attach(panel: vscode.WebviewPanel, spec: string, kind: DocumentKind | undefined): Panel {
    const attached = attachPanel(host, panel, spec, kind, diff.show);
    panels.set(spec, attached);
    panel.onDidDispose(() => panels.get(spec) === attached && panels.delete(spec));
    return attached;
  }

  async function open(target: unknown): Promise<void> {
    const spec = await pickSpec(host.core, target, 'Open Review');
    if (!spec)
      throw new ActError('notFound', 'There is no spec to review yet. “Earshot: New Spec…” starts one.');
    const kind = isSpecTarget(target) ? target.kind : undefined;
    const existing = panels.get(spec.path);
    if (existing) {
      existing.show(kind);
      existing.panel.reveal();
      return;
    }
    await closeSleeping(`Review: ${spec.name}`);
    const options = {
      ...webviewOptions(host.context),
      retainContextWhenHidden: true,
      enableFindWidget: false,
    };
    const panel = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      `Review: ${spec.name}`,
      vscode.ViewColumn.Active,
      options,
    );
    attach(panel, spec.path, kind);
  }

  return vscode.Disposable.from(
    diff,
    host.command(COMMANDS.review, open),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      async deserializeWebviewPanel(panel, state: unknown) {
        await host.core.specs.ready;
        const spec = (state as { spec?: unknown } | null)?.spec;
        const found = typeof spec === 'string' ? host.core.specs.find(spec) : undefined;
        if (!found) return panel.dispose();
        panel.webview.options = webviewOptions(host.context);
        attach(panel, found.path, undefined);
      },
    }),
    { dispose: () => vscode.Disposable.from(...[...panels.values()].map(({ panel }) => panel)).dispose() },
  );
};

/** A panel that was restored in the background sleeps until it is shown: the new one takes its place. */
async function closeSleeping(title: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const sleeping = tabs.filter(
    ({ input, label }) =>
      label === title && input instanceof vscode.TabInputWebview && input.viewType.endsWith(VIEW_TYPE),
  );
  await vscode.window.tabGroups.close(sleeping);
}

const MESSAGES: { readonly [Type in FromReview['type']]: true } = {
  ready: true,
  show: true,
  approve: true,
  requestChanges: true,
  decideRevision: true,
  showRevision: true,
  fix: true,
  open: true,
  draft: true,
  refine: true,
  setUp: true,
  cancel: true,
};

function attachPanel(
  host: Host,
  panel: vscode.WebviewPanel,
  path: string,
  kind: DocumentKind | undefined,
  showDiff: (session: string) => Promise<void>,
): Panel {
  const { core } = host;
  const icon = (theme: string) =>
    vscode.Uri.joinPath(host.context.extensionUri, 'media', `earshot-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  const channel = channelOf<ToReview, FromReview>(panel.webview, MESSAGES);
  let shown = kind ?? firstOpen(host, path);
  let posted = '';

  async function post(): Promise<void> {
    const spec = core.specs.get(path);
    if (!spec) {
      channel.post({ type: 'error', message: 'This spec is no longer there.' });
      return;
    }
    const { off, rehearsed } = await agentState(core.ports);
    const model = reviewModel({
      spec,
      shown,
      sessions: core.sessions.known,
      isLive: core.sessions.isLive,
      off,
      rehearsed,
    });
    const text = JSON.stringify(model);
    if (text === posted) return;
    posted = text;
    channel.post({ type: 'model', model });
  }

  const update = () => void post().catch((error) => host.report(error));
  const target = () => ({ spec: path, kind: shown });
  const run = (id: string, ...args: unknown[]) => void vscode.commands.executeCommand(id, ...args);

  channel.onMessage((message) => {
    switch (message.type) {
      case 'ready':
        posted = '';
        return update();
      case 'show':
        shown = message.kind;
        return update();
      case 'approve':
        return run(COMMANDS.approve, { spec: path, kind: message.kind });
      case 'requestChanges':
        return run(COMMANDS.requestChanges, { spec: path, kind: message.kind }, message.text);
      case 'draft':
        return run(COMMANDS.draft, { spec: path, kind: message.kind });
      case 'refine':
        return run(COMMANDS.refine, { spec: path });
      case 'decideRevision':
        return void core.workflow
          .decideRevision(message.session, message.accepted, message.refused)
          .catch(host.report);
      case 'showRevision':
        return void showDiff(message.session).catch(host.report);
      case 'fix':
        return void applyFix(host, path, shown, message.rule, message.offset).catch(host.report);
      case 'open':
        return void openAt(host, path, message.kind, message.offset).catch(host.report);
      case 'setUp':
        return run(core.ports.trust.trusted ? COMMANDS.setApiKey : 'workbench.trust.manage');
      case 'cancel':
        return run(COMMANDS.stop, target());
    }
  });
  const subscriptions = [
    core.specs.onDidChange(update),
    core.sessions.onDidChange(update),
    core.ports.models.onDidChange(update),
    core.ports.trust.onDidGrant(update),
  ];
  panel.onDidDispose(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
  panel.webview.html = webviewHtml(host.context, panel.webview, 'review', 'Earshot review');
  return {
    panel,
    show(next) {
      if (next) shown = next;
      update();
    },
  };
}

/** The first document that waits for the person, else the last that is written. */
function firstOpen({ core }: Host, path: string): DocumentKind {
  const documents = core.specs.get(path)?.documents ?? [];
  const written = documents.filter(({ text }) => text !== undefined);
  return (
    (written.find(({ state }) => state !== 'approved') ?? written[0] ?? documents[0])?.kind ?? 'requirements'
  );
}

async function applyFix(
  { core }: Host,
  path: string,
  kind: DocumentKind,
  rule: string,
  offset: number,
): Promise<void> {
  const document = core.specs.get(path)?.documents.find((candidate) => candidate.kind === kind);
  const problem = document?.problems.find(
    (candidate) => candidate.rule === rule && candidate.range.start === offset,
  );
  const fix = problem?.fixes?.[0];
  if (!document || document.text === undefined || fix === undefined) return;
  await core.ports.files.writeText(document.path, applyEdits(document.text, fix.edits()));
  await core.specs.refresh(path);
}

async function openAt({ core }: Host, path: string, kind: DocumentKind, offset: number): Promise<void> {
  const document = core.specs.get(path)?.documents.find((candidate) => candidate.kind === kind);
  if (!document) return;
  const opened = await vscode.workspace.openTextDocument(toUri(document.path));
  const at = opened.positionAt(offset);
  await vscode.window.showTextDocument(opened, { selection: new vscode.Range(at, at), preview: true });
}
