import assert from 'node:assert/strict';
import { ModelError } from '../../../../src/core/agent/turn/model';
import { DEFAULT_MODEL } from '../../../../src/node/models/defaultModel';
import { listModels } from '../../../../src/node/models/listModels';
import { startMessagesServer } from '../../../support/messagesServer';

describe('listModels', () => {
  it('lists what the server offers', async () => {
    const server = await startMessagesServer({ models: [DEFAULT_MODEL, 'local-model'] });
    const models = await listModels({ apiKey: 'key', baseUrl: `${server.url}/v1` });
    assert.deepEqual(
      models.map(({ id }) => id),
      [DEFAULT_MODEL, 'local-model'],
    );
  });

  it('tells a refused key, a server without a list, and no server apart', async () => {
    const answering = (status: number, body: unknown) => async (): Promise<Response> =>
      Response.json(body, { status });
    const failing = async (): Promise<Response> => {
      throw new TypeError('fetch failed');
    };
    const cases = [
      [answering(401, {}), 'auth'],
      [answering(404, {}), 'notFound'],
      [answering(200, { models: [] }), 'notFound'],
      [failing, 'network'],
    ] as const;
    for (const [fetch, reason] of cases) {
      const listing = listModels({ apiKey: 'key', baseUrl: 'http://localhost:1', fetch });
      await assert.rejects(listing, (error) => error instanceof ModelError && error.reason === reason);
    }
  });
});
