/** Waits on this machine, and on no other address, for the browser to come back from signing in. */
import { createServer } from 'node:http';
import { SignInNeeded } from '../../core/mcp/ports';

/** What was asked for: anything on this machine, and any page in the browser, can knock here. */
export interface Expected {
  readonly state: string;
  /** Throws where the answer is not from whom it should be. @param issuer who says that it issued the code (RFC 9207) */
  check(issuer: string | undefined): void;
  /** Somebody came whom nobody asked for. Told once. */
  onStray(): void;
}

export interface CallbackServer {
  readonly redirect: string;
  /** Resolves with the code; rejects where the person or the server said no. */
  wait(signal: AbortSignal): Promise<string>;
  close(): void;
}

const PAGE = (words: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Earshot</title><style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:20vh auto;max-width:30em;padding:0 1em;text-align:center}</style><h1>${words}</h1><p>You can close this page and go back to Earshot.</p></html>`;

/** @param redirect where it is to be, `http://127.0.0.1:8080/oauth/callback`; port 0: any that is free */
export async function createCallbackServer(redirect: URL, expected: Expected): Promise<CallbackServer> {
  let settle: { resolve(code: string): void; reject(error: unknown): void } | undefined;
  const arrived = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject };
  });
  arrived.catch(() => {});
  let strays = 0;

  /** What the person's page says. */
  function hear(query: URLSearchParams): readonly [status: number, words: string] {
    const [code, error] = [query.get('code'), query.get('error')];
    if (settle === undefined || (code === null && error === null)) return [404, 'There is nothing here.'];
    // Who does not know the state is not who was asked, so that its word ends nothing: the right one can still come.
    if (query.get('state') !== expected.state) {
      strays += 1;
      if (strays === 1) expected.onStray();
      return [400, 'This sign-in was not asked for.'];
    }
    const { resolve, reject } = settle;
    settle = undefined;
    try {
      expected.check(query.get('iss') ?? undefined);
      if (code === null)
        throw new SignInNeeded(
          `The server did not sign you in: ${(query.get('error_description') ?? error ?? '').slice(0, 300)}`,
        );
      resolve(code);
      return [200, 'You are signed in.'];
    } catch (why) {
      reject(why);
      return [200, 'You are not signed in.'];
    }
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', redirect);
    const [status, words] =
      url.pathname === redirect.pathname ? hear(url.searchParams) : [404, 'There is nothing here.'];
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', connection: 'close' });
    response.end(PAGE(words));
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
