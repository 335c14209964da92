import http from 'node:http';
import https from 'node:https';
import zlib from 'node:zlib';
import type { WebAccess, WebPage } from '../../core/agent/webAccess';
import type { AbortSignal } from '../../core/util/abort';
import { errorMessage } from '../../core/util/errorMessage';
import { publicAddresses, type Resolve } from './publicAddress';

/** Bytes of a page after unpacking. */
const MAX_BYTES = 3_000_000;
const TIMEOUT = 30_000;
const MAX_REDIRECTS = 5;
const TEXT = /^(?:text\/|application\/(?:json|xml|xhtml\+xml|javascript|.*\+(?:json|xml)))/i;

export interface WebOptions {
  readonly resolve?: Resolve;
  /** The addresses of a host; rejects for those that must not be asked. */
  readonly addresses?: typeof publicAddresses;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly type: string;
  readonly body: Buffer;
  readonly cut: boolean;
}

/** Reads pages without cookies, credentials or anything else that tells who asks. */
export function createWebPages(options: WebOptions = {}): WebAccess {
  const { timeoutMs = TIMEOUT } = options;

  async function follow(address: string, signal: globalThis.AbortSignal): Promise<WebPage> {
    let url = parse(address);
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const answer = await request(url, options, signal);
      if (answer.location === undefined) return toPage(url, answer);
      const next = parse(new URL(answer.location, url).href);
      // The person was asked about this host only.
      if (next.hostname !== url.hostname || next.port !== url.port)
        return { url: url.href, status: answer.status, text: '', cut: false, movedTo: next.href };
      url = next;
    }
    throw new Error(`${address} sends from one address to the next without end.`);
  }

  return {
    async fetch(address, signal: AbortSignal) {
      const abort = new AbortController();
      const cancel = () => abort.abort(signal.reason);
      signal.throwIfAborted();
      signal.addEventListener('abort', cancel, { once: true });
      const timer = setTimeout(
        () => abort.abort(new Error(`${address} did not answer whole within ${timeoutMs / 1000} s.`)),
        timeoutMs,
      );
      try {
        return await follow(address, abort.signal);
      } catch (error) {
        throw abort.signal.aborted ? abort.signal.reason : error;
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
      }
    },
  };
}

function parse(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`${address} is no address of http or https.`);
  if (url.username !== '' || url.password !== '')
    throw new Error('Addresses with a user name or password are not read.');
  return url;
}

async function request(
  url: URL,
  { resolve, addresses = publicAddresses, maxBytes = MAX_BYTES }: WebOptions,
  signal: globalThis.AbortSignal,
): Promise<Answer> {
  const found = await addresses(url.hostname, resolve);
  signal.throwIfAborted();
  const client = url.protocol === 'https:' ? https : http;
  return new Promise<Answer>((done, fail) => {
    const asked = client.request(url, {
      signal,
      // No connection of another request, and none that goes elsewhere.
      agent: false,
      // What was looked at is what is asked: a name that leads elsewhere a moment later changes nothing.
      lookup: (_host, { all }, callback) =>
        all ? callback(null, [...found]) : callback(null, found[0]?.address ?? '', found[0]?.family),
      headers: {
        'user-agent': 'Earshot',
        accept: 'text/html, text/plain, application/json;q=0.9, text/*;q=0.8',
        'accept-encoding': 'gzip, br',
      },
    });
    asked.on('error', (error) => fail(new Error(`${url.host} cannot be read: ${errorMessage(error)}`)));
    asked.on('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      const type = headers['content-type'] ?? 'text/plain';
      const location = status >= 300 && status < 400 ? headers.location : undefined;
      if (location !== undefined || !TEXT.test(type)) {
        response.destroy();
        if (location === undefined) fail(new Error(`${url.href} is ${type}, not text.`));
        else done({ status, location, type, body: Buffer.alloc(0), cut: false });
        return;
      }
      collect(response, maxBytes).then(
        ({ body, cut }) => done({ status, location, type, body, cut }),
        (error) => fail(new Error(`${url.host} broke off: ${errorMessage(error)}`)),
      );
    });
    asked.end();
  });
}

/** Unpacked as it comes: what a few packed bytes unpack to is held within the same bound. */
async function collect(
  response: http.IncomingMessage,
  maxBytes: number,
): Promise<{ readonly body: Buffer; readonly cut: boolean }> {
  const unpacker = unpackerOf(response.headers['content-encoding']);
  const stream = unpacker ? response.pipe(unpacker) : response;
  if (unpacker) response.on('error', (error) => unpacker.destroy(error));
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > maxBytes) break;
  }
  response.destroy();
  return { body: Buffer.concat(pieces).subarray(0, maxBytes), cut: size > maxBytes };
}

function unpackerOf(encoding: string | undefined) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return zlib.createGunzip();
  return encoding === 'br' ? zlib.createBrotliDecompress() : undefined;
}

async function toPage(url: URL, { status, type, body, cut }: Answer): Promise<WebPage> {
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
  const text = decoderOf(charset).decode(body);
  if (!/html/i.test(type)) return { url: url.href, status, text, cut };
  const { htmlText } = await import('./htmlText');
  return { url: url.href, status, text: htmlText(text), cut };
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
