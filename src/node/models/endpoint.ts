import { ModelError } from '../../core/agent/turn/model';

/** Where a model is served. */
export interface Endpoint {
  /** Without a trailing slash or `/v1`: the client appends the whole path. */
  readonly baseUrl: string;
  /** For people: `https://api.anthropic.com`. */
  readonly origin: string;
  /** Anthropic's own service: knows the newest protocol, has known prices. */
  readonly isAnthropic: boolean;
}

/** Reads the person's setting; throws a `ModelError` when it is no address of a server. */
export function parseEndpoint(baseUrl: string): Endpoint {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
    throw new ModelError(
      'badRequest',
      `“${baseUrl}” is not the address of a server. Correct the setting “earshot.baseUrl”, for example https://api.anthropic.com.`,
    );
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return {
    baseUrl: `${url.origin}${path}`,
    origin: url.origin,
    isAnthropic: url.origin === 'https://api.anthropic.com',
  };
}
