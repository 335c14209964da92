import assert from 'node:assert/strict';
import { costOf } from '../../../../src/node/models/prices';

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
