/** A server's configured headers, which may be keys: for that server alone, not for the one that signs people in. */
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';

/** Sends the headers to the origin of `server`, and nothing of them anywhere else. */
export function fetchWithHeaders(server: URL, headers: Readonly<Record<string, string>>): FetchLike {
  return (input, init) => {
    if (new URL(input).origin !== server.origin) return fetch(input, init);
    const all = new Headers(init?.headers);
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    return fetch(input, { ...init, headers: all });
  };
}
