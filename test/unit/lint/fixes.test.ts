// Feature: spec-engine, Property 7: A fix mends
// Feature: spec-engine, Property 8: Every rule explains itself
// Verifies: spec-engine#3.3-3.5, #3.7
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { LintConfig } from '../../../src/core/lint/config';
import { exampleTexts } from '../../../src/core/lint/examples';
import { lintSpec } from '../../../src/core/lint/lint';
import { rulePage } from '../../../src/core/lint/pages';
import type { Rule } from '../../../src/core/lint/rule';
import { rules } from '../../../src/core/lint/rules';
import { areAntonyms } from '../../../src/core/lint/rules/conflicts/antonyms';
import { suppressEdit } from '../../../src/core/lint/suppressions';
import type { DocumentEdit, DocumentKind, Problem, SpecDocument } from '../../../src/core/spec/model';
import { readTexts, type SpecTexts } from '../../../src/core/spec/readTexts';
import { applyEdits } from '../../../src/core/util/textRange';
import { runs } from '../../support/soak';

interface Placed {
  readonly kind: DocumentKind;
  readonly problem: Problem;
}

/** Everything on, to find whatever a fix brings about. */
const ALL: LintConfig = {
  dialect: 'strict',
  rules: 'incose-full',
  severities: Object.fromEntries(rules.map(({ id }) => [id, 'warning'])),
};

function problemsIn(texts: SpecTexts): readonly Placed[] {
  return [...lintSpec(readTexts(texts), ALL)].flatMap(([kind, { problems }]) =>
    problems.map((problem) => ({ kind, problem })),
  );
}

const problemsOf = (rule: Rule, all: readonly Placed[]) =>
  all.filter(({ problem }) => problem.rule === rule.id);

/** The codes of what is wrong with the form of criteria, as far as it is no matter of letters. */
function syntaxOf(all: readonly Placed[]): ReadonlySet<string> {
  return new Set(
    all
      .map(({ problem }) => problem.code)
      .filter((code) => /^E1[01]/.test(code) && code !== 'E104' && code !== 'E116'),
  );
}

function applied(texts: SpecTexts, kind: DocumentKind, edits: readonly DocumentEdit[]): SpecTexts {
  const kinds = new Set(edits.map(({ document = kind }) => document));
  const changed = [...kinds].map((each) => [
    each,
    applyEdits(
      texts[each] ?? '',
      edits.filter(({ document = kind }) => document === each),
    ),
  ]);
  return { ...texts, ...Object.fromEntries(changed) };
}

/** Words of the grammar and of lists, and numbers: a fix may write them otherwise. */
const FORM =
  /^(?:when|while|where|if|then|the|an?|and|or|shall|should|must|will|may|can|upon|whenever|once|after|soon|as|during|long|given|not|is|are|be|able|to|does|do|requirements?|depends|waves|tasks|id|earshot-.*|tbd|\d[\d.]*)$/;

function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}_-]*(?<![_-])/gu) ?? []).filter(
    (word) => !FORM.test(word),
  );
}

/** What no fix may lose: all words but those that the finding is about, and what says the same in another way. */
function lost(before: string, after: string, marked: string): readonly string[] {
  const kept = new Set(wordsOf(after));
  const about = new Set(wordsOf(marked));
  const isKept = (word: string) =>
    about.has(word) ||
    [...kept].some((other) => other === word || areAntonyms(other, word) || isFormOf(other, word));
  return wordsOf(before).filter((word) => !isKept(word));
}

/** `opens` and `open`. */
function isFormOf(a: string, b: string): boolean {
  const stem = (word: string) => word.replace(/(?:ies|es|s|y)$/, '');
  return stem(a) === stem(b);
}

/** Every fix of every finding of some rules: the finding goes, and no word does. How many there were. */
function checkFixes(some: readonly Rule[], texts: SpecTexts): number {
  let count = 0;
  const before = problemsIn(texts);
  for (const rule of some)
    for (const { kind, problem } of problemsOf(rule, before))
      for (const { title, safe, edits } of problem.fixes ?? []) {
        const own = edits();
        if (own.length === 0) continue;
        count++;
        const mended = applied(texts, kind, own);
        const after = problemsIn(mended);
        const label = `${rule.id}: ${title}\n${JSON.stringify(texts)}\n${JSON.stringify(mended)}`;
        assert.ok(problemsOf(rule, after).length < problemsOf(rule, before).length, `still there: ${label}`);
        const come = [...syntaxOf(after)].filter((code) => !syntaxOf(before).has(code));
        assert.deepEqual(come, [], `came: ${label}`);
        const marked = texts[kind]?.slice(problem.range.start, problem.range.end) ?? '';
        // A range that is a whole criterion or line is no licence to lose its words.
        const licence = marked.split(/\s+/).length > 5 ? '' : marked;
        const all = (each: SpecTexts) => Object.values(each).join('\n');
        // What says why something was set aside goes with the comment.
        if (!rule.code.startsWith('S'))
          assert.deepEqual(lost(all(texts), all(mended), licence), [], `lost: ${label}`);
        const asks = own.some(({ newText }) => newText.includes('TBD'));
        if (asks) assert.equal(safe, false, `a person has to fill it in: ${label}`);
      }
  return count;
}

