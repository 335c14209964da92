// Feature: spec-engine, Property 7: A fix mends
// Verifies: spec-engine#3.3-3.5, #8.5
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { fixTexts } from '../../../src/cli/check/fixSpecs';
import { parseCriterion } from '../../../src/core/ears/parseCriterion';
import { DEFAULT_LINT, DIALECTS, type LintConfig } from '../../../src/core/lint/config';
import { syntaxRules } from '../../../src/core/lint/rules/syntax';
import type { Problem } from '../../../src/core/spec/model';
import { applyEdits } from '../../../src/core/util/textRange';
import { corpusFiles, corpusRoot } from '../../support/corpus';
import { lintText } from '../../support/lintText';
import { patience, runs } from '../../support/soak';
import { pieces, SYSTEMS, write } from '../ears/generateCriteria';
import { DEFECTS } from './syntaxDefects';

const SYNTAX: ReadonlySet<string> = new Set(syntaxRules.map(({ id }) => id));
const HEAD = [
  '## Glossary\n',
  ...SYSTEMS.map((name) => `- **${name}**: It is there.\n`),
  '## Requirements\n### Requirement 1\n#### Acceptance Criteria\n1. ',
].join('');

/** Words that a fix may write otherwise: keywords, what stands for them, and forms of “be” and “do”. */
const FORM =
  /^(?:when|while|where|if|then|the|and|shall|should|must|will|may|can|upon|whenever|once|after|soon|as|during|long|given|not|is|are|be|does|do|\d+)$/;

function wordsOf(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? []).filter((word) => !FORM.test(word)));
}

/** `copies` is the same word as `copy`. */
function isKept(word: string, fixed: ReadonlySet<string>): boolean {
  const stem = word.replace(/(?:ies|es|s|y)$/, '');
  return fixed.has(word) || [...fixed].some((other) => other.startsWith(stem) && other.length <= word.length);
}

function syntaxOf(text: string, config: LintConfig): readonly Problem[] {
  return lintText(text, 'requirements', config).filter(({ rule }) => SYNTAX.has(rule));
}

/** All that a text's fixes must keep, for each finding and each of its fixes. */
function checkFixes(text: string, config: LintConfig): void {
  const before = syntaxOf(text, config);
  const rules = new Set(before.map(({ rule }) => rule));
  const words = wordsOf(text);
  for (const { rule, message, fixes = [] } of before) {
    for (const fix of fixes) {
      const fixed = applyEdits(text, fix.edits());
      const after = syntaxOf(fixed, config).map((problem) => problem.rule);
      const label = `${fix.title} (${message})\n${text}\n${fixed}`;
      const count = (found: readonly string[]) => found.filter((other) => other === rule).length;
      assert.ok(count(after) < count(before.map((problem) => problem.rule)), `still there: ${label}`);
      const come = after.filter((other) => !rules.has(other));
      assert.deepEqual(come, [], `came: ${label}`);
      const kept = wordsOf(fixed);
      assert.deepEqual(
        [...words].filter((word) => !isKept(word, kept)),
        [],
        `lost: ${label}`,
      );
    }
  }
}

/** Do the safe fixes come to an end, with nothing left that is safe to mend? */
function checkSafeFixes(text: string, config: LintConfig): void {
  const { texts } = fixTexts({ requirements: text }, config);
  const fixed = texts.requirements ?? '';
  const left = lintText(fixed, 'requirements', config).filter(({ fixes = [] }) =>
    fixes.some(({ safe }) => safe),
  );
  assert.deepEqual(
    left.map(({ message }) => message),
    [],
    `${text}\n${fixed}`,
  );
}

const configs = DIALECTS.map((dialect): LintConfig => ({ ...DEFAULT_LINT, dialect }));

/** A criterion with one of the seeded defects, a label or a title before it at times. */
const defective = fc
  .tuple(pieces, fc.constantFrom(...DEFECTS), fc.constantFrom('', '**D-7**: ', '**Night.** '))
  .map(([made, { make }, prefix]) => make(parseCriterion('1.1', prefix + write(made), 0)))
  .filter((text) => text !== undefined);

describe('The fixes of syntax findings', () => {
  for (const config of configs) {
    it(`mend what they are for, bring nothing else, and keep every word, in the dialect ${config.dialect}`, () => {
      fc.assert(
        fc.property(defective, (text) => checkFixes(HEAD + text, config)),
        runs(300),
      );
    });

    it(`do so in real documents, in the dialect ${config.dialect}`, function () {
      if (corpusRoot() === undefined) this.skip();
      this.timeout(patience(60_000));
      for (const { text } of corpusFiles('requirements.md')) checkFixes(text, config);
    });
  }
});

describe('Fixes that are safe', () => {
  const words =
    'WHEN IF THEN WHILE WHERE THE SHALL must may a b , . ** Door_Lock after upon for all and'.split(' ');
  const soup = fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((some) => some.join(' '));

  for (const config of configs) {
    it(`come to an end for any words, in the dialect ${config.dialect}`, () => {
      fc.assert(
        fc.property(fc.array(soup, { maxLength: 4 }), (texts) =>
          checkSafeFixes(
            HEAD + texts.map((text, index) => (index === 0 ? text : `${index + 1}. ${text}`)).join('\n'),
            config,
          ),
        ),
        runs(300),
      );
    });

    it(`come to an end in real documents, in the dialect ${config.dialect}`, function () {
      if (corpusRoot() === undefined) this.skip();
      this.timeout(patience(60_000));
      for (const { text } of corpusFiles('requirements.md')) checkSafeFixes(text, config);
    });
  }

  it('never change what a criterion says: of MUST and SHOULD, only MUST is certain', () => {
    const safely = (text: string) =>
      fixTexts({ requirements: HEAD + text }, DEFAULT_LINT).texts.requirements?.slice(HEAD.length);
    assert.equal(safely('WHEN a fits THE Door_Lock MUST open'), 'WHEN a fits, THE Door_Lock SHALL open');
    assert.equal(safely('THE Door_Lock should open when a fits'), 'THE Door_Lock should open when a fits');
    assert.equal(safely('WHEN a, WHILE b, THE Door_Lock SHALL c'), 'WHEN a, WHILE b, THE Door_Lock SHALL c');
  });
});
