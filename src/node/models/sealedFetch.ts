import type { Endpoint } from './endpoint';

export interface SealedFetchOptions {
  readonly endpoint: Endpoint;
  readonly apiKey: string | undefined;
  readonly fetch: typeof fetch;
  /** Called for the headers and for every piece of a body, keep-alive pings included. */
  readonly onActivity?: () => void;
}

/** What the client may say besides the key. */
const PASSED = /^(accept|content-type|user-agent|anthropic-version|x-stainless-.*)$/;

/**
 * The only way to the network for the model client. It sets the credentials itself, drops every header that
 * the environment could have added, refuses another origin and follows no redirect: a key goes to the
 * address that the person set and nowhere else.
 */
export function createSealedFetch(options: SealedFetchOptions): typeof fetch {
  const { endpoint, onActivity } = options;
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (new URL(url).origin !== endpoint.origin) throw new Error(`Refused to call ${new URL(url).origin}.`);
    const headers = sealedHeaders(init?.headers, options);
    const response = await options.fetch(url, { ...init, headers, redirect: 'manual' });
    onActivity?.();
    return onActivity ? watchBody(response, onActivity) : response;
  };
}

function sealedHeaders(given: RequestInit['headers'], { endpoint, apiKey }: SealedFetchOptions): Headers {
  const headers = new Headers();
  for (const [name, value] of new Headers(given)) {
    if (PASSED.test(name)) headers.set(name, value);
  }
  if (apiKey !== undefined) headers.set('authorization', `Bearer ${apiKey}`);
  if (!endpoint.isAnthropic) {
    // Gateways and local servers speak the first stable version and look for the key in its header.
    headers.set('anthropic-version', '2023-06-01');
    if (apiKey !== undefined) headers.set('x-api-key', apiKey);
  }
  return headers;
}

/** The same response; every piece of its body counts as activity. */
export function watchBody(response: Response, onActivity: () => void): Response {
  if (!response.body) return response;
  const watch = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      onActivity();
      controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(watch), { status, statusText, headers });
}
