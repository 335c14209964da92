// Feature: spec-engine, Property 5: Sentences come back as they were written
// Verifies: spec-engine#2.1-2.4
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { Criterion } from '../../../src/core/ears/model';
import { parseCriterion } from '../../../src/core/ears/parseCriterion';
import { parseRequirements } from '../../../src/core/spec/parseRequirements';
import { applyEdits } from '../../../src/core/util/textRange';
import { lintCriterion, lintText } from '../../support/lintText';
import { runs } from '../../support/soak';

const CONDITIONS = [
  'a user logs in',
  'the cart holds 3 items',
  'a file (of 5 MB) is sent',
  '`x` is typed',
  "a user's key fits",
];
const SYSTEMS = ['Door_Lock', 'System', 'Auth Service', 'API', 'payment gateway'];
const RESPONSES = [
  'open the door',
  'store the file within 5 s',
  'NOT log the key',
  'show "IF x" and ring',
  'send (a, b) to `c`',
];

/** A well-formed criterion in pieces, so that a defect can be made in one of them. */
interface Pieces {
  readonly leads: readonly string[];
  readonly keyword: 'WHEN' | 'IF' | undefined;
  readonly separator: string;
  readonly system: string;
  readonly response: string;
}

const condition = fc.constantFrom(...CONDITIONS);
const pieces: fc.Arbitrary<Pieces> = fc
  .record({
    where: fc.option(condition, { nil: undefined }),
    while: fc.option(condition, { nil: undefined }),
    keyword: fc.constantFrom('WHEN' as const, 'IF' as const, undefined),
    trigger: condition,
    kiro: fc.boolean(),
    system: fc.constantFrom(...SYSTEMS),
    response: fc.constantFrom(...RESPONSES),
  })
  .map(({ keyword, trigger, kiro, system, response, ...before }) => {
    const leads = [
      before.where && `WHERE ${before.where}`,
      before.while && `WHILE ${before.while}`,
      keyword && `${keyword} ${trigger}`,
    ];
    const separator = keyword === 'IF' ? ', THEN ' : keyword === 'WHEN' && kiro ? ' THEN ' : ', ';
    return { leads: leads.filter((lead) => lead !== undefined), keyword, separator, system, response };
  });

function write({ leads, separator, system, response }: Pieces, modal = ' SHALL '): string {
  return `${leads.join(', ')}${leads.length > 0 ? separator : ''}${system === '' ? '' : `THE ${system}`}${modal}${response}`;
}

function codesOf(text: string): readonly (string | undefined)[] {
  return lintCriterion(text).map(({ code }) => code);
}

function checkShape(text: string, { clauses, range }: Criterion, offset: number): void {
  let last = offset;
  for (const clause of clauses) {
    for (const { start, end } of [clause.keywordRange, clause.range]) {
      assert.ok(start >= last && end >= start, 'in order, not overlapping');
      last = end;
    }
    assert.equal(text.slice(clause.range.start - offset, clause.range.end - offset), clause.text);
    assert.equal(
      text.slice(clause.keywordRange.start - offset, clause.keywordRange.end - offset),
      clause.keyword,
    );
  }
  assert.ok(last <= range.end, 'in bounds');
}

const word = fc.constantFrom(
  ...[
    'WHEN',
    'IF',
    'THEN',
    'WHILE',
    'WHERE',
    'THE',
    'SHALL',
    'shall not',
    'must',
    'can',
    'and',
    'or',
    'for all',
    'GIVEN',
  ],
  ...[
    'System',
    'a',
    ',',
    ', ',
    '.',
    ':',
    '(',
    ')',
    '"',
    "'",
    '`',
    '**',
    '*',
    '\n',
    ' ',
    '，',
    '。',
    '✅',
    '用户',
    '[x]',
    'AC-1:',
    '1.2',
    '\uFEFF',
    '\u2028',
  ],
);
const soup = fc
  .array(word, { maxLength: 40 })
  .chain((words) => fc.constantFrom(words.join(' '), words.join('')));

