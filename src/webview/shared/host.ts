/** The webview's end of the wire, and what it may keep over a reload. */
import { MessageChannel, type Wire } from '../../protocol/channel';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What a view needs of its host. */
export interface Host<Out, In> {
  readonly channel: MessageChannel<Out, In>;
  /** What `keep` was last called with, also before a reload of the window. */
  readonly kept: unknown;
  keep(state: unknown): void;
}

/** Call once: the host hands out its interface a single time. */
export function connectHost<Out, In>(accepts: (message: unknown) => message is In): Host<Out, In> {
  const api = acquireVsCodeApi();
  return {
    channel: new MessageChannel<Out, In>(wireOf(api), accepts),
    kept: api.getState(),
    keep: (state) => api.setState(state),
  };
}

function wireOf(api: VsCodeApi): Wire {
  return {
    post: (message) => api.postMessage(message),
    onMessage(listener) {
      const listen = (event: MessageEvent): void => listener(event.data);
      window.addEventListener('message', listen);
      return { dispose: () => window.removeEventListener('message', listen) };
    },
  };
}

/** The element a view draws into. */
export function rootElement(): HTMLElement {
  const found = document.getElementById('root');
  if (found) return found;
  const made = document.createElement('div');
  made.id = 'root';
  document.body.append(made);
  return made;
}
