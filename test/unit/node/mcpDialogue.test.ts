/** What `earshot mcp` says to a client that does not keep to the protocol. */
import { strict as assert } from 'node:assert';
import { createDialogue } from '../../../src/node/mcpServer/dialogue';

interface Said {
  readonly id?: unknown;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Answers to lines, once there are as many as are wanted. */
async function answers(wanted: number, ...lines: readonly string[]): Promise<readonly Said[]> {
  const said: Said[] = [];
  const quiet = { info() {}, warn() {}, error() {} };
  await new Promise<void>((resolve) => {
    const dialogue = createDialogue(
      { desk: () => Promise.reject(new Error('nothing is read')), version: '1', log: quiet },
      (message) => {
        said.push(message);
        if (said.length === wanted) resolve();
      },
    );
    for (const line of lines) dialogue.hear(line);
  });
  return said;
}

const ask = (id: unknown, method: string, params?: object) =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });

describe('The server for other agents, line by line', () => {
  it('speaks the version that a client asks for, or its own latest', async () => {
    const [old, future] = await answers(
      2,
      ask(1, 'initialize', { protocolVersion: '2024-11-05' }),
      ask(2, 'initialize', { protocolVersion: '2999-01-01' }),
    );
    assert.deepEqual(
      [old?.result?.protocolVersion, future?.result?.protocolVersion],
      ['2024-11-05', '2025-11-25'],
    );
  });

  it('says what it does not understand, and goes on', async () => {
    const said = await answers(
      6,
      '{ half',
      '7',
      '{"jsonrpc":"2.0","id":3}',
      ask('a', 'constructor'),
      ask('b', 'resources/list'),
      ask('c', 'ping'),
    );
    assert.deepEqual(
      said.map(({ id, error }) => [id, error?.code]),
      [
        [null, -32700],
        [null, -32600],
        [null, -32600],
        ['a', -32601],
        ['b', -32601],
        ['c', undefined],
      ],
    );
  });

  it('answers no notification, no answer, and nothing that was cancelled', async () => {
    const said = await answers(
      1,
      JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
      JSON.stringify({ jsonrpc: '2.0', id: 9, result: {} }),
      ask(1, 'tools/call', { name: 'list_specs' }),
      JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } }),
      `[${ask(2, 'tools/list')}]`,
    );
    const tools = said[0]?.result?.tools;
    assert.deepEqual([said[0]?.id, Array.isArray(tools) && tools.length], [2, 8]);
  });
});
