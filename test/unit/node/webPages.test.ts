// Feature: agent-engine, Property 7: Nothing leads out
// Verifies: agent-engine#4.4
/** Web pages, from a server of the test's. It is no public address: which ones are is tested by itself. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createAbort } from '../../../src/core/util/abort';
import { isPublic, publicAddresses } from '../../../src/node/web/publicAddress';
import { createWebPages } from '../../../src/node/web/webPages';

const HTML = `<html><head><title>T</title><style>p{}</style></head><body><nav>Menu</nav><h1>Guide</h1>
<p>Read <a href="/more">more</a>.</p><script>steal()</script><ul><li>One</li></ul></body></html>`;

const addresses = async () => [{ address: '127.0.0.1', family: 4 }];

describe('web pages', () => {
  let server: Server;
  let base = '';
  let asked: IncomingMessage[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {};

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://site.test:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
  });

  const read = (path: string, more: Parameters<typeof createWebPages>[0] = {}) =>
    createWebPages({ addresses, ...more }).fetch(base + path, createAbort().signal);

  const html = (response: ServerResponse, text: string | Buffer, headers: Record<string, string> = {}) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(text);

  it('are what a reader sees of them, packed or not, and nobody is told who asks', async () => {
    for (const [body, headers] of [
      [HTML, {}],
      [gzipSync(HTML), { 'content-encoding': 'gzip' }],
    ] as const) {
      answer = (_, response) => html(response, body, headers);
      const page = await read('/guide?q=1');
      assert.equal(page.text, 'Guide\n\nRead more [/more].\n\n * One');
      assert.deepEqual([page.url, page.status, page.cut], [`${base}/guide?q=1`, 200, false]);
    }
    const headers = asked[0]?.headers;
    assert.deepEqual(
      [headers?.cookie, headers?.authorization, headers?.referer],
      [undefined, undefined, undefined],
    );
  });

  it('are followed within their host; another host is only named', async () => {
    answer = ({ url }, response) => {
      if (url === '/a') response.writeHead(302, { location: '/b' }).end();
      else if (url === '/b') response.writeHead(301, { location: 'http://169.254.169.254/latest' }).end();
      else response.writeHead(302, { location: url }).end();
    };
    const page = await read('/a');
    assert.deepEqual([page.movedTo, page.text], ['http://169.254.169.254/latest', '']);
    assert.equal(asked.length, 2);
    await assert.rejects(read('/loop'), /without end/);
    answer = (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    await assert.rejects(read('/c'), /no address of http/);
  });

  it('are held within their size, unpacked too, and within their time', async () => {
    answer = (_, response) =>
      html(response, gzipSync(Buffer.alloc(50_000_000, 97)), { 'content-encoding': 'gzip' });
    const page = await read('/bomb', { maxBytes: 100_000 });
    assert.equal(page.cut, true);
    assert.ok(page.text.length <= 100_000);
    answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).write('a');
    await assert.rejects(read('/slow', { timeoutMs: 100 }), /did not answer whole within 0\.1 s/);
  });

  it('are given up when the session is stopped', async () => {
    const abort = createAbort();
    answer = () => abort.abort(new Error('stop'));
    const reading = createWebPages({ addresses }).fetch(`${base}/x`, abort.signal);
    await assert.rejects(reading, /stop/);
  });

  it('are no pictures, no files of this machine, and carry no password', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('x');
    await assert.rejects(read('/a.png'), /image\/png, not text/);
    const web = createWebPages({ addresses });
    const { signal } = createAbort();
    await assert.rejects(web.fetch('file:///etc/passwd', signal), /no address of http/);
    await assert.rejects(web.fetch('http://me:pw@site.test/', signal), /user name or password/);
  });

  it('of this machine and its network are not asked, by whatever name', async () => {
    const { signal } = createAbort();
    const port = new URL(base).port;
    for (const host of [
      '127.0.0.1',
      '[::1]',
      'localhost',
      '0x7f000001',
      '2130706433',
      '127.1',
      '[::ffff:127.0.0.1]',
    ]) {
      const reading = createWebPages().fetch(`http://${host}:${port}/`, signal);
      await assert.rejects(reading, /this machine or of a private network/, host);
    }
    assert.equal(asked.length, 0);
  });

  it('are asked at the address that was looked at, whatever the name leads to later', async () => {
    answer = (_, response) => html(response, 'here');
    let times = 0;
    const page = await read('/', {
      addresses: async () => {
        times++;
        return [{ address: '127.0.0.1', family: 4 }];
      },
    });
    // “site.test” is no name that any server knows: nobody looked it up again.
    assert.deepEqual([page.text, times], ['here', 1]);
  });
});

describe('public addresses', () => {
  it('are those of the public network alone', () => {
    const all = {
      public: ['93.184.216.34', '2606:2800:220:1::1', '8.8.8.8', '::ffff:8.8.8.8'],
      private: [
        ...['10.0.0.1', '172.16.3.4', '192.168.1.1', '127.0.0.1', '0.0.0.0', '169.254.169.254', '100.64.0.1'],
        ...['224.0.0.1', '255.255.255.255', '240.0.0.1', '::1', '::', 'fe80::1%eth0', 'fd00::1', 'ff02::1'],
        ...['::ffff:10.0.0.1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'nonsense', ''],
      ],
    };
    assert.deepEqual(
      all.public.filter((address) => !isPublic(address)),
      [],
    );
    assert.deepEqual(all.private.filter(isPublic), []);
  });

  it('of a host are all public, or none is taken', async () => {
    const of =
      (...list: string[]) =>
      async () =>
        list.map((address) => ({ address, family: 4 }));
    const [one] = await publicAddresses('a.test', of('8.8.8.8', '9.9.9.9'));
    assert.equal(one?.address, '8.8.8.8');
    await assert.rejects(publicAddresses('a.test', of('8.8.8.8', '10.0.0.1')), /private network/);
    await assert.rejects(publicAddresses('a.test', of()), /no address/);
  });
});
