// Feature: mcp-engine, Property 5: A fault has its words
// Verifies: mcp-engine#2.7, #2.8
/** What a server can do wrong on a real wire: each has its message, and is over then. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { McpConnection, McpHost } from '../../../../src/core/mcp/ports';
import { createAbort } from '../../../../src/core/util/abort';
import { laterMcp, memorySecrets } from '../../../../src/node/mcp/laterMcp';
import { leftOf } from '../../../../src/node/processInfo';
import { commandServer, quietHost, remoteServer } from '../../../support/realServers';

const BAD = join(__dirname, '../../../support/badServer.mjs');
const { signal } = createAbort();

describe('A server that fails', () => {
  let open: McpConnection | undefined;
  let lines: string[] = [];
  let gone: string[] = [];
  const connector = laterMcp({
    environment: process.env,
    homeFolder: tmpdir(),
    secrets: memorySecrets(),
    openBrowser: undefined,
    version: '0',
  });
  beforeEach(() => {
    lines = [];
    gone = [];
  });
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });

  async function connect(fault: string, ...more: readonly string[]): Promise<McpConnection> {
    const host: McpHost = quietHost({
      onLog: ({ text }) => void lines.push(text),
      onClosed: (why) => void gone.push(why),
    });
    open = await connector.connect(commandServer('bad', [BAD, fault, ...more]), host, signal);
    return open;
  }

  it('to be there says what is missing', async () => {
    const config = commandServer('bad', [], { command: 'no-such-command-anywhere' });
    await assert.rejects(
      connector.connect(config, quietHost(), signal),
      /there is no command “no-such-command-anywhere”/,
    );
  });

  it('at once is told with its exit code and its last words', async () => {
    await assert.rejects(connect('spawn'), /“bad” ended with exit code 3: missing API key/);
  });

  it('while it introduces itself is told so', async () => {
    await assert.rejects(connect('initialize'), /“bad” ended with exit code 4/);
  });

  it('while it lists its tools is told so', async () => {
    const server = await connect('list');
    await assert.rejects(server.tools(signal), /“bad” ended with exit code 5/);
    assert.deepEqual(gone, ['“bad” ended with exit code 5.']);
  });

  it('in a call is told so', async () => {
    const server = await connect('call');
    await assert.rejects(
      server.call('good', {}, signal, () => {}),
      /“bad” ended with exit code 6/,
    );
  });

  it('by printing what is no message is heard all the same', async () => {
    const server = await connect('noise');
    assert.equal((await server.tools(signal)).length, 1);
    assert.deepEqual(lines.slice(0, 1), ['It printed what is no message: Starting up…']);
  });

  it('by flooding standard error is heard, and little of it is told', async () => {
    const server = await connect('stderr');
    assert.equal((await server.call('good', {}, signal, () => {})).text, 'fine');
    assert.ok(lines.length < 2_000, `${lines.length} lines`);
  });

  it('by flooding standard output, or with a line without end, is ended', async () => {
    await assert.rejects(connect('stdout'), /prints what is no message, and nothing else/);
    await assert.rejects(connect('long'), /sent a line of more than 16 MB/);
  });

  it('to define a tool loses that tool alone', async () => {
    const server = await connect('definition');
    assert.deepEqual(
      (await server.tools(signal)).map(({ name }) => name),
      ['good'],
    );
    assert.ok(lines.includes('Tool “wrong” has no valid definition, so it is left out.'));
    assert.ok(lines.includes('Tool “good” is there twice, so it is left out.'));
  });

  it('the protocol, or its own schema, is told so', async () => {
    const server = await connect('result');
    await assert.rejects(
      server.call('good', {}, signal, () => {}),
      /answered in a form that the protocol forbids/,
    );
    await server.close();
    const other = await connect('schema');
    await other.tools(signal);
    await assert.rejects(
      other.call('good', {}, signal, () => {}),
      /answered what its own schema forbids/,
    );
  });

  it('to end its children has them ended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-mcp-'));
    try {
      const server = await connect('child', join(folder, 'pid'));
      const group = Number(readFileSync(join(folder, 'pid'), 'utf8'));
      assert.equal(leftOf(group)[0]?.group, group);
      await server.close();
      assert.deepEqual(leftOf(group), []);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('to be reached is told so', async () => {
    const config = remoteServer('far', 'http://127.0.0.1:9/mcp');
    await assert.rejects(connector.connect(config, quietHost(), signal), /“far” cannot be reached/);
  });
}).timeout(60_000);
