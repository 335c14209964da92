import assert from 'node:assert/strict';
import { completeRules } from '../../../../../src/core/agent/permissions/completeRules';
import { parseRules } from '../../../../../src/core/agent/permissions/parseRules';

/** At the bar. */
function labels(text: string): readonly string[] {
  return completeRules(text.replace('|', ''), text.indexOf('|')).map(({ label }) => label);
}

describe('completing permissions.yaml', () => {
  it('offers what can stand at each place', () => {
    assert.deepEqual(labels('|'), ['rules', 'policies']);
    assert.deepEqual(labels('rules:\n  - |'), ['capability']);
    assert.deepEqual(labels('rules:\n  - capability: shell\n    ef|'), ['effect', 'match', 'exclude']);
    assert.deepEqual(labels('rules:\n  - capability: shell\n    effect: |'), ['deny', 'ask', 'allow']);
    assert.ok(labels('rules:\n  - capability: fs|').includes('fs_write'));
    assert.deepEqual(labels('rules:\n  - {capability: shell, effect: a|}'), ['deny', 'ask', 'allow']);
    for (const text of ['policies: [|', 'policies: [read-only, "|', 'policies:\n  - dev|'])
      assert.ok(labels(text).includes('dev-shell'), text);
  });

  it('offers nothing where words are the person’s own', () => {
    for (const text of ['# comm|', 'rules:\n  - capability: shell\n    match: ["npm |"]', 'theirs: x|'])
      assert.deepEqual(labels(text), [], text);
  });

  it('takes the place of the word that was begun, and what it inserts is read without a problem', () => {
    const text = 'rules:\n  - capability: fs';
    const [, second] = completeRules(text, text.length);
    assert.deepEqual(second?.range, { start: text.length - 2, end: text.length });
    const plain = (snippet: string) =>
      snippet.replace(/\$\{\d:([^}]*)\}/g, '$1').replace(/\$\d/g, 'dev-shell');
    for (const { insert } of completeRules('', 0)) {
      const { problems, rules, policies } = parseRules(plain(insert));
      assert.deepEqual(problems, []);
      assert.equal(rules.length + policies.length, 1);
    }
  });
});
