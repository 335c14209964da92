// Feature: spec-engine, Property 10: Configuration is total
// Verifies: spec-engine#3.1, #5.1, #5.2
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { DEFAULT_LINT, mergeLint } from '../../../src/core/lint/config';
import { parseLintConfig, severitiesOf } from '../../../src/core/lint/configFile';
import { lintText } from '../../support/lintText';
import { runs } from '../../support/soak';

const lint = (inside: string) => parseLintConfig(`{"lint": ${inside}}`);

describe('The configuration file of a workspace', () => {
  it('chooses dialect, rule set and levels, comments and all', () => {
    const { config, findings } = lint(
      '{"dialect": "strict", /* all */ "rules": "incose-full", "severities": {"vague-term": "off", "Q02": "error"},}',
    );
    assert.deepEqual(findings, []);
    assert.deepEqual(config, {
      dialect: 'strict',
      rules: 'incose-full',
      severities: { 'vague-term': 'off', Q02: 'error' },
    });
  });

  const wrong: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    [
      'a rule that does not exist',
      '{"severities": {"vage-term": "off"}}',
      /no rule “vage-term”.*“vague-term”/,
    ],
    [
      'a level that does not exist',
      '{"severities": {"vague-term": "loud"}}',
      /error, warning, info, hint, off/,
    ],
    ['a dialect that does not exist', '{"dialect": "bavarian"}', /strict, kiro, auto/],
    ['a key that means nothing', '{"ruleset": "recommended"}', /“ruleset” means nothing/],
    ['levels that are no object', '{"severities": 3}', /should be an object/],
  ];
  for (const [name, text, message] of wrong) {
    it(`says what is wrong with ${name}, and reads the rest`, () => {
      const { config, findings } = lint(text.replace('{', '{"rules": "incose-full", '));
      assert.equal(findings.length, 1);
      assert.match(findings[0]?.message ?? '', message);
      assert.equal(config.rules, 'incose-full');
    });
  }

  it('may be broken, deep or empty', () => {
    for (const text of ['', '{', '[]', 'null', '[['.repeat(5000), '{"lint": []}', '\uFEFF{}'])
      assert.ok(parseLintConfig(text).config.rules === undefined, text.slice(0, 10));
  });

  it('never throws, and points into the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        for (const { range } of parseLintConfig(text).findings)
          assert.ok(
            0 <= range.start && range.start <= range.end && range.end <= Math.max(text.length, range.start),
          );
      }),
      runs(300),
    );
  });

  it('has the last word over settings, rule by rule', () => {
    const settings = { rules: 'incose-full', severities: { 'vague-term': 'error', Q02: 'off' } } as const;
    const merged = mergeLint(DEFAULT_LINT, settings, { severities: { 'vague-term': 'hint' } });
    assert.deepEqual(merged, {
      dialect: 'kiro',
      rules: 'incose-full',
      severities: { 'vague-term': 'hint', Q02: 'off' },
    });
  });

  it('takes levels by id or code', () => {
    const text = '### Requirement 1\n#### Acceptance Criteria\n1. THE Door SHALL open fast, if possible';
    const config = mergeLint(DEFAULT_LINT, { severities: { 'vague-term': 'error', Q02: 'off' } });
    assert.deepEqual(
      lintText(text, 'requirements', config).map(({ code, severity }) => [code, severity]),
      [['Q01', 'error']],
    );
  });

  it('leaves out what a setting says that is no level', () => {
    assert.deepEqual(severitiesOf({ a: 'off', b: 1, c: 'loud' }), { a: 'off' });
    assert.deepEqual(severitiesOf('off'), {});
  });
});
