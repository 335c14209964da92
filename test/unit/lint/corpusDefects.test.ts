import { strict as assert } from 'node:assert';
import type { Clause, ClauseRole, Criterion } from '../../../src/core/ears/model';
import { parseRequirements } from '../../../src/core/spec/parseRequirements';
import { applyEdits, type TextRange } from '../../../src/core/util/textRange';
import { corpusFiles, corpusRoot } from '../../support/corpus';
import { lintCriterion, lintText } from '../../support/lintText';

function clauseOf({ clauses }: Criterion, role: ClauseRole): Clause | undefined {
  return clauses.find((clause) => clause.role === role);
}

/** A criterion's text with a span of the document replaced. */
function replaced({ text, range }: Criterion, span: TextRange, words: string): string {
  return text.slice(0, span.start - range.start) + words + text.slice(span.end - range.start);
}

/** Makes one defect in a criterion; undefined where the criterion has no place for it. */
type Defect = (criterion: Criterion) => string | undefined;

const withoutSystem: Defect = (criterion) => {
  const system = clauseOf(criterion, 'system');
  if (system === undefined || (clauseOf(criterion, 'when') ?? clauseOf(criterion, 'if')) === undefined)
    return undefined;
  const start = system.keyword === '' ? system.range.start : system.keywordRange.start;
  return replaced(criterion, { start, end: system.range.end }, '');
};

const withoutThen: Defect = (criterion) => {
  const then = clauseOf(criterion, 'then');
  if (then === undefined || clauseOf(criterion, 'if') === undefined) return undefined;
  return replaced(criterion, then.keywordRange, ',').replace(/,\s*,/, ',');
};

const withConditionAtEnd: Defect = (criterion) => {
  const [when, system, response] = [
    clauseOf(criterion, 'when'),
    clauseOf(criterion, 'system'),
    clauseOf(criterion, 'response'),
  ];
  return (
    when && system && response && `THE ${system.text} ${response.keyword} ${response.text} when ${when.text}`
  );
};

const withSecondTrigger: Defect = (criterion) => {
  const when = clauseOf(criterion, 'when');
  return when && replaced(criterion, { start: when.range.end, end: when.range.end }, ', WHEN it is late');
};

const withoutShall: Defect = ({ text }) =>
  /SHALL.*SHALL/s.test(text) ? undefined : text.replace(/\bSHALL (?:NOT )?/, '');

const defects: readonly (readonly [name: string, code: string, make: Defect])[] = [
  ['should for SHALL', 'E102', ({ text }) => text.replace(/\bSHALL\b/, 'should')],
  ['must for SHALL', 'E102', ({ text }) => text.replace(/\bSHALL\b/, 'must')],
  ['a dropped SHALL', 'E101', withoutShall],
  ['a dropped system', 'E103', withoutSystem],
  ['IF without THEN', 'E107', withoutThen],
  ['a second SHALL', 'E112', ({ text }) => `${text.replace(/\.$/, '')} and SHALL log it`],
  ['a condition at the end', 'E113', withConditionAtEnd],
  ['a second trigger', 'E109', withSecondTrigger],
];

describe('Defects seeded into the corpus', () => {
  before(function () {
    if (corpusRoot() !== undefined) return;
    console.log('    no corpus here (EARSHOT_CORPUS), so these tests are skipped');
    this.skip();
  });

  for (const [name, code, make] of defects) {
    it(`${name}: ${code} in at least 99 %`, () => {
      const criteria = corpusFiles('requirements.md').flatMap(({ text }) =>
        parseRequirements(text).requirements.flatMap((requirement) => requirement.criteria),
      );
      const made = criteria
        .filter(({ text }) => /\bSHALL\b/.test(text))
        .flatMap((criterion) => make(criterion) ?? []);
      const missed = made.filter((text) => !lintCriterion(text).some((problem) => problem.code === code));
      assert.ok(made.length >= 40, `${made.length} criteria`);
      assert.ok(
        missed.length <= made.length * 0.01,
        `${missed.length} of ${made.length}:\n${missed.slice(0, 5).join('\n')}`,
      );
    });
  }

  it('is mended by every quick fix: the problem is gone, and no other has come', () => {
    for (const { name, text } of corpusFiles('requirements.md')) {
      const before = lintText(text);
      const rulesOf = (problems: typeof before) =>
        problems
          .filter(({ code }) => /^[EK]/.test(code))
          .map(({ rule }) => rule)
          .sort();
      for (const problem of before) {
        const [fix] = problem.fixes ?? [];
        if (fix === undefined) continue;
        const after = lintText(applyEdits(text, fix.edits()));
        const expected = rulesOf(before.filter((other) => other !== problem));
        assert.deepEqual(rulesOf(after), expected, `${name}: ${problem.message}`);
      }
    }
  });
});
