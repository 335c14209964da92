import assert from 'node:assert/strict';
import { DEFAULT_MODEL } from '../../../../src/node/models/defaultModel';
import { createNewestModel } from '../../../../src/node/models/newestModel';
import { startMessagesServer } from '../../../support/messagesServer';

describe('the model where none is chosen', () => {
  it('is the newest Sonnet that the server lists, asked for once', async () => {
    const server = await startMessagesServer({
      models: ['claude-opus-9', 'claude-sonnet-9-1', 'claude-sonnet-8'],
    });
    try {
      const newest = createNewestModel();
      const asked = { apiKey: 'k', baseUrl: server.url };
      assert.equal(newest.known(server.url, true), DEFAULT_MODEL);
      const names = await Promise.all([newest.of(asked, true), newest.of(asked, true)]);
      assert.deepEqual(names, ['claude-sonnet-9-1', 'claude-sonnet-9-1']);
      assert.equal(newest.known(server.url, true), 'claude-sonnet-9-1');
    } finally {
      await server.close();
    }
    const gone = { apiKey: 'k', baseUrl: server.url };
    assert.equal(await createNewestModel().of(gone, true), DEFAULT_MODEL);
    assert.equal(await createNewestModel().of(gone, false), undefined);
  });

  it('is the first of a server that has no Sonnet, and none of one that lists none', async () => {
    for (const [models, name] of [
      [['qwen3', 'llama'], 'qwen3'],
      [[], undefined],
    ] as const) {
      const server = await startMessagesServer({ models });
      try {
        assert.equal(await createNewestModel().of({ apiKey: undefined, baseUrl: server.url }, false), name);
      } finally {
        await server.close();
      }
    }
  });
});
