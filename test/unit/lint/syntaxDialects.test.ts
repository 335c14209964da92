// Verifies: spec-engine#2.4, #3.1
import { strict as assert } from 'node:assert';
import { DEFAULT_LINT, levelOf } from '../../../src/core/lint/config';
import type { Dialect } from '../../../src/core/lint/rule';
import { syntaxRules } from '../../../src/core/lint/rules/syntax';
import { applyEdits } from '../../../src/core/util/textRange';
import { lintText } from '../../support/lintText';

const HEAD = '### Requirement 1\n#### Acceptance Criteria\n';

function documentOf(criteria: readonly string[]): string {
  return HEAD + criteria.map((text, index) => `${index + 1}. ${text}\n`).join('');
}

/** The criteria after the first fix of each of a rule's findings; none where it finds nothing. */
function mend(rule: string, criteria: readonly string[], dialect: Dialect = 'kiro'): readonly string[] {
  const text = documentOf(criteria);
  const found = lintText(text, 'requirements', { ...DEFAULT_LINT, dialect }).filter(
    (problem) => problem.rule === rule,
  );
  const edits = found.flatMap(({ fixes }) => fixes?.[0]?.edits() ?? []);
  if (found.length === 0) return [];
  return applyEdits(text, edits)
    .slice(HEAD.length)
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d+\. /, ''));
}

describe('The levels of syntax rules', () => {
  /** By code, in the dialects kiro and strict. */
  const levels: Readonly<Record<string, string>> = {
    E101: 'warning warning',
    E102: 'warning error',
    E103: 'error error',
    E104: 'hint hint',
    E105: 'warning error',
    E106: 'hint warning',
    E107: 'hint error',
    E108: 'hint warning',
    E109: 'warning warning',
    E110: 'warning warning',
    E111: 'info info',
    E112: 'warning warning',
    E113: 'hint hint',
    E114: 'error error',
    E115: 'error error',
    E116: 'hint hint',
    K201: 'off warning',
  };

  it('are those of the reference, in both rule sets', () => {
    for (const rules of ['recommended', 'incose-full'] as const) {
      const found = syntaxRules.map((rule) => {
        const [kiro, strict] = (['kiro', 'strict'] as const).map((dialect) =>
          levelOf(rule, { ...DEFAULT_LINT, dialect, rules }),
        );
        return [rule.code, `${kiro} ${strict}`];
      });
      assert.deepEqual(Object.fromEntries(found), levels);
    }
  });
});

describe('WHEN … THEN', () => {
  const old = ['WHEN a THEN the door SHALL b', 'WHEN c THEN the door SHALL d'];
  const newer = ['WHEN a, the door SHALL b', 'WHEN c, the door SHALL d'];

  it('is as good as a comma in Kiro’s dialect', () =>
    assert.deepEqual(mend('when-then', [...old, ...newer]), []));

  it('is a comma in the strict dialect', () =>
    assert.deepEqual(mend('when-then', [...old, ...newer], 'strict'), [...newer, ...newer]));

  it('is what most of the file has, in the dialect auto', () => {
    const [oldest = '', second = ''] = old;
    const [newest = ''] = newer;
    assert.deepEqual(mend('when-then', [oldest, second, newest], 'auto'), [
      oldest,
      second,
      'WHEN a, THEN the door SHALL b',
    ]);
    assert.deepEqual(mend('when-then', [...newer, oldest], 'auto'), [...newer, newest]);
    assert.deepEqual(mend('when-then', old, 'auto'), []);
  });

  it('is not asked of IF … THEN, nor of a state alone', () =>
    assert.deepEqual(
      mend('when-then', ['IF a, THEN THE Door SHALL b', 'WHILE a, THE Door SHALL b'], 'strict'),
      [],
    ));

  it('is found behind a state, too', () =>
    assert.deepEqual(mend('when-then', ['WHILE a, WHEN b THEN THE Door SHALL c'], 'strict'), [
      'WHILE a, WHEN b, THE Door SHALL c',
    ]));
});

