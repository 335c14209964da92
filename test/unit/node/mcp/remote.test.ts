/** Servers that are reached over HTTP. */
import { strict as assert } from 'node:assert';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAbort } from '../../../../src/core/util/abort';
import { laterMcp, memorySecrets } from '../../../../src/node/mcp/laterMcp';
import { fetchWithHeaders } from '../../../../src/node/mcp/ownHeaders';
import { repoRoot } from '../../../support/host/paths';
import { startHttp } from '../../../support/otherAgents';
import { quietHost, remoteServer, startEverything } from '../../../support/realServers';
import { onTestEnd } from '../../../support/testStore';

const forever = createAbort().signal;

/** An origin of its own, which keeps what it is told. */
async function listener(): Promise<{ readonly url: URL; readonly heard: (string | undefined)[] }> {
  const heard: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    heard.push(headers['x-api-key'] as string | undefined);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestEnd(() => void server.close());
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`), heard };
}

describe('A server over HTTP', () => {
  it('is asked with the key of its configuration, and refused without it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-remote-'));
    onTestEnd(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(join(repoRoot, 'media/sample'), join(folder, 'work'), { recursive: true });
    const { address, token } = await startHttp(join(folder, 'work'), folder);
    const connector = laterMcp({
      ...{ environment: process.env, homeFolder: folder, secrets: memorySecrets() },
      ...{ openBrowser: undefined, version: '0' },
    });
    const key = (value: string) =>
      remoteServer('specs', address, { headers: { Authorization: `Bearer ${value}` } });
    const server = await connector.connect(key(token), quietHost(), forever);
    onTestEnd(() => server.close());
    const tools = await server.tools(forever);
    assert.ok(tools.some(({ name }) => name === 'list_specs'));
    const { ok, text } = await server.call('list_specs', {}, forever, () => {});
    assert.ok(ok && text.includes('short-codes'));
    await assert.rejects(connector.connect(key('wrong'), quietHost(), forever), /refuses the key/);
  });

  it('keeps its key to itself: who signs people in does not hear it', async () => {
    const [own, other] = [await listener(), await listener()];
    const ask = fetchWithHeaders(own.url, { 'X-Api-Key': 'secret' });
    await ask(new URL('/mcp', own.url), { headers: { accept: 'application/json' } });
    await ask(new URL('/token', other.url), { method: 'POST', body: 'grant' });
    assert.deepEqual([own.heard, other.heard], [['secret'], [undefined]]);
  });

  for (const [what, transport, path, tried] of [
    ['streamable HTTP', 'streamableHttp', '/mcp', []],
    ['the older SSE, which is tried when the other is not known', 'sse', '/sse', [/the older SSE is tried/]],
  ] as const)
    it(`speaks ${what}, with a server that has everything`, async () => {
      const told: string[] = [];
      const asked: string[] = [];
      const host = quietHost({
        ...{ canAsk: true, onLog: ({ text }) => void told.push(text) },
        async elicit({ message }) {
          asked.push(message);
          return { action: 'decline' };
        },
      });
      const connector = laterMcp({
        ...{ environment: process.env, homeFolder: tmpdir(), secrets: memorySecrets() },
        ...{ openBrowser: undefined, version: '0' },
      });
      const url = `${await startEverything(transport)}${path}`;
      const server = await connector.connect(remoteServer('everything', url), host, forever);
      const call = (name: string, input: object, onProgress = (_: string) => {}) =>
        server.call(name, input, createAbort().signal, onProgress);
      try {
        const tools = await server.tools(createAbort().signal);
        assert.ok(tools.some(({ name }) => name === 'echo'));
        assert.deepEqual(await call('echo', { message: 'far' }), { ok: true, text: 'Echo: far' });
        const [first] = await server.resources(createAbort().signal);
        assert.match(await server.readResource(first?.uri ?? '', createAbort().signal), /^\[resource demo:/);
        const progress: string[] = [];
        const long = { duration: 0.2, steps: 2 };
        await call('trigger-long-running-operation', long, (text) => progress.push(text));
        assert.equal(progress[0], '1 of 2');
        // It asks back while it is asked.
        await call('trigger-elicitation-request', {});
        assert.equal(asked.length, 1);
        const abort = createAbort();
        const cut = server.call(
          'trigger-long-running-operation',
          { duration: 60, steps: 60 },
          abort.signal,
          () => abort.abort(new Error('enough')),
        );
        await assert.rejects(cut);
        assert.equal((await call('echo', { message: 'still' })).text, 'Echo: still');
      } finally {
        await server.close();
      }
      for (const words of tried) assert.match(told.join('\n'), words);
    }).timeout(60_000);
});
