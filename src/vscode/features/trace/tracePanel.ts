/** The trace panel: who covers which criterion of a spec, with the way to each place. It follows documents and code. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { CodeTag } from '../../../core/trace/model';
import { isInside, joinPath } from '../../../core/util/path';
import type { FromTrace, ToTrace } from '../../../protocol/trace';
import { followCodeTags } from '../../adapters/codeTags';
import { openPlace } from '../../adapters/openPlace';
import { createSpecPanels, type SpecPlace } from '../../adapters/specPanels';
import { isSpecTarget, pickSpec } from '../../adapters/specTarget';
import { channelOf, webviewHtml } from '../../adapters/webview';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { draftMissing } from './draftMissing';
import { exportTrace } from './exportTrace';
import { traceModel } from './traceModel';

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
  draftMissing: true,
  syncTasks: true,
  export: true,
  review: true,
};

interface Shown {
  reveal(criterion: string): void;
}

function attachPanel(host: Host, panel: vscode.WebviewPanel, place: SpecPlace): Shown {
  const { core } = host;
  const channel = channelOf<ToTrace, FromTrace>(panel.webview, MESSAGES);
  let posted = '';
  let wanted: string | undefined;
  let isReady = false;

  async function post(): Promise<void> {
    const spec = core.specs.get(place.path);
    if (!spec) return channel.post({ type: 'error', message: 'This spec is no longer there.' });
    // Documents first: what they say is known at once.
    const graph = await core.trace.graph(spec, { code: code.tags ?? false });
    const model = traceModel(spec, graph, code.problem);
    const text = JSON.stringify(model);
    if (text !== posted) channel.post({ type: 'model', model });
    posted = text;
    if (isReady && wanted !== undefined) channel.post({ type: 'reveal', criterion: wanted });
    wanted = isReady ? undefined : wanted;
  }

  const update = () => void post().catch(host.report);
  const root = core.specs.get(place.path)?.root;
  const code = followCodeTags(host, panel, root, update);

  channel.onMessage((message) => {
    switch (message.type) {
      case 'ready':
        posted = '';
        isReady = true;
        return void post().then(code.read).catch(host.report);
      case 'open':
        return void openPlace(core.specs.get(place.path), message.place).catch(host.report);
      case 'confirm':
        return void confirm(host, place.path, message.criterion, code.tags ?? []).then(update, host.report);
      case 'draftMissing':
        return void draftMissing(core.specs.get(place.path), message).catch(host.report);
      case 'syncTasks':
        return void vscode.commands.executeCommand(COMMANDS.syncTasks, { spec: place.path });
      case 'export':
        return void vscode.commands.executeCommand(COMMANDS.exportTrace, { spec: place.path });
      case 'review':
        return void vscode.commands.executeCommand(COMMANDS.review, { spec: place.path });
    }
  });
  const subscriptions = [
    code,
    core.specs.onDidChange(update),
    // Who confirms links in another window or branch changes what is suspect.
    ...(root === undefined
      ? []
      : [
          core.ports.watcher.watch(
            root,
            (change) => isInside(joinPath(place.path, '.earshot'), change.path) && update(),
          ),
        ]),
  ];
  panel.onDidDispose(() => {
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
