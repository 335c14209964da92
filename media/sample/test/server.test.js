import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import { createServer } from '../src/server.js';
import { Shortener } from '../src/shortener.js';

const NOON = Date.parse('2026-03-01T12:00:00Z');

/**
 * A running server; it ends with the test.
 * @param {test.TestContext} t
 * @param {Shortener} [shortener]
 * @returns {Promise<string>} its address
 */
async function serve(t, shortener = new Shortener({ now: () => NOON })) {
  const server = createServer(shortener).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return `http://127.0.0.1:${address.port}`;
}

/**
 * @param {string} base
 * @param {unknown} body
 */
const post = (base, body) =>
  fetch(`${base}/links`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

test('a posted URL becomes a link', async (t) => {
  const response = await post(await serve(t), { url: 'https://example.com/talk' });
  assert.equal(response.status, 201);
  const link = await response.json();
  assert.equal(link.code, '1000');
  assert.equal(link.url, 'https://example.com/talk');
  assert.equal(link.createdAt, '2026-03-01T12:00:00.000Z');
  assert.equal(link.visits, 0);
});

test('a code redirects to its URL', async (t) => {
  const base = await serve(t);
  await post(base, { url: 'https://example.com/talk' });
  const response = await fetch(`${base}/1000`, { redirect: 'manual' });
  assert.equal(response.status, 302);
  assert.equal(response.headers.get('location'), 'https://example.com/talk');
});

test('the details of a link show its visits', async (t) => {
  const base = await serve(t);
  await post(base, { url: 'https://example.com/talk' });
  await fetch(`${base}/1000`, { redirect: 'manual' });
  const response = await fetch(`${base}/links/1000`);
  assert.equal(response.status, 200);
  assert.equal((await response.json()).visits, 1);
});

test('unknown addresses answer 404', async (t) => {
  const base = await serve(t);
  for (const path of ['/', '/1000', '/links/1000', '/favicon.ico', '/links/']) {
    const response = await fetch(base + path, { redirect: 'manual' });
    assert.equal(response.status, 404, path);
    assert.equal((await response.json()).error, 'not-found');
  }
});

// Feature: short-codes, Property 4: Refused requests leave nothing behind
// Validates: Requirements 1.5, 1.6, 3.3, 3.4
test('bad requests are refused and say why', async (t) => {
  const base = await serve(t);
  const cases = [
    { body: { url: 'example.com' }, status: 400, error: 'invalid-url' },
    { body: {}, status: 400, error: 'invalid-url' },
    { body: 'null', status: 400, error: 'invalid-url' },
    { body: '{"url":', status: 400, error: 'invalid-json' },
    { body: 'x'.repeat(8193), status: 413, error: 'too-large' },
  ];
  for (const { body, status, error } of cases) {
    const response = await post(base, body);
    assert.equal(response.status, status);
    assert.equal((await response.json()).error, error);
  }
  assert.equal((await fetch(`${base}/links/1000`)).status, 404);
});
