/** Entry point of the review panel. */
import '@vscode/codicons/dist/codicon.css';
import '../../../media/base.css';
import '../shared/controls.css';
import '../shared/panel.css';
import '../shared/markdown.css';
import './frame.css';
import './list.css';
import './row.css';
import './prose.css';
import './changes.css';
import './comments.css';
import './narrow.css';
import { render } from 'preact';
import type { FromReview, ReviewModel, ToReview } from '../../protocol/review';
import { oncePerFrame } from '../shared/frame';
import { isToReview } from '../shared/guards';
import { connectHost, rootElement } from '../shared/host';
import { reuse } from '../shared/reuse';
import { ReviewApp } from './app';
import { Loading, Unreadable } from './emptyStates';

function start(): void {
  const host = connectHost<FromReview, ToReview>(isToReview);
  const root = rootElement();
  let model: ReviewModel | undefined;
  let error: string | undefined;
  const draw = oncePerFrame(() => {
    if (model) render(<ReviewApp {...{ host, model, error, onErrorClosed }} />, root);
    else render(error === undefined ? <Loading /> : <Unreadable message={error} />, root);
  });
  const onErrorClosed = (): void => {
    error = undefined;
    draw();
  };
  host.channel.onMessage((message) => {
    if (message.type === 'error') error = message.message;
    else {
      // What could not be shown at all can be now; what could not be done stays said until it is dismissed.
      if (!model) error = undefined;
      model = reuse(model, message.model);
    }
    draw();
  });
  draw();
  host.channel.post({ type: 'ready' });
}

start();
