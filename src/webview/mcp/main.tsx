/** Entry point of the form. */
import '@vscode/codicons/dist/codicon.css';
import '../../../media/base.css';
import '../shared/controls.css';
import '../shared/panel.css';
import './form.css';
import { render } from 'preact';
import type { FormModel, FromForm, ToForm } from '../../protocol/mcp';
import { oncePerFrame } from '../shared/frame';
import { isToForm } from '../shared/guards';
import { connectHost, rootElement } from '../shared/host';
import { Loading } from '../shared/states';
import { FormApp } from './app';

function start(): void {
  const host = connectHost<FromForm, ToForm>(isToForm);
  const root = rootElement();
  let model: FormModel | undefined;
  const draw = oncePerFrame(() => {
    render(
      model ? <FormApp key={model.key} {...{ host, model }} /> : <Loading words="Reading the form" />,
      root,
    );
  });
  host.channel.onMessage((message) => {
    model = message.model;
    draw();
  });
  draw();
  host.channel.post({ type: 'ready' });
}

start();
