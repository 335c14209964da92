// Feature: spec-engine, Property 5: Sentences come back as they were written
// Verifies: spec-engine#2.1-2.4
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { Criterion } from '../../../src/core/ears/model';
import { parseCriterion } from '../../../src/core/ears/parseCriterion';
import { lintCriterion } from '../../support/lintText';
import { patience, runs } from '../../support/soak';
import { pieces, STYLES, write } from './generateCriteria';

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

const REPEATED = [
  ...['(', ')', '()', '"', '" ', "'", '`', '“', '<!--', '-->', '<!-- -->', '[', '**', '*', '_', '\t', ' '],
  ...[
    'when ',
    'WHEN ',
    'when, ',
    'if x ',
    'THEN ',
    'THE ',
    ', the ',
    '. The ',
    'and when ',
    'for all ',
    'after ',
  ],
  ...[
    'can ',
    'SHALL ',
    'should ',
    'shall when ',
    ',',
    ', ',
    '; ',
    '，',
    'which ',
    'or, ',
    'A1.',
    '1.1 ',
    '[x] ',
  ],
];

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

  // Quadratic work on 100,000 characters takes minutes; nobody counts milliseconds here.
  it('is parsed and judged in linear time, whatever is repeated in it', function () {
    this.timeout(patience(60_000));
    for (const piece of REPEATED) {
      const many = piece.repeat(Math.ceil(100_000 / piece.length));
      for (const text of [
        many,
        `WHEN ${many} SHALL x`,
        `THE Door SHALL ${many}`,
        `THE Door SHALL ${many} and SHALL x`,
        `THE Door SHALL open when ${many}`,
        `Upon ${many}, the door shall x`,
      ])
        for (const { fixes = [] } of lintCriterion(text)) for (const fix of fixes) fix.edits();
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

  /** What a sentence says, however its keywords are written: `SHALL** NOT`, `shall NOT`. */
  const said = (text: string) => {
    const { pattern, clauses } = parseCriterion('1.1', text, 0);
    const plain = (keyword: string) => keyword.replaceAll('*', '').toLowerCase();
    const spoken = clauses.filter(({ role }) => role !== 'text');
    return [pattern, ...spoken.map(({ role, keyword, text: words }) => `${role} ${plain(keyword)} ${words}`)];
  };
  for (const { name, apply } of STYLES) {
    it(`say the same, and are as good, with ${name}`, () => {
      fc.assert(
        fc.property(pieces, (made) => {
          const text = write(made);
          const styled = apply(text);
          assert.deepEqual(said(styled), said(text), styled);
          assert.deepEqual(codesOf(styled), [], styled);
        }),
        runs(100),
      );
    });
  }
});
