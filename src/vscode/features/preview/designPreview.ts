/** The design as Markdown with its diagrams drawn: a panel of its own, since drawing them needs inline styles. */
import * as vscode from 'vscode';
import { documentOf, FILE_NAMES } from '../../../core/spec/readSpec';
import type { FromPreview, ToPreview } from '../../../protocol/preview';
import { toUri } from '../../adapters/paths';
import { createSpecPanels, type SpecPlace } from '../../adapters/specPanels';
import { pickSpec } from '../../adapters/specTarget';
import { channelOf, webviewHtml } from '../../adapters/webview';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';

export const registerDesignPreview: Feature = (host) => {
  const panels = createSpecPanels(host, {
    viewType: 'earshot.preview',
    titleOf: (spec) => `Design: ${spec}`,
    attach: (panel, spec) => attach(host, panel, spec),
  });
  return vscode.Disposable.from(
    panels,
    host.command(COMMANDS.previewDesign, async (target) => {
      const spec = await pickSpec(host.core, target, 'Preview Design');
      if (spec) await panels.open(spec);
    }),
  );
};

const MESSAGES: { readonly [Type in FromPreview['type']]: true } = { ready: true, open: true };

function attach(host: Host, panel: vscode.WebviewPanel, place: SpecPlace): void {
  const { core, context, report } = host;
  const channel = channelOf<ToPreview, FromPreview>(panel.webview, MESSAGES);
  let posted = '';
  const update = (): void => {
    const spec = core.specs.get(place.path);
    if (!spec) return;
    const markdown = documentOf(spec, 'design')?.text;
    const model = { spec: spec.name, fileName: FILE_NAMES.design, markdown };
    const text = JSON.stringify(model);
    if (text === posted) return;
    posted = text;
    channel.post({ type: 'model', model });
  };
  channel.onMessage((message) => {
    if (message.type === 'ready') {
      posted = '';
      update();
      return;
    }
    const document = core.specs.get(place.path)?.documents.find(({ kind }) => kind === 'design');
    if (document) vscode.window.showTextDocument(toUri(document.path)).then(undefined, report);
  });
  const changes = core.specs.onDidChange(update);
  panel.onDidDispose(() => changes.dispose());
  panel.webview.html = webviewHtml(context, panel.webview, 'preview', 'Earshot design preview');
}
