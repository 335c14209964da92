// Feature: spec-engine, Property 6: Seeded defects are found
// Feature: spec-engine, Property 7: A fix mends
// Verifies: spec-engine#2.5, #3.3-3.5
import { strict as assert } from 'node:assert';
import type { Criterion } from '../../../src/core/ears/model';
import type { Problem } from '../../../src/core/spec/model';
import { parseRequirements } from '../../../src/core/spec/requirements/parseRequirements';
import { applyEdits } from '../../../src/core/util/textRange';
import { corpusFiles, corpusRoot } from '../../support/corpus';
import { lintText } from '../../support/lintText';
import { DEFECTS, isWellFormed, seed, tableRow } from './syntaxDefects';

const count = (problems: readonly Problem[], rule: string) =>
  problems.filter((problem) => problem.rule === rule).length;

/** What a fix must keep: all words but keywords, and those that it is there to take out. */
const wordsOf = (text: string): ReadonlySet<string> =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? []).filter((word) => !KEYWORDS.test(word)));
const KEYWORDS =
  /^(?:when|while|where|if|then|the|and|or|shall|should|must|will|may|can|upon|once|after|during|given|needs?|to|required|able|capable|designed|provide|have|be|ability|possible|applicable|appropriate|needed|necessary|as|\d+)$/;

/** What a fix may bring to light, or ask a person for. */
const REVEALED = new Set(['failure-as-when', 'undefined-system', 'placeholder']);

/** So many findings of a rule are mended in each document; hundreds would show no more. */
const MOST_OF_A_RULE = 3;

describe('Defects seeded into the corpus', () => {
  let criteria: readonly Criterion[] = [];
  const rows: string[] = [];

  before(function () {
    if (corpusRoot() === undefined) {
      console.log('    no corpus here (EARSHOT_CORPUS), so these tests are skipped');
      this.skip();
    }
    criteria = corpusFiles('requirements.md').flatMap(({ text }) =>
      parseRequirements(text).requirements.flatMap((requirement) => requirement.criteria),
    );
  });

  after(() => {
    for (const row of rows) console.log(row);
  });

  for (const defect of DEFECTS) {
    it(`${defect.name}: ${defect.code} in at least 99 %`, () => {
      const result = seed(
        defect,
        criteria.filter(({ text }) => isWellFormed(text)),
      );
      rows.push(tableRow(defect, result));
      const { made, missed } = result;
      assert.ok(made >= 20, `${made} criteria`);
      assert.ok(
        missed.length <= made * 0.01,
        `${missed.length} of ${made}:\n${missed.slice(0, 5).join('\n')}`,
      );
    });
  }

  it('is mended by every quick fix: the problem is gone, and no other has come', () => {
    for (const { name, text } of corpusFiles('requirements.md')) {
      const before = lintText(text);
      const words = wordsOf(text);
      const seen = new Map<string, number>();
      for (const problem of before) {
        const times = (seen.get(problem.rule) ?? 0) + 1;
        seen.set(problem.rule, times);
        if (times > MOST_OF_A_RULE) continue;
        for (const fix of problem.fixes ?? []) {
          const edits = fix.edits();
          // Nothing is offered then: numbers are not given anew where one is used twice.
          if (edits.length === 0) continue;
          const fixed = applyEdits(text, edits);
          const after = lintText(fixed);
          const label = `${name}: ${fix.title}: ${problem.message}`;
          for (const rule of new Set(after.map((each) => each.rule))) {
            const allowed = count(before, rule) - (rule === problem.rule ? 1 : 0);
            if (rule !== problem.rule && REVEALED.has(rule)) continue;
            assert.ok(count(after, rule) <= allowed, `${label}: ${rule}`);
          }
          const kept = wordsOf(fixed);
          // What the finding is about may be said otherwise: “etc.”, “immediately”.
          const { start, end } = problem.range;
          const about = wordsOf(end - start > 40 ? '' : text.slice(start, end));
          for (const word of words) assert.ok(kept.has(word) || about.has(word), `${label}: lost “${word}”`);
        }
      }
    }
  });
});
