import assert from 'node:assert/strict';
import { createMessagesModel } from '../../../../src/node/models/messagesModel';
import { pictureSense } from '../../../../src/node/models/pictureSense';
import { nodeClock } from '../../../../src/node/nodePorts';

type Pages = Readonly<Record<string, (body: { readonly model?: string }) => unknown>>;

/** A server that knows these pages. */
function serving(pages: Pages) {
  const asked: string[] = [];
  const answer: typeof fetch = async (input, init) => {
    const { pathname } = new URL(String(input));
    asked.push(pathname);
    const page = pages[pathname]?.(JSON.parse(String(init?.body ?? '{}')));
    return page === undefined ? Response.json({ error: 'no' }, { status: 404 }) : Response.json(page);
  };
  return { asked, fetch: answer, baseUrl: 'http://localhost:1', apiKey: undefined };
}

const list = (...ids: readonly string[]) => ({ data: ids.map((id) => ({ id })) });

describe('which models can be shown pictures', () => {
  const ollama: Pages = {
    '/v1/models': () => list('coder', 'llava', 'seer', 'plain'),
    '/api/show': ({ model }) => ({
      capabilities:
        model === 'llava' || model === 'seer' ? ['completion', 'vision'] : ['completion', 'tools'],
    }),
  };

  it('as Ollama tells it, one by one', async () => {
    assert.deepEqual(await pictureSense('coder', serving(ollama)), {
      taken: false,
      others: ['llava', 'seer'],
    });
    const server = serving(ollama);
    assert.deepEqual(await pictureSense('llava', server), { taken: true, others: [] });
    assert.equal(
      server.asked.filter((path) => path === '/api/show').length,
      1,
      'the others are of no interest',
    );
  });

  it('as LM Studio, llama.cpp, OpenRouter and gateways to Anthropic tell it in their lists', async () => {
    const studio = serving({
      '/v1/models': () => list('coder', 'seer'),
      '/api/v0/models': () => ({
        data: [
          { id: 'coder', type: 'llm' },
          { id: 'seer', type: 'vlm' },
          { id: 'words', type: 'embeddings' },
        ],
      }),
    });
    const llama = serving({
      '/v1/models': () => ({
        ...list('coder'),
        models: [{ model: 'coder', capabilities: ['completion'] }],
      }),
    });
    const router = serving({
      '/v1/models': () => ({
        data: [
          { id: 'coder', architecture: { input_modalities: ['text'] } },
          { id: 'seer', architecture: { input_modalities: ['text', 'image'] } },
        ],
      }),
    });
    const gateway = serving({
      '/v1/models': () => ({
        data: [
          { id: 'coder', capabilities: { image_input: { supported: false } } },
          { id: 'seer', capabilities: { image_input: { supported: true } } },
        ],
      }),
    });
    for (const server of [studio, router, gateway])
      assert.deepEqual(await pictureSense('coder', server), { taken: false, others: ['seer'] });
    assert.deepEqual(await pictureSense('coder', llama), { taken: false, others: [] });
  });

  it('is not known of a server that says nothing, something else, or is not there', async () => {
    const silent = serving({});
    const odd = serving({
      '/v1/models': () => ({ data: [{ id: 7 }] }),
      '/api/show': () => ({ capabilities: 'all' }),
    });
    const gone = {
      ...silent,
      fetch: async (): Promise<Response> => {
        throw new TypeError('fetch failed');
      },
    };
    for (const server of [silent, odd, gone]) assert.equal(await pictureSense('coder', server), undefined);
  });

  it('is asked of a server that is anybody’s, and of no other', () => {
    const made = (baseUrl: string, rehearsed = false) =>
      createMessagesModel({ name: 'm', apiKey: 'k', baseUrl, rehearsed, clock: nodeClock }).takesPictures;
    assert.ok(made('http://localhost:11434'));
    assert.equal(made('https://api.anthropic.com'), undefined);
    assert.equal(made('http://127.0.0.1', true), undefined);
  });
});