describe('Any text as a criterion', () => {
  for (const [name, texts] of [
    ['made of keywords', soup],
    ['arbitrary', fc.string({ unit: 'binary', maxLength: 200 })],
  ] as const) {
    it(`is parsed without throwing, ${name}`, () => {
      fc.assert(
        fc.property(texts, fc.nat(1000), (text, offset) => {
          checkShape(text, parseCriterion('1.1', text, offset), offset);
          for (const { range, fixes = [] } of lintCriterion(text)) {
            const edits = fixes.flatMap((fix) => fix.edits());
            for (const { start, end } of [range, ...edits.map((edit) => edit.range)])
              assert.ok(start <= end && end <= text.length);
          }
        }),
        runs(2000),
      );
    });
  }

  it('takes linear time', function () {
    this.timeout(20_000);
    for (const piece of [
      '(',
      ')',
      '()',
      '"',
      "'",
      '`',
      'WHEN ',
      'can ',
      'THE ',
      ' ',
      '**',
      ', the ',
      'SHALL ',
      'THEN ',
      '. The ',
      '_',
      'and when ',
    ]) {
      const text = `WHEN ${piece.repeat(50_000)}x SHALL ${piece.repeat(1000)}`;
      parseRequirements(`## Requirement 1\n1. ${text}`);
    }
  });
});

describe('Well-formed criteria', () => {
  it('have no problem, and the clauses that were written', () => {
    fc.assert(
      fc.property(pieces, (made) => {
        const text = write(made);
        assert.deepEqual(codesOf(text), []);
        const { clauses } = parseCriterion('1.1', text, 0);
        const leads = clauses.filter(
          ({ keyword, text: words }) => keyword !== '' && words !== '' && !/^(?:THE|SHALL)/.test(keyword),
        );
        assert.deepEqual(
          leads.map((clause) => `${clause.keyword} ${clause.text}`),
          made.leads,
        );
        assert.equal(clauses.find(({ role }) => role === 'system')?.text, made.system);
      }),
      runs(500),
    );
  });
});

describe('Seeded defects are found by their code', () => {
  const defects: readonly (readonly [
    name: string,
    code: string,
    make: (made: Pieces) => string | undefined,
  ])[] = [
    ['should for SHALL', 'E102', (made) => write(made, ' should ')],
    ['MUST for SHALL', 'E102', (made) => write(made, ' MUST ')],
    ['no system', 'E103', (made) => write({ ...made, system: '' }, 'SHALL ')],
    [
      'IF without THEN',
      'E107',
      (made) => (made.keyword === 'IF' ? write({ ...made, separator: ', ' }) : undefined),
    ],
    ['a second SHALL', 'E112', (made) => `${write(made)} and SHALL ring`],
    ['no SHALL', 'E101', (made) => write(made, ' ')],
    ['no response', 'E114', (made) => write({ ...made, response: '' })],
    ['a trailing condition', 'E113', (made) => `${write(made)} when the bell rings`],
    [
      'a second trigger',
      'E109',
      (made) =>
        made.keyword === undefined ? undefined : write({ ...made, leads: [...made.leads, 'WHEN b'] }),
    ],
    [
      'the wrong order',
      'E105',
      (made) =>
        made.keyword === undefined
          ? undefined
          : write({ ...made, leads: [...made.leads, 'WHILE b'], separator: ', ' }),
    ],
    [
      'an empty clause',
      'E115',
      (made) => write({ ...made, leads: ['WHILE', ...made.leads.filter((lead) => !lead.startsWith('WH'))] }),
    ],
  ];
  for (const [name, code, make] of defects) {
    it(`${name}: ${code}`, () => {
      fc.assert(
        fc.property(pieces, (made) => {
          const text = make(made);
          if (text === undefined) return;
          const codes = codesOf(text);
          assert.ok(codes.includes(code), `${text}: ${codes.join(' ')}`);
        }),
        runs(300),
      );
    });
  }
});

describe('Quick fixes', () => {
  it('leave a criterion without the problem, and keep its content words', () => {
    const wordsOf = (text: string) =>
      text
        .replace(/\b(?:SHALL|should|MUST|IF|WHEN|THEN)\b|[^\p{L}\p{N}]+/giu, ' ')
        .trim()
        .split(/\s+/);
    const defective = fc.tuple(
      pieces,
      fc.constantFrom(' should ', ' MUST ', ' SHALL '),
      fc.boolean(),
      fc.boolean(),
    );
    fc.assert(
      fc.property(defective, ([made, modal, noThen, fails]) => {
        const leads = fails
          ? made.leads.map((lead) => lead.replace(/^(WHEN|IF) .*/, '$1 a call fails'))
          : made.leads;
        const separator = noThen ? ', ' : made.separator;
        let text = `### Requirement 1\n#### Acceptance Criteria\n1. ${write({ ...made, leads, separator }, modal)}`;
        const before = wordsOf(text);
        for (let left = 5; left > 0; left--) {
          const fix = lintText(text).flatMap(({ fixes = [] }) => fixes)[0];
          if (fix === undefined) break;
          text = applyEdits(text, fix.edits());
        }
        assert.deepEqual(lintText(text), [], text);
        assert.deepEqual(wordsOf(text), before);
      }),
      runs(500),
    );
  });
});
