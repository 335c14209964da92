/**
 * What is asked on the way to signing in. A server names the addresses for it, so they are looked at first: what is public
 * may not send us to this machine or its network, and what was looked at is what is asked.
 */
import http from 'node:http';
import https from 'node:https';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { publicAddresses, type Resolve } from '../web/publicAddress';
import { isLocal } from './localHost';

const TIMEOUT_MS = 30_000;
/** Bytes of an answer: metadata, a registration, tokens. */
const MOST = 1024 * 1024;

export interface SignInFetch {
  readonly fetch: FetchLike;
  /** Refresh tokens that were not taken. */
  readonly refused: ReadonlySet<string>;
}

export interface SignInFetchOptions {
  readonly name: string;
  readonly server: URL;
  /** Of the server's own origin. */
  readonly own: FetchLike;
  readonly resolve?: Resolve | undefined;
  /** The addresses of a host; rejects for those that must not be asked. */
  readonly addresses?: typeof publicAddresses;
}

export function createSignInFetch(options: SignInFetchOptions): SignInFetch {
  const { name, server, own, resolve, addresses = publicAddresses } = options;
  const refused = new Set<string>();
  const renewals = new Map<string, Promise<Response>>();
  let open: Promise<boolean> | undefined;

  /** A server of this machine, or of one's own network, may name another one there. */
  const isPublic = () => {
    open ??= isLocal(server.hostname)
      ? Promise.resolve(false)
      : addresses(server.hostname, resolve).then(
          () => true,
          () => false,
        );
    return open;
  };

  const elsewhere: FetchLike = async (input, init) => {
    const url = new URL(input);
    if (!(await isPublic())) return own(url, init);
    if (url.protocol !== 'https:')
      throw new Error(`“${name}” names ${url.origin} to sign in at, which is not https. It was not asked.`);
    const found = await addresses(url.hostname, resolve).catch((cause: Error) => {
      throw new Error(`“${name}” names ${url.origin} to sign in at, which was not asked: ${cause.message}`, {
        cause,
      });
    });
    return pinnedFetch(url, init, found);
  };

  const either: FetchLike = (input, init) =>
    new URL(input).origin === server.origin ? own(input, init) : elsewhere(input, init);

  return {
    refused,
    async fetch(input, init) {
      const token = refreshTokenOf(init?.body);
      if (token === undefined) return either(input, init);
      // Most servers take one only once, and two calls can find at the same time that they need another.
      const running = renewals.get(token) ?? either(input, init);
      renewals.set(token, running);
      try {
        const answer = await running;
        if (answer.status === 400 || answer.status === 401) refused.add(token);
        return answer.clone();
      } finally {
        renewals.delete(token);
      }
    },
  };
}

function refreshTokenOf(body: unknown): string | undefined {
  return body instanceof URLSearchParams ? (body.get('refresh_token') ?? undefined) : undefined;
}

type Found = Awaited<ReturnType<typeof publicAddresses>>;

/** Follows nothing: that is for whoever knows where it may lead. */
function pinnedFetch(url: URL, init: RequestInit | undefined, found: Found): Promise<Response> {
  const { method = 'GET', body } = init ?? {};
  const client = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const asked = client.request(url, {
      method,
      signal: init?.signal ?? undefined,
      agent: false,
      timeout: TIMEOUT_MS,
      lookup: (_host, { all }, callback) =>
        all ? callback(null, [...found]) : callback(null, found[0]?.address ?? '', found[0]?.family),
      headers: { accept: 'application/json', ...Object.fromEntries(new Headers(init?.headers)) },
    });
    asked.on('timeout', () => asked.destroy(new Error(`${url.host} did not answer.`)));
    asked.on('error', reject);
    asked.on('response', (answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on('data', (part: Buffer) => {
        size += part.length;
        if (size > MOST) asked.destroy(new Error(`${url.host} answered with more than anybody needs.`));
        else parts.push(part);
      });
      answer.on('error', reject);
      answer.on('end', () => {
        const { statusCode: status = 500, headers } = answer;
        const given = new Headers();
        for (const key of ['content-type', 'location', 'www-authenticate'] as const) {
          const value = headers[key];
          if (value !== undefined) given.set(key, value);
        }
        const empty = [204, 205, 304].includes(status);
        resolve(new Response(empty ? null : Buffer.concat(parts), { status, headers: given }));
      });
    });
    asked.end(body === undefined || body === null ? undefined : String(body));
  });
}