describe('The quick fixes', () => {
  for (const rule of rules) {
    it(`of ${rule.code} ${rule.id} mend its example and lose no word, or its page says why there are none`, () => {
      const texts = exampleTexts(rule, rule.bad);
      const count = texts === undefined ? 0 : checkFixes([rule], texts);
      assert.ok(count > 0 || (rule.byHand ?? '').length > 20);
      assert.match(rulePage(rule), /## Quick fixes\n\n(?:- |By hand: )\S/);
    });

    it(`of ${rule.code} ${rule.id}: it can be set aside with a reason`, () => {
      const texts = exampleTexts(rule, rule.bad);
      // What is said of suppressions themselves, and of files without comments, cannot.
      if (texts === undefined || rule.code.startsWith('S')) return;
      const before = problemsOf(rule, problemsIn(texts));
      const [first] = before;
      assert.ok(first);
      const documents = readTexts(texts);
      const document = [documents.requirements, documents.design, documents.tasks].find(
        (each): each is SpecDocument => each?.kind === first.kind,
      );
      assert.ok(document);
      const after = applied(texts, first.kind, [suppressEdit(document, first.problem, 'it is meant so')]);
      assert.ok(problemsOf(rule, problemsIn(after)).length < before.length, JSON.stringify(after));
    });
  }
});

const sentences = fc.constantFrom(
  'THE Search SHALL answer quickly',
  'WHEN a key fits, THE Door SHALL quickly open the gate and ring',
  'THE Door SHALL show an appropriate message to the guest',
  'THE Door SHALL use suitable, robust hinges.',
  'THE Export SHALL offer PDF, CSV, etc.',
  'THE Export SHALL offer PDF (and so on) to guests',
  'THE Export SHALL offer formats, including but not limited to PDF',
  'THE Export SHALL offer PDF or similar formats',
  'WHEN a price changes, THE Ticker SHALL show it immediately',
  'THE Ticker SHALL immediately ring the bell, for guests',
  'THE Ticker SHALL periodically sync the prices.',
  'THE Report SHALL list several causes and some hints',
  'THE Report SHALL take approximately 5 minutes',
  'THE Receipt SHALL be sent to the guest',
  'THE Login SHALL NOT accept short passwords',
  'the login shall never store passwords',
  'THE Door SHALL always ring within 2 s',
  'THE Service SHALL have 100% uptime',
  'THE Server SHALL store a copy of the file and sign it',
  'THE Server SHALL sign each file so that nobody can change it unseen.',
  'THE Shop SHALL store each order in PostgreSQL and ring',
  'THE Shop SHALL use the Redis cache for orders.',
  'WHEN a key fits, THE Door SHALL open within 5',
  'For administrators WHEN a key fits, THE Door SHALL open',
  'At night, for guests, WHEN a key fits THE Door SHALL open.',
  'IF, THEN THE Door SHALL open',
  'WHILE, WHEN a key fits, THE Door SHALL open',
  'WHEN a key fits, THE Door SHALL',
  'WHEN a key fits, SHALL open',
  'The door opens',
  'Door checks every night',
  'WHEN the alarm is active THEN the system SHALL ring',
  'WHEN the alarm is active, THE Door SHALL ring',
  'WHEN a key fits, the lock turns',
);
const criteria = rules.filter(({ scope }) => scope === 'criterion');
const conflicts = rules.filter(({ code }) => code.startsWith('A'));
const GLOSSARY = '## Glossary\n- **Door**: It opens.\n- **Server**: It serves.\n## Requirements\n';

describe('The quick fixes of criteria', () => {
  it('mend what they are for and lose no word, among others, in any list', () => {
    fc.assert(
      fc.property(fc.array(sentences, { minLength: 1, maxLength: 4 }), fc.boolean(), (list, known) => {
        const lines = list.map((sentence, index) => `${index + 1}. ${sentence}`).join('\n');
        const requirements = `${known ? GLOSSARY : ''}### Requirement 1\n#### Acceptance Criteria\n${lines}\n`;
        const tasks =
          '- [ ] 1. Build\n  - _Requirements: 1.1, 1.2_\n- [ ] 2. Ring\n  - _Requirements: 1.2_\n';
        checkFixes([...criteria, ...conflicts], { requirements, tasks });
      }),
      runs(30),
    );
  });

  it('let one of two that say the same stay, and all that names the other one name it', () => {
    const said = 'WHEN a key fits, THE Door SHALL open';
    const requirements = `### Requirement 1\n#### Acceptance Criteria\n1. ${said}\n2. ${said}\n3. THE Bell SHALL ring\n`;
    const tasks = '- [ ] 1. A\n  - _Requirements: 1.1, 1.2, 1.3_\n- [ ] 2. B\n  - _Requirements: 1.2_\n';
    const rule = conflicts.find(({ id }) => id === 'repeated-criterion');
    assert.ok(rule);
    const [found] = problemsOf(rule, problemsIn({ requirements, tasks }));
    const [fix] = found?.problem.fixes ?? [];
    assert.equal(fix?.title, 'Remove 1.2, and let what names it name 1.1');
    assert.deepEqual(applied({ requirements, tasks }, 'requirements', fix.edits()), {
      requirements: `### Requirement 1\n#### Acceptance Criteria\n1. ${said}\n2. THE Bell SHALL ring\n`,
      tasks: '- [ ] 1. A\n  - _Requirements: 1.1, 1.2_\n- [ ] 2. B\n  - _Requirements: 1.1_\n',
    });
  });
});