describe('A comma before the system', () => {
  const bare = ['WHEN a fits THE Door SHALL b', 'WHILE c lasts THE Door SHALL d'];
  const mended = ['WHEN a fits, THE Door SHALL b', 'WHILE c lasts, THE Door SHALL d'];

  it('is not asked for where a file marks its systems by THE alone, as Kiro’s documentation does', () => {
    assert.deepEqual(mend('missing-comma', bare), []);
    assert.deepEqual(mend('missing-comma', [...bare, 'WHEN e, THE Door SHALL f', 'THE Door SHALL g']), []);
  });

  it('is asked for where most have it, where only a small “the” marks them, and in the strict dialect', () => {
    const small = ['WHEN a fits the door SHALL b', 'WHEN c fits the door SHALL d'];
    const withComma = ['WHEN e, THE Door SHALL f', 'WHEN g, THE Door SHALL h'];
    assert.deepEqual(mend('missing-comma', [...bare, ...withComma]), [...mended, ...withComma]);
    assert.deepEqual(
      mend('missing-comma', small),
      small.map((text) => text.replace(' the', ', the')),
    );
    assert.deepEqual(mend('missing-comma', bare, 'strict'), mended);
  });

  it('is a line break, too', () => {
    const text = `${HEAD}\nWHEN a key fits\nTHE SYSTEM SHALL open\n`;
    assert.deepEqual(lintText(text), []);
  });
});

describe('A line of a scenario', () => {
  it('has a duty of its own, but not in the strict dialect', () => {
    const text = `${HEAD}\nWHEN a\nTHE Door SHALL b\nAND THE Bell SHALL c\n`;
    const rules = (dialect: Dialect) =>
      lintText(text, 'requirements', { ...DEFAULT_LINT, dialect }).map(({ rule }) => rule);
    assert.deepEqual(rules('kiro'), []);
    assert.deepEqual(rules('strict'), ['second-shall']);
  });
});

describe('The case of keywords', () => {
  it('becomes that of the majority, by one finding for the file', () => {
    const mixed = ['WHEN a, THE Door SHALL b', 'When c, the door shall d', 'IF e, THEN THE Door SHALL NOT f'];
    assert.deepEqual(mend('keyword-case', mixed), [mixed[0], 'WHEN c, the door SHALL d', mixed[2]]);
    const small = ['When a, the door shall b', 'if c, then the door shall not d', 'WHEN e, the door SHALL f'];
    assert.deepEqual(mend('keyword-case', small), [small[0], small[1], 'when e, the door shall f']);
    const text = documentOf([...mixed, ...mixed]);
    assert.equal(lintText(text).filter(({ rule }) => rule === 'keyword-case').length, 1);
  });

  it('is not asked of words that are none, nor of hidden ones', () =>
    assert.deepEqual(
      mend('keyword-case', [
        'WHEN a, the door SHALL b',
        'Upon c, the Door SHALL show "if"',
        'the door must d',
      ]),
      [],
    ));
});

describe('A sentence without its system', () => {
  const glossary = ['Bell', 'Door', 'Lamp', 'Lock', 'Gate', 'Wall'].map(
    (name) => `- **${name}**: It is there.\n`,
  );
  const text = `## Glossary\n${glossary.join('')}## Requirements\n${documentOf([
    'WHEN a, THE Lock SHALL b',
    'WHEN c, THE Gate SHALL d',
    'WHEN e, THE Gate SHALL f',
    'WHEN g THEN SHALL h',
  ])}`;
  const titles = (of: string) =>
    lintText(of)
      .filter(({ rule }) => rule === 'missing-system')
      .flatMap(({ fixes = [] }) => fixes.map(({ title }) => title));

  it('is offered five of the glossary, those used in its requirement first', () =>
    assert.deepEqual(titles(text), ['Name Gate', 'Name Lock', 'Name Bell', 'Name Door', 'Name Lamp']));

  it('is offered what its requirement names, where there is no glossary', () =>
    assert.deepEqual(titles(documentOf(['WHEN a, THE Lock SHALL b', 'WHEN c, SHALL d'])), ['Name Lock']));
});
