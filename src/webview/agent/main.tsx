/** Entry point of the agent view. */
import '@vscode/codicons/dist/codicon.css';
import '../../../media/base.css';
import '../shared/controls.css';
import '../shared/markdown.css';
import '../shared/diff.css';
import './frame.css';
import './log/log.css';
import './question/question.css';
import './question/choice.css';
import './composer/composer.css';
import './sessions/sessions.css';
import './changes/changes.css';
import { render } from 'preact';
import type { AgentModel, FromAgent, ToAgent } from '../../protocol/agent';
import { modelOf } from '../../protocol/conversation';
import { setHostTime } from '../shared/clock';
import { oncePerFrame } from '../shared/frame';
import { asRecord, isToAgent } from '../shared/guards';
import { connectHost, rootElement } from '../shared/host';
import { reuse } from '../shared/reuse';
import { createAgentActs } from './agentActs';
import { AgentApp } from './app';
import { type Unsent, unsentOf } from './composer/unsent';
import { createInbox } from './inbox';
import { applyLive, NOTHING_LIVE, settleLive } from './log/live';

function start(): void {
  const host = connectHost<FromAgent, ToAgent>(isToAgent);
  const root = rootElement();
  let model: AgentModel | undefined;
  let live = NOTHING_LIVE;
  const acts = createAgentActs(
    (message) => host.channel.post(message),
    () => model?.session?.id,
  );
  const inbox = createInbox((request, kind, query) =>
    host.channel.post({ type: 'choices', request, kind, query }),
  );
  let unsent = unsentOf(asRecord(host.kept).words);
  const keep = (now: Unsent): void => {
    if (now.words !== unsent.words) host.keep({ words: now.words });
    unsent = now;
  };
  const draw = oncePerFrame(() => {
    if (model)
      render(
        <AgentApp model={model} live={live} acts={acts} inbox={inbox} kept={unsent} onKeep={keep} />,
        root,
      );
  });
  host.channel.onMessage((message) => {
    if (inbox.hear(message)) draw();
    else if (message.type === 'live') live = applyLive(live, message.update, model?.session);
    else if (message.type === 'model') {
      const now = modelOf(message, model);
      live = settleLive(live, model?.session, now.session);
      setHostTime(now.now);
      model = reuse(model, now);
    }
    draw();
  });
  host.channel.post({ type: 'ready' });
}

start();
