import { strict as assert } from 'node:assert';
import { parseConfig } from '../../../src/core/spec/parseConfig';

describe('Reading .config.kiro', () => {
  const cases: readonly (readonly [name: string, text: string, values: readonly (string | undefined)[]])[] = [
    [
      'Kiro’s own',
      '{"specId": "a-b", "workflowType": "design-first", "specType": "bugfix"}',
      ['a-b', 'design-first', 'bugfix'],
    ],
    ['an absent file', '', [undefined, undefined, undefined]],
    ['an empty object', '{}', [undefined, undefined, undefined]],
    ['unknown keys and values', '{"specType":"epic","x":1,"specId":3}', [undefined, undefined, undefined]],
    ['a byte order mark', '\uFEFF{"specType":"feature"}', [undefined, undefined, 'feature']],
  ];
  for (const [name, text, values] of cases) {
    it(name, () => {
      const { config, findings } = parseConfig(text);
      assert.deepEqual([config.specId, config.workflowType, config.specType], values);
      assert.deepEqual(findings, []);
    });
  }

  const broken: readonly (readonly [text: string, message: RegExp])[] = [
    ['{"specType": "feature"', /not valid JSON: close brace expected at line 1, column 23\. Correct/],
    ['{\r\n  "a" 1}', /colon expected at line 2, column 7/],
    ['[1]', /should hold one JSON object/],
    ['"text"', /should hold one JSON object/],
    ['x', /not valid JSON: invalid symbol at line 1, column 1/],
    ['['.repeat(100_000), /./],
  ];
  for (const [text, message] of broken) {
    it(`says what is wrong with ${text.slice(0, 30)}`, () => {
      const { findings } = parseConfig(text);
      assert.equal(findings.length, 1);
      assert.equal(findings[0]?.rule, 'malformed-config');
      assert.match(findings[0]?.message ?? '', message);
      assert.ok((findings[0]?.range.end ?? 0) <= text.length);
    });
  }

  it('keeps what could be read of a broken file', () => {
    assert.equal(parseConfig('{"specType": "bugfix",').config.specType, 'bugfix');
  });
});
