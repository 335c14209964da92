import assert from 'node:assert/strict';
import type { Usage } from '../../../../src/core/agent/turn/model';
import { costAt, type Price } from '../../../../src/core/usage/price';
import { bedrockPriceOf } from '../../../../src/node/models/bedrock/bedrockPrices';
import { priceOf, promptTokensOf } from '../../../../src/node/models/prices';

const costBy =
  (prices: (name: string, tokens: number) => Price | undefined) => (name: string, usage: Usage) => {
    const price = prices(name, promptTokensOf(usage));
    return price && costAt(price, usage);
  };
const costOf = costBy(priceOf);

const million = { inputTokens: 1e6, outputTokens: 1e6, cacheReadTokens: 1e6, cacheWriteTokens: 1e6 };
const small = { inputTokens: 1000, outputTokens: 1000, cacheReadTokens: 0, cacheWriteTokens: 0 };

describe('costOf', () => {
  it('adds up what each kind of token costs', () => {
    assert.equal(costOf('claude-sonnet-5-5', million), 2 + 10 + 0.1 + 2.5);
    assert.equal(costOf('claude-opus-5-5-20260901', million), 4 + 20 + 0.2 + 5);
    assert.equal(costOf('claude-opus-4-7', small), 0.03);
  });

  it('charges a long prompt as a whole', () => {
    assert.equal(costOf('claude-haiku-5-5', small), 0.0006);
    assert.equal(costOf('claude-haiku-5-5', { ...small, cacheReadTokens: 100_000 }), 0.003 + 0.005);
  });

  it('does not guess', () => {
    for (const name of ['qwen3', 'claude-sonnet-6', 'claude-sonnet-5-5-turbo', 'anthropic.claude-sonnet-5']) {
      assert.equal(costOf(name, small), undefined, name);
    }
  });
});

describe('prices of Bedrock', () => {
  const cost = costBy(bedrockPriceOf);

  it('are Anthropic’s for the same model, with a tenth more where the request stays in a part of the world', () => {
    const own = costOf('claude-sonnet-5-5', small) ?? 0;
    const near = (actual: number | undefined, expected: number) =>
      assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-9, `${actual} for ${expected}`);
    near(cost('global.anthropic.claude-sonnet-5-5', small), own);
    near(cost('eu.anthropic.claude-sonnet-5-5-v1:0', small), own * 1.1);
    near(cost('us-gov.anthropic.claude-sonnet-5-5-20260901-v1:0', small), own * 1.1);
    near(cost('anthropic.claude-sonnet-5-5', small), own * 1.1);
    const arn =
      'arn:aws:bedrock:eu-central-1:123456789012:inference-profile/global.anthropic.claude-opus-4-6-v1';
    near(cost(arn, small), costOf('claude-opus-4-6', small) ?? 0);
  });

  it('are not known for profiles whose id names no model', () => {
    for (const id of [
      'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc123',
      'eu.anthropic.claude-sonnet-6-v1:0',
      'meta.llama4-v1:0',
    ])
      assert.equal(cost(id, small), undefined, id);
  });
});
