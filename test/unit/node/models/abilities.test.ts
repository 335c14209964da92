/** What models can do, from what servers really answer, in the words of the list of models. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { knownAbilities, readAbilities } from '../../../../src/node/models/abilities';
import { abilitiesInWords } from '../../../../src/node/models/abilitiesInWords';
import { bedrockAbilities } from '../../../../src/node/models/bedrock/bedrockPrices';
import { describeModels } from '../../../../src/node/models/listModels';

const yes = { supported: true };
const no = { supported: false };

/** An entry of Anthropic’s list, as its SDK types it. */
const sonnet = {
  id: 'claude-sonnet-6',
  type: 'model',
  display_name: 'Claude Sonnet 6',
  created_at: '2026-11-01T00:00:00Z',
  lifecycle: 'active',
  max_input_tokens: 1_000_000,
  max_tokens: 128_000,
  capabilities: {
    image_input: yes,
    pdf_input: yes,
    thinking: { supported: true, types: { adaptive: yes, enabled: no } },
    effort: { supported: true, low: yes, medium: yes, high: yes, xhigh: null, max: no },
    structured_outputs: yes,
  },
};

describe('what a model can do', () => {
  const told: readonly (readonly [who: string, entry: object, words: string])[] = [
    ['Anthropic', sonnet, '1M context, 128k answers · pictures · thinking · effort low–high'],
    [
      'Anthropic, of one that goes away',
      {
        ...sonnet,
        lifecycle: 'deprecated',
        retires_at: '2027-01-31T00:00:00Z',
        max_tokens: null,
        capabilities: { image_input: no, thinking: no, effort: { supported: false } },
      },
      '1M context · no pictures · retires 2027-01-31',
    ],
    [
      'llama.cpp, by what it was started with',
      { id: 'qwen', owned_by: 'llamacpp', meta: { n_ctx: 32_768, n_ctx_train: 262_144 } },
      '32k context',
    ],
    ['vLLM', { id: 'llama', max_model_len: 131_072 }, '128k context'],
    [
      'LM Studio',
      { id: 'vl', type: 'vlm', state: 'not-loaded', max_context_length: 32_768, capabilities: ['tool_use'] },
      '32k context · pictures · tools',
    ],
    [
      'OpenRouter',
      {
        id: 'a/b',
        context_length: 200_000,
        architecture: { input_modalities: ['text', 'image'] },
        top_provider: { max_completion_tokens: 64_000 },
        supported_parameters: ['reasoning', 'temperature', 'tools'],
      },
      '200k context, 64k answers · pictures · tools · thinking',
    ],
    [
      'Ollama',
      {
        capabilities: ['completion', 'thinking'],
        model_info: {
          'general.architecture': 'llama',
          'llama.context_length': 8192,
          'llama.block_count': 32,
        },
      },
      '8k context · no pictures · no tools: it can only draft · thinking',
    ],
    ['who tells nothing', { id: 'm', object: 'model', owned_by: 'me', capabilities: 'many' }, ''],
  ];
  for (const [who, entry, words] of told)
    it(`is told as by ${who}`, () => assert.equal(abilitiesInWords(readAbilities(entry)), words));

  it('is what is published of Claude where no list tells, and nothing of others', () => {
    const words = (model: string) => abilitiesInWords(knownAbilities(model));
    assert.equal(words('claude-sonnet-5-5'), '1M context · pictures · tools · thinking · caching');
    assert.match(words('claude-haiku-4-5-20251001'), /^200k context/);
    assert.equal(words('claude-sonnet-5-9'), 'pictures · tools · thinking · caching');
    assert.equal(words('gpt-oss'), '');
    assert.equal(
      abilitiesInWords(bedrockAbilities('eu.anthropic.claude-sonnet-5-5')),
      '1M context · pictures · tools · thinking',
    );
    assert.equal(abilitiesInWords(bedrockAbilities('arn:aws:bedrock:eu:1:inference-profile/mine')), '');
  });

  it('is asked of Ollama a model at a time; what only makes vectors is no model to choose', async () => {
    const shown: Record<string, readonly string[]> = {
      coder: ['completion', 'tools'],
      vectors: ['embedding'],
    };
    const server = createServer(async (request, response) => {
      response.setHeader('content-type', 'application/json');
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const list = { object: 'list', data: Object.keys(shown).map((id) => ({ id, owned_by: 'library' })) };
      if (request.url?.startsWith('/v1/models')) return response.end(JSON.stringify(list));
      if (request.url !== '/api/show') return response.writeHead(404).end('404 page not found');
      const { model } = JSON.parse(body) as { model: string };
      return response.end(JSON.stringify({ capabilities: shown[model] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const models = await describeModels({ apiKey: undefined, baseUrl });
      assert.deepEqual(
        models.map(({ id, abilities }) => [id, abilitiesInWords(abilities)]),
        [['coder', 'no pictures · tools']],
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
