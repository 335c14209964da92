// Feature: spec-engine, Property 6: Seeded defects are found
// Verifies: spec-engine#2.5
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { parseCriterion } from '../../../src/core/ears/parseCriterion';
import { lintCriterion } from '../../support/lintText';
import { runs } from '../../support/soak';
import { type Pieces, pieces, write } from '../ears/generateCriteria';
import { DEFECTS, seed, tableRow } from './syntaxDefects';

/** Further classes, which the reference has no figures for. */
const OTHERS: readonly (readonly [name: string, code: string, make: (made: Pieces) => string | undefined])[] =
  [
    ['no response', 'E114', (made) => write({ ...made, response: '' })],
    [
      'a keyword without a condition',
      'E115',
      (made) => write({ ...made, leads: ['WHILE', ...made.leads.slice(1)] }),
    ],
    [
      'another word for WHEN',
      'E108',
      (made) => (/^WHEN/.test(made.leads[0] ?? '') ? write(made).replace('WHEN', 'As soon as') : undefined),
    ],
    [
      'words before the first clause',
      'E111',
      (made) => (made.leads.length > 0 ? `For visitors ${write(made)}` : undefined),
    ],
  ];

describe('Defects seeded into generated criteria', () => {
  const rows: string[] = [];
  after(() => {
    for (const row of rows) console.log(row);
  });

  for (const defect of DEFECTS) {
    it(`${defect.name}: ${defect.code}, always`, () => {
      const criteria = fc.sample(pieces, runs(400)).map((made) => parseCriterion('1.1', write(made), 0));
      const result = seed(defect, criteria);
      rows.push(tableRow(defect, result));
      assert.ok(result.made >= 40, `${result.made} criteria`);
      assert.deepEqual(result.missed, []);
    });
  }

  for (const [name, code, make] of OTHERS) {
    it(`${name}: ${code}, always`, () => {
      fc.assert(
        fc.property(pieces, (made) => {
          const text = make(made);
          if (text === undefined) return;
          const codes = lintCriterion(text).map((problem) => problem.code);
          assert.ok(codes.includes(code), `${text}: ${codes.join(' ')}`);
        }),
        runs(300),
      );
    });
  }
});
