/** Waits on this machine, and on no other address, for the browser to come back from signing in. */
import { createServer } from 'node:http';

export interface Callback {
  readonly code: string;
  readonly state: string | undefined;
  /** Who says that it issued the code (RFC 9207). */
  readonly issuer: string | undefined;
}

export interface CallbackServer {
  readonly redirect: string;
  /** Resolves with the first answer; rejects where the person or the server said no. */
  wait(signal: AbortSignal): Promise<Callback>;
  close(): void;
}

const PAGE = (words: string) =>
  `<!doctype html><meta charset="utf-8"><title>Earshot</title><p>${words} You can close this page.</p>`;

/** @param redirect where it is to be, `http://127.0.0.1:8080/oauth/callback`; port 0: any that is free */
export async function createCallbackServer(redirect: URL): Promise<CallbackServer> {
  let settle: { resolve(callback: Callback): void; reject(error: Error): void } | undefined;
  const arrived = new Promise<Callback>((resolve, reject) => {
    settle = { resolve, reject };
  });
  arrived.catch(() => {});
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', redirect);
    const code = url.searchParams.get('code');
    const error = url.searchParams.get('error');
    const answer = (status: number, words: string) => {
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', connection: 'close' });
      response.end(PAGE(words));
    };
    if (url.pathname !== redirect.pathname || (code === null && error === null)) {
      answer(404, 'There is nothing here.');
    } else if (code === null) {
      answer(200, 'You are not signed in.');
      const why = url.searchParams.get('error_description') ?? error;
      settle?.reject(new Error(`The server did not sign you in: ${why?.slice(0, 300)}`));
    } else {
      answer(200, 'You are signed in.');
      const state = url.searchParams.get('state') ?? undefined;
      settle?.resolve({ code, state, issuer: url.searchParams.get('iss') ?? undefined });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(redirect.port), '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : Number(redirect.port);
  const at = new URL(redirect);
  at.port = String(port);
  return {
    redirect: at.href,
    wait: (signal) =>
      new Promise((resolve, reject) => {
        const stop = () => reject(signal.reason);
        signal.addEventListener('abort', stop, { once: true });
        if (signal.aborted) stop();
        arrived.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
