// Verifies: spec-engine#3.6
import { strict as assert } from 'node:assert';
import type { Criterion } from '../../../src/core/ears/model';
import { antonymOf } from '../../../src/core/lint/rules/conflicts/antonyms';
import { parseRequirements } from '../../../src/core/spec/requirements/parseRequirements';
import { corpusFiles, corpusRoot } from '../../support/corpus';
import { lintText } from '../../support/lintText';

const HEAD = '### Requirement 1\n#### Acceptance Criteria\n';

/** The conflicts between criteria of one requirement: `A02 2 with 1`. */
function conflicts(...criteria: readonly string[]): readonly string[] {
  const text = HEAD + criteria.map((criterion, index) => `${index + 1}. ${criterion}\n`).join('');
  const lineOf = (at: number) => text.slice(0, at).split('\n').length - 2;
  return lintText(text)
    .filter(({ code }) => code.startsWith('A'))
    .map(({ code, range, related = [] }) => {
      return `${code} ${lineOf(range.start)} with ${related.map((other) => lineOf(other.range.start)).join()}`;
    });
}

const cases: readonly (readonly [name: string, criteria: readonly string[], expected: readonly string[]])[] =
  [
    ['the same twice', ['WHEN a, THE Door SHALL open', 'WHEN a, THE Door SHALL open'], ['A01 2 with 1']],
    [
      'the same in other letters',
      ['WHEN a, THE Door SHALL open it', 'when a, the door shall open it.'],
      ['A01 2 with 1'],
    ],
    [
      'SHALL and SHALL NOT',
      ['WHEN a, THE Door SHALL open', 'WHEN a, THE Door SHALL NOT open'],
      ['A02 2 with 1'],
    ],
    ['SHALL and SHALL never', ['THE Door SHALL open', 'THE Door SHALL never open'], ['A02 2 with 1']],
    [
      'allow and deny',
      ['IF a, THEN THE Door SHALL allow entry', 'IF a, THEN THE Door SHALL deny entry'],
      ['A03 2 with 1'],
    ],
    [
      'a moment twice as IF and WHEN',
      ['WHEN a, THE Door SHALL open', 'IF a, THEN THE Door SHALL NOT open'],
      ['A02 2 with 1'],
    ],
    [
      'at most and at least',
      ['THE Door SHALL wait at most 5 s', 'THE Door SHALL wait at least 1 minute'],
      ['A04 2 with 1'],
    ],
    ['two numbers', ['THE Door SHALL wait 5 s', 'THE Door SHALL wait 6000 ms'], ['A04 2 with 1']],
    [
      'the same number in other units',
      ['THE Door SHALL wait 5 s', 'THE Door SHALL wait 5000 ms'],
      ['A01 2 with 1'],
    ],
    [
      'the second of two numbers',
      ['THE Door SHALL ring 3 times in 5 s', 'THE Door SHALL ring 3 times in 9 s'],
      ['A04 2 with 1'],
    ],
    ['bounds that overlap', ['THE Door SHALL wait at most 5 s', 'THE Door SHALL wait at most 9 s'], []],
    ['another guard', ['WHEN a, THE Door SHALL open', 'WHEN b, THE Door SHALL NOT open'], []],
    [
      'another number in the guard',
      ['WHEN level 1 is on, THE Door SHALL open', 'WHEN level 3 is on, THE Door SHALL NOT open'],
      [],
    ],
    ['another system', ['WHEN a, THE Door SHALL open', 'WHEN a, THE Gate SHALL NOT open'], []],
    [
      'another object',
      ['WHEN a, THE Door SHALL open the lock', 'WHEN a, THE Door SHALL NOT open the bolt'],
      [],
    ],
    ['a state and a moment', ['WHILE a, THE Door SHALL open', 'WHEN a, THE Door SHALL NOT open'], []],
    [
      'the same words in other roles',
      [
        'WHEN a, THE Door SHALL ask the guest to pay the guard',
        'WHEN a, THE Door SHALL ask the guard to pay the guest',
      ],
      [],
    ],
    ['other kinds of numbers', ['THE Door SHALL hold 5 keys', 'THE Door SHALL hold 9 bells'], []],
  ];

