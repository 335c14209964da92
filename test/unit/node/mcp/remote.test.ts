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
import { quietHost, remoteServer } from '../../../support/realServers';
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
});
