/** Entry point of the design's preview. */
import '@vscode/codicons/dist/codicon.css';
import '../../../media/base.css';
import '../shared/controls.css';
import '../shared/markdown.css';
import './preview.css';
import { render } from 'preact';
import type { FromPreview, PreviewModel } from '../../protocol/preview';
import { Diagrams } from '../shared/diagrams';
import { oncePerFrame } from '../shared/frame';
import { isToPreview } from '../shared/guards';
import { connectHost, rootElement } from '../shared/host';
import { Markdown } from '../shared/markdown';
import { Diagram } from './diagram';

function start(): void {
  const host = connectHost(isToPreview);
  const root = rootElement();
  let model: PreviewModel | undefined;
  const draw = oncePerFrame(() => {
    if (!model) return;
    const { markdown, fileName } = model;
    render(
      <Diagrams.Provider value={Diagram}>
        <main class="preview scroller">
          {markdown === undefined ? (
            <p class="dim">{fileName} is not written yet.</p>
          ) : (
            <Markdown text={markdown} />
          )}
        </main>
      </Diagrams.Provider>,
      root,
    );
  });
  host.channel.onMessage((message) => {
    model = message.model;
    // The host asks for it when it brings the panel back after a reload of the window.
    host.keep({ spec: model.spec });
    draw();
  });
  const ready: FromPreview = { type: 'ready' };
  host.channel.post(ready);
}

start();
