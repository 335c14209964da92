/** Entry point of the trace panel. */
import '@vscode/codicons/dist/codicon.css';
import '../../../media/base.css';
import '../shared/controls.css';
import '../shared/panel.css';
import './frame.css';
import './grid.css';
import './chain.css';
import { render } from 'preact';
import type { FromTrace, ToTrace, TraceModel } from '../../protocol/trace';
import { oncePerFrame } from '../shared/frame';
import { isToTrace } from '../shared/guards';
import { connectHost, rootElement } from '../shared/host';
import { reuse } from '../shared/reuse';
import { Failed, Loading } from '../shared/states';
import { TraceApp } from './app';

function start(): void {
  const host = connectHost<FromTrace, ToTrace>(isToTrace);
  const root = rootElement();
  let model: TraceModel | undefined;
  let error: string | undefined;
  let revealed: { readonly criterion: string } | undefined;
  const draw = oncePerFrame(() => {
    if (model) render(<TraceApp {...{ host, model, error, revealed }} />, root);
    else
      render(error === undefined ? <Loading words="Reading the spec" /> : <Failed message={error} />, root);
  });
  host.channel.onMessage((message) => {
    if (message.type === 'error') error = message.message;
    else if (message.type === 'reveal') revealed = { criterion: message.criterion };
    else {
      error = undefined;
      model = reuse(model, message.model);
    }
    draw();
  });
  draw();
  host.channel.post({ type: 'ready' });
}

start();
