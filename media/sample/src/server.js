import http from 'node:http';
import { Refusal } from './refusal.js';

/** @import { Link } from './store.js' */
/** @import { Shortener } from './shortener.js' */

/**
 * What the server says: a status, and either a place to go or a JSON body.
 * @typedef {{ status: number, location?: string, body?: object }} Answer
 */

/** The largest request body that is read, in bytes. */
const MAX_BODY = 8192;

const NOT_FOUND = { status: 404, body: { error: 'not-found', message: 'There is nothing at this address.' } };

/**
 * The shortener as a web server; the caller lets it listen.
 * @param {Shortener} shortener
 * @returns {http.Server}
 */
export function createServer(shortener) {
  return http.createServer(async (request, response) => {
    const { status, location, body } = await answer(shortener, request).catch(failure);
    if (location !== undefined) response.setHeader('Location', location);
    if (body === undefined) return response.writeHead(status).end();
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
}

/**
 * @param {Shortener} shortener
 * @param {http.IncomingMessage} request
 * @returns {Promise<Answer>}
 */
async function answer(shortener, request) {
  const [path = '/'] = (request.url ?? '/').split('?');
  if (request.method === 'POST' && path === '/links') return create(shortener, await readJson(request));
  if (request.method !== 'GET') return NOT_FOUND;
  if (path.startsWith('/links/')) return details(shortener, path.slice('/links/'.length));
  return follow(shortener, path.slice(1));
}

/**
 * @param {Shortener} shortener
 * @param {any} body
 * @returns {Answer}
 */
function create(shortener, body) {
  return { status: 201, body: describe(shortener.shorten(body?.url)) };
}

/**
 * @param {Shortener} shortener
 * @param {string} code
 * @returns {Answer}
 */
function details(shortener, code) {
  const link = shortener.details(code);
  return link ? { status: 200, body: describe(link) } : NOT_FOUND;
}

/**
 * @param {Shortener} shortener
 * @param {string} code
 * @returns {Answer}
 */
function follow(shortener, code) {
  const outcome = shortener.follow(code);
  return outcome.status === 'found' ? { status: 302, location: outcome.link.url } : NOT_FOUND;
}

/**
 * A link as the API shows it.
 * @param {Link} link
 */
function describe({ code, url, createdAt, visits }) {
  return { code, url, createdAt: new Date(createdAt).toISOString(), visits };
}

/**
 * @param {http.IncomingMessage} request
 * @returns {Promise<unknown>}
 */
async function readJson(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  if (size > MAX_BODY) throw new Refusal('too-large', `Send at most ${MAX_BODY} bytes.`);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refusal('invalid-json', 'Send a JSON object such as {"url": "https://example.com"}.');
  }
}

/**
 * @param {unknown} error
 * @returns {Answer}
 */
function failure(error) {
  if (error instanceof Refusal) {
    const { reason, message } = error;
    return { status: reason === 'too-large' ? 413 : 400, body: { error: reason, message } };
  }
  console.error(error);
  return { status: 500, body: { error: 'internal', message: 'Something went wrong here. Try again later.' } };
}
