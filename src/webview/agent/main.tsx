/** Entry point of the agent view. */
import '@vscode/codicons/dist/codicon.css';
import '../../../media/base.css';
import '../shared/controls.css';
import '../shared/markdown.css';
import '../shared/diff.css';
import './frame.css';
import './log.css';
import './question.css';
import './choice.css';
import { render } from 'preact';
import type { AgentModel, FromAgent, ToAgent } from '../../protocol/agent';
import { setHostTime } from '../shared/clock';
import { oncePerFrame } from '../shared/frame';
import { isToAgent } from '../shared/guards';
import { connectHost, rootElement } from '../shared/host';
import { reuse } from '../shared/reuse';
import { createAgentActs } from './agentActs';
import { AgentApp } from './app';
import { applyLive, NOTHING_LIVE, settleLive } from './live';

function start(): void {
  const host = connectHost<FromAgent, ToAgent>(isToAgent);
  const root = rootElement();
  let model: AgentModel | undefined;
  let live = NOTHING_LIVE;
  const acts = createAgentActs(
    (message) => host.channel.post(message),
    () => model?.session?.id,
  );
  const draw = oncePerFrame(() => {
    if (model) render(<AgentApp model={model} live={live} acts={acts} />, root);
  });
  host.channel.onMessage((message) => {
    if (message.type === 'live') live = applyLive(live, message.update, model?.session);
    else {
      live = settleLive(live, model?.session, message.model.session);
      setHostTime(message.model.now);
      model = reuse(model, message.model);
    }
    draw();
  });
  host.channel.post({ type: 'ready' });
}

start();
