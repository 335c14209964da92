/** The trace panel: who covers which criterion of a spec, with the way to each place. It follows documents and code. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { CodeTag } from '../../../core/trace/model';
import { errorMessage } from '../../../core/util/errorMessage';
import { climbs, isInside, joinPath } from '../../../core/util/path';
import type { FromTrace, ToTrace, TracePlace } from '../../../protocol/trace';
import { toUri } from '../../adapters/paths';
import { createSpecPanels } from '../../adapters/specPanels';
import { isSpecTarget, pickSpec } from '../../adapters/specTarget';
import { channelOf, webviewHtml } from '../../adapters/webview';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { exportTrace } from './exportTrace';
import { traceModel } from './traceModel';

/** Milliseconds: code is saved in bursts, and looking at all of it takes a moment. */
const SETTLE = 400;

export const registerTrace: Feature = (host) => {
  const panels = createSpecPanels(host, {
    viewType: 'earshot.trace',
    titleOf: (spec) => `Trace: ${spec}`,
    attach: (panel, spec) => attachPanel(host, panel, spec),
  });
  return vscode.Disposable.from(
    panels,
    host.command(COMMANDS.trace, async (target, criterion) => {
      const spec = await pickSpec(host.core, target, 'Open Trace');
      if (!spec) return;
      const shown = await panels.open(spec);
      const wanted = typeof criterion === 'string' ? criterion : undefined;
      if (wanted !== undefined && isSpecTarget(target)) shown.reveal(wanted);
    }),
    host.command(COMMANDS.exportTrace, async (target) => {
      const spec = await pickSpec(host.core, target, 'Export Trace');
      if (spec) await exportTrace(host, spec);
    }),
  );
};

const MESSAGES: { readonly [Type in FromTrace['type']]: true } = {
  ready: true,
  open: true,
  confirm: true,
  export: true,
  review: true,
};

interface Shown {
  reveal(criterion: string): void;
}

function attachPanel(host: Host, panel: vscode.WebviewPanel, path: string): Shown {
  const { core } = host;
  const channel = channelOf<ToTrace, FromTrace>(panel.webview, MESSAGES);
  const stopped = new AbortController();
  let tags: readonly CodeTag[] | undefined;
  let codeProblem: string | undefined;
  let stale = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let posted = '';
  let wanted: string | undefined;
  let isReady = false;

  async function post(): Promise<void> {
    const spec = core.specs.get(path);
    if (!spec) return channel.post({ type: 'error', message: 'This spec is no longer there.' });
    // Documents first: what they say is known at once.
    const graph = await core.trace.graph(spec, { code: tags ?? false });
    const model = traceModel(spec, graph, codeProblem);
    const text = JSON.stringify(model);
    if (text !== posted) channel.post({ type: 'model', model });
    posted = text;
    if (isReady && wanted !== undefined) channel.post({ type: 'reveal', criterion: wanted });
    wanted = isReady ? undefined : wanted;
  }

  async function readCode(): Promise<void> {
    const root = core.specs.get(path)?.root;
    if (!stale || root === undefined || !panel.visible) return;
    stale = false;
    try {
      tags = await core.trace.codeTags(root, stopped.signal);
      codeProblem = undefined;
    } catch (error) {
      if (stopped.signal.aborted) return;
      codeProblem = errorMessage(error);
    }
    await post();
  }

  const update = () => void post().catch(host.report);
  const updateCode = () => {
    stale = true;
    clearTimeout(timer);
    timer = setTimeout(() => void readCode().catch(host.report), SETTLE);
  };

  channel.onMessage((message) => {
    switch (message.type) {
      case 'ready':
        posted = '';
        isReady = true;
        stale = true;
        return void post().then(readCode).catch(host.report);
      case 'open':
        return void openAt(host, path, message.place).catch(host.report);
      case 'confirm':
        return void confirm(host, path, message.criterion, tags ?? []).then(update, host.report);
      case 'export':
        return void vscode.commands.executeCommand(COMMANDS.exportTrace, { spec: path });
      case 'review':
        return void vscode.commands.executeCommand(COMMANDS.review, { spec: path });
    }
  });
  const root = core.specs.get(path)?.root;
  const subscriptions = [
    core.specs.onDidChange(update),
    panel.onDidChangeViewState(() => panel.visible && stale && updateCode()),
    ...(root === undefined
      ? []
      : [
          core.ports.watcher.watch(root, (change) => {
            if (change.kind !== 'edited' && core.trace.isCode(change.path)) updateCode();
            // Who confirms links in another window or branch changes what is suspect.
            else if (isInside(joinPath(path, '.earshot'), change.path)) update();
          }),
        ]),
  ];
  panel.onDidDispose(() => {
    stopped.abort();
    clearTimeout(timer);
    for (const subscription of subscriptions) subscription.dispose();
  });
  panel.webview.html = webviewHtml(host.context, panel.webview, 'trace', 'Earshot trace');
  return {
    reveal(criterion) {
      wanted = criterion;
      update();
    },
  };
}

async function confirm({ core }: Host, path: string, id: string, tags: readonly CodeTag[]): Promise<void> {
  const spec = await core.specs.refresh(path);
  if (!spec) throw new ActError('notFound', 'This spec is no longer there.');
  await core.trace.confirmCriterion(spec, id, tags);
}

async function openAt({ core }: Host, path: string, place: TracePlace): Promise<void> {
  const spec = core.specs.get(path);
  const document =
    'document' in place ? spec?.documents.find(({ kind }) => kind === place.document) : undefined;
  if (!spec || ('document' in place && !document) || ('path' in place && climbs(place.path)))
    throw new ActError('notFound', 'This place is no longer there.');
  const target = document?.path ?? ('path' in place ? joinPath(spec.root, place.path) : spec.path);
  const opened = await vscode.workspace.openTextDocument(toUri(target));
  const at =
    'path' in place ? new vscode.Position(Math.max(0, place.line - 1), 0) : opened.positionAt(place.offset);
  await vscode.window.showTextDocument(opened, { selection: new vscode.Range(at, at), preview: true });
}
