import { strict as assert } from 'node:assert';
import type { ContextEntry } from '../../../src/core/steering/context';
import {
  contextDetail,
  contextTitle,
  tokenWords,
  whyHere,
} from '../../../src/vscode/features/steering/contextWords';

function entry(more: Partial<ContextEntry>): ContextEntry {
  return {
    guidance: {
      kind: 'steering',
      scope: 'workspace',
      path: '/w/.kiro/steering/releases.md',
      label: '.kiro/steering/releases.md',
      name: 'releases',
      inclusion: 'manual',
      patterns: [],
      body: 'The changelog comes first.',
    },
    state: 'asked',
    why: '#steering:releases',
    tokens: 40,
    ...more,
  };
}

describe('why steering is in the context', () => {
  it('is said with the file and the session that it is about', () => {
    const about = { file: 'src/a.ts', session: 'Fix the door' };
    const told = entry({ state: 'in', why: 'came into the session' });
    assert.equal(contextTitle(told, about), '.kiro/steering/releases.md is in the context.');
    assert.equal(
      contextDetail(told, about),
      'The agent is told it. Why: came into the session.\n\nFor src/a.ts, in the session “Fix the door”.\n\nIt takes about 40 tokens.',
    );
  });

  it('says of what is not in it how it gets there', () => {
    const about = { file: undefined, session: undefined };
    assert.equal(contextTitle(entry({}), about), '.kiro/steering/releases.md is not in the context.');
    assert.match(contextDetail(entry({}), about), /It would take about 40 tokens/);
    assert.match(contextDetail(entry({}), about), /\/releases or #steering:releases$/);
  });

  it('does not name the file again below a row that names it', () => {
    const about = { file: 'src/a.ts', session: undefined };
    assert.equal(whyHere({ why: 'src/a.ts matches src/**' }, about), 'matches src/**');
    assert.equal(whyHere({ why: 'src/b.ts matches src/**' }, about), 'src/b.ts matches src/**');
    assert.equal(whyHere({ why: 'always' }, about), 'always');
  });

  it('counts tokens in few digits', () => {
    assert.deepEqual([999, 1234].map(tokenWords), ['999 tokens', '1.2k tokens']);
  });
});