describe('Criteria that contradict or repeat each other', () => {
  for (const [name, criteria, expected] of cases)
    it(name, () => assert.deepEqual(conflicts(...criteria), expected));

  it('are only mentioned where the same stands under another requirement', () => {
    const item = '1. WHEN a, THE Door SHALL open\n';
    const text = `${HEAD}${item}### Requirement 2\n#### Acceptance Criteria\n${item}`;
    assert.deepEqual(
      lintText(text).map(({ code, severity }) => [code, severity]),
      [['A05', 'info']],
    );
  });
});

type Seed = (criterion: Criterion) => string | undefined;

const responseOf = ({ clauses }: Criterion) => clauses.find(({ role }) => role === 'response');

const withResponse = (criterion: Criterion, from: number, words: string): string =>
  criterion.text.slice(0, from - criterion.range.start) + words;

const polarity: Seed = (criterion) => {
  const response = responseOf(criterion);
  if (response?.keyword !== 'SHALL') return undefined;
  return withResponse(criterion, response.keywordRange.end, ` NOT ${response.text}`);
};

const antonym: Seed = (criterion) => {
  const response = responseOf(criterion);
  const verb = /^[a-z]+/.exec(response?.text ?? '')?.[0];
  const opposite = verb === undefined ? undefined : antonymOf(verb);
  if (response === undefined || verb === undefined || opposite === undefined) return undefined;
  return withResponse(criterion, response.range.start, opposite + response.text.slice(verb.length));
};

/** A number of the response made ten times as large, as the least. */
const numeric: Seed = (criterion) => {
  const response = responseOf(criterion);
  const match =
    /(?<![\w.,-])(\d{1,4})(?= ?(?:seconds?|ms|minutes?|hours?|days?|MB|KB|GB|items?|characters?|times?|%)(?!\w))/.exec(
      response?.text ?? '',
    );
  if (
    response === undefined ||
    match === null ||
    /(?:at least|more than|minimum of|below|above|over|exceeding|[-–]|\d to)\s*$/.test(
      response.text.slice(0, match.index),
    )
  )
    return undefined;
  const before = response.text
    .slice(0, match.index)
    .replace(/(?:at most|within|up to|maximum of|a maximum of) $/, '');
  const words = `${before}at least ${Number(match[1]) * 10 + 10}${response.text.slice(match.index + match[0].length)}`;
  return withResponse(criterion, response.range.start, words);
};

describe('Conflicts seeded into the corpus', () => {
  before(function () {
    if (corpusRoot() !== undefined) return;
    console.log('    no corpus here (EARSHOT_CORPUS), so these tests are skipped');
    this.skip();
  });

  const seeds: readonly (readonly [name: string, code: string, share: number, least: number, seed: Seed])[] =
    [
      ['the same again', 'A01', 0.98, 500, ({ text }) => text],
      ['the opposite', 'A02', 0.98, 500, polarity],
      ['an antonym', 'A03', 0.98, 100, antonym],
      ['a number out of bounds', 'A04', 0.9, 20, numeric],
    ];
  for (const [name, code, share, least, seed] of seeds) {
    it(`${name}: ${code} in at least ${share * 100} %`, () => {
      const made = corpusFiles('requirements.md')
        .flatMap(({ text }) => parseRequirements(text).requirements.flatMap(({ criteria }) => criteria))
        .filter(({ text, pattern }) => pattern !== 'none' && pattern !== 'gherkin' && !/[\r\n]/.test(text))
        .flatMap((criterion) => {
          const other = seed(criterion);
          return other === undefined ? [] : [[criterion.text, other] as const];
        });
      const missed = made.filter((pair) => !conflicts(...pair).some((found) => found.startsWith(code)));
      console.log(`      ${made.length - missed.length} of ${made.length}`);
      assert.ok(made.length >= least, `${made.length} criteria`);
      assert.ok(missed.length <= made.length * (1 - share), missed.slice(0, 8).join('\n'));
    });
  }
});
