// Verifies: agent-engine#6.5
import assert from 'node:assert/strict';
import { contextWindow } from '../../../../src/node/models/contextWindow';
import { createMessagesModel } from '../../../../src/node/models/messagesModel';
import { nodeClock } from '../../../../src/node/nodePorts';

/** A server that knows these pages. */
function serving(pages: Readonly<Record<string, unknown>>) {
  const answer: typeof fetch = async (input) => {
    const page = pages[new URL(String(input)).pathname];
    return page === undefined ? Response.json({ error: 'no' }, { status: 404 }) : Response.json(page);
  };
  return { fetch: answer, baseUrl: 'http://localhost:1', apiKey: undefined };
}

const list = { data: [{ id: 'coder' }] };
const sure = (tokens: number) => ({ tokens, sure: true });
const made = { model_info: { 'llama.context_length': 131_072 } };

describe('how long a request a model takes', () => {
  it('is what Ollama loaded it with, not what it was made for', async () => {
    const running = { models: [{ name: 'coder:latest', model: 'coder:latest', context_length: 4096 }] };
    assert.deepEqual(
      await contextWindow('coder', serving({ '/api/ps': running, '/v1/models': list, '/api/show': made })),
      { tokens: 4096, sure: true },
    );
    // Nobody has loaded it yet: better than nothing.
    assert.deepEqual(
      await contextWindow(
        'coder',
        serving({ '/api/ps': { models: [] }, '/v1/models': list, '/api/show': made }),
      ),
      { tokens: 131_072, sure: false },
    );
  });

  it('is what llama.cpp, LM Studio and vLLM say in their lists', async () => {
    const llama = { data: [{ id: 'coder', meta: { n_ctx: 16_384, n_ctx_train: 131_072 } }] };
    assert.deepEqual(await contextWindow('coder', serving({ '/v1/models': llama })), sure(16_384));
    const studio = {
      data: [{ id: 'coder', type: 'llm', loaded_context_length: 8192, max_context_length: 32_768 }],
    };
    assert.deepEqual(
      await contextWindow('coder', serving({ '/v1/models': list, '/api/v0/models': studio })),
      sure(8192),
    );
    const vllm = { data: [{ id: 'coder', max_model_len: 32_000 }] };
    assert.deepEqual(await contextWindow('coder', serving({ '/v1/models': vllm })), sure(32_000));
  });

  it('is not known of a server that says nothing, something else, or is not there', async () => {
    const odd = serving({ '/api/ps': { models: 'all' }, '/v1/models': [], '/api/show': 7 });
    const gone = {
      ...serving({}),
      fetch: async (): Promise<Response> => {
        throw new TypeError('fetch failed');
      },
    };
    for (const server of [serving({}), odd, gone])
      assert.equal(await contextWindow('coder', server), undefined);
  });

  it('is published of Anthropic’s, and nothing is asked', async () => {
    const model = createMessagesModel({
      name: 'claude-haiku-4-5',
      apiKey: 'k',
      baseUrl: 'https://api.anthropic.com',
      clock: nodeClock,
      fetch: async () => assert.fail('asked'),
    });
    assert.deepEqual(await model.takesTokens?.(), sure(200_000));
  });
});
