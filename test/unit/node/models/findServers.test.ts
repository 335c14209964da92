import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findServers } from '../../../../src/node/models/findServers';
import { startMessagesServer } from '../../../support/messagesServer';

describe('servers on this machine', () => {
  it('are those that answer and offer a model; none hears a key', async () => {
    const ollama = await startMessagesServer({ models: ['qwen3-coder', 'gpt-oss'] });
    const empty = await startMessagesServer({ models: [] });
    const heard: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      heard.push(request.headers.authorization, request.headers['x-api-key'] as string | undefined);
      response.end('<html>something else listens here</html>');
    });
    const silent = createServer(() => {});
    await Promise.all(
      [other, silent].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
    );
    const at = (server: typeof other) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const found = await findServers(
        [
          { name: 'Nobody', baseUrl: 'http://127.0.0.1:2' },
          { name: 'Silent', baseUrl: at(silent) },
          { name: 'Other', baseUrl: at(other) },
          { name: 'Empty', baseUrl: empty.url },
          { name: 'Ollama', baseUrl: ollama.url },
        ],
        700,
      );
      const models = ['qwen3-coder', 'gpt-oss'].map((id) => ({ id, abilities: {} }));
      assert.deepEqual(found, [{ name: 'Ollama', baseUrl: ollama.url, models }]);
      assert.ok(heard.length > 0 && heard.every((key) => key === undefined));
    } finally {
      for (const server of [other, silent]) {
        server.closeAllConnections();
        server.close();
      }
    }
  });
});
