/** Entry point of the run panel. */
import '@vscode/codicons/dist/codicon.css';
import '../../../media/base.css';
import '../shared/controls.css';
import '../shared/panel.css';
import './frame.css';
import './waves.css';
import './detail.css';
import { render } from 'preact';
import type { FromRun, RunPanelModel, ToRun } from '../../protocol/run';
import { setHostTime } from '../shared/clock';
import { oncePerFrame } from '../shared/frame';
import { isToRun } from '../shared/guards';
import { connectHost, rootElement } from '../shared/host';
import { reuse } from '../shared/reuse';
import { Failed, Loading } from '../shared/states';
import { RunApp } from './app';

function start(): void {
  const host = connectHost<FromRun, ToRun>(isToRun);
  const root = rootElement();
  let model: RunPanelModel | undefined;
  let error: string | undefined;
  let revealed: { readonly task: string } | undefined;
  const draw = oncePerFrame(() => {
    if (model) render(<RunApp {...{ host, model, error, revealed }} />, root);
    else
      render(error === undefined ? <Loading words="Reading the tasks" /> : <Failed message={error} />, root);
  });
  host.channel.onMessage((message) => {
    if (message.type === 'error') error = message.message;
    else if (message.type === 'reveal') revealed = { task: message.task };
    else {
      error = undefined;
      setHostTime(message.model.now);
      model = reuse(model, message.model);
    }
    draw();
  });
  draw();
  host.channel.post({ type: 'ready' });
}

start();
