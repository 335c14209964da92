// Feature: spec-engine, Property 9: A suppression holds as long as its text
// Verifies: spec-engine#4.1-4.5
import { strict as assert } from 'node:assert';
import { DEFAULT_LINT, type LintConfig } from '../../../src/core/lint/config';
import { lintSpec } from '../../../src/core/lint/lint';
import { applySuppressions, suppressEdit } from '../../../src/core/lint/suppressions';
import { readBlocks } from '../../../src/core/markdown/blocks';
import { parseDocument } from '../../../src/core/spec/parseDocument';
import { readTexts, type SpecTexts } from '../../../src/core/spec/readTexts';
import { applyEdits } from '../../../src/core/util/textRange';

const HEAD = '### Requirement 1\n#### Acceptance Criteria\n';

function lint(text: string, config: LintConfig = DEFAULT_LINT) {
  const documents = readTexts({ requirements: text });
  const linted = lintSpec(documents, config).get('requirements');
  assert.ok(documents.requirements && linted);
  return { document: documents.requirements, ...linted };
}

/** Rules that speak, and after a bar those that are set aside. */
function rulesIn(text: string, config?: LintConfig): string {
  const { problems, suppressed } = lint(text, config);
  const names = (all: readonly { readonly rule: string }[]) => all.map(({ rule }) => rule).join(' ');
  return `${names(problems)} | ${suppressed.map(({ rule, reason }) => `${rule}: ${reason}`).join(', ')}`;
}

const fast = (comment: string) => `${HEAD}1. THE Door SHALL open fast${comment}\n2. THE Bell SHALL ring`;

describe('A suppression', () => {
  it('sets a finding aside on its line', () => {
    assert.equal(
      rulesIn(fast(' <!-- earshot-disable-line vague-term: it is a race -->')),
      'unbound-suppression | vague-term: it is a race',
    );
  });

  it('may stand on the line before, and name the code', () => {
    const text = `${HEAD}<!-- earshot-disable-next-line Q01: it is a race -->\n1. THE Door SHALL open fast`;
    assert.equal(rulesIn(text), 'unbound-suppression | vague-term: it is a race');
  });

  it('names several rules', () => {
    const comment = ' <!-- earshot-disable-line vague-term, escape-clause: agreed -->';
    const text = `${HEAD}1. THE Door SHALL open fast, if possible${comment}`;
    assert.equal(rulesIn(text), 'unbound-suppression | vague-term: agreed, escape-clause: agreed');
  });

  it('does nothing without a reason, and says so', () => {
    assert.equal(
      rulesIn(fast(' <!-- earshot-disable-line vague-term -->')),
      'vague-term suppression-without-reason | ',
    );
  });

  it('tells a rule that does not exist, and the one that was meant', () => {
    const { problems } = lint(fast(' <!-- earshot-disable-line vage-term: x -->'));
    const unknown = problems.find(({ rule }) => rule === 'unknown-rule');
    assert.match(unknown?.message ?? '', /no rule “vage-term”.*“vague-term”/);
  });

  it('says when there is nothing to suppress any more, and takes itself out', () => {
    const text = `${HEAD}1. THE Door SHALL open <!-- earshot-disable-line vague-term: it is a race -->`;
    assert.equal(rulesIn(text), 'unused-suppression | ');
    const { problems } = lint(text);
    assert.equal(applyEdits(text, problems[0]?.fixes?.[0]?.edits() ?? []), `${HEAD}1. THE Door SHALL open`);
  });

  it('is bound to its text when it is written by a fix, also beside another one', () => {
    const text = fast('').replace('fast', 'fast, if possible');
    const { document, problems } = lint(text);
    const [vague] = problems;
    assert.ok(vague);
    const once = applyEdits(text, [suppressEdit(document, vague, 'it is a race')]);
    assert.equal(rulesIn(once), 'escape-clause | vague-term: it is a race');
    const second = lint(once);
    const [other] = second.problems;
    assert.ok(other);
    const twice = applyEdits(once, [suppressEdit(second.document, other, 'with --> and\nlines')]);
    assert.equal(rulesIn(twice), ' | vague-term: it is a race, escape-clause: with —> and lines');
  });

  it('ends when the text changes, and can be renewed or removed', () => {
    const text = fast('');
    const { document, problems } = lint(text);
    const [problem] = problems;
    assert.ok(problem);
    const bound = applyEdits(text, [suppressEdit(document, problem, 'it is a race')]);
    const changed = bound.replace('THE Door', 'THE Gate');
    assert.equal(rulesIn(changed), 'vague-term expired-suppression | ');
    const fixes = lint(changed).problems[1]?.fixes ?? [];
    const [renew, remove] = fixes.map((fix) => applyEdits(changed, fix.edits()));
    assert.equal(rulesIn(renew ?? ''), ' | vague-term: it is a race');
    assert.equal(rulesIn(remove ?? ''), 'vague-term | ');
  });

  it('survives a new number, other blanks and a ticked box', () => {
    const bound = (text: string, rule: string) => {
      const { document, problems } = lint(text);
      const problem = problems.find((each) => each.rule === rule);
      assert.ok(problem);
      return applyEdits(text, [suppressEdit(document, problem, 'why')]);
    };
    const text = bound(fast(''), 'vague-term').replace('1. THE', '1.  THE');
    assert.equal(rulesIn(text), ' | vague-term: why');
  });

  it('is no part of the criterion, the heading or the task that it stands beside', () => {
    const comment = ' <!-- earshot-disable-line x: y -->';
    const { requirements, tasks } = readTexts({
      requirements: `### Requirement 1: Doors${comment}\n#### Acceptance Criteria\n1. THE Door SHALL open${comment}`,
      tasks: `- [ ] 1. Build it${comment}`,
    });
    assert.equal(requirements?.requirements[0]?.title, 'Doors');
    assert.equal(requirements?.requirements[0]?.criteria[0]?.text, 'THE Door SHALL open');
    assert.equal(tasks?.tasks[0]?.title, 'Build it');
  });

  it('stays while its rule is off here: another configuration may need it', () => {
    const comment = ' <!-- earshot-disable-line passive-without-actor: as the law says it -->';
    const text = `${HEAD}1. THE Door SHALL be opened${comment}`;
    assert.equal(rulesIn(text), ' | ');
    assert.equal(
      rulesIn(text, { ...DEFAULT_LINT, rules: 'incose-full' }),
      'unbound-suppression | passive-without-actor: as the law says it',
    );
    const race = fast(' <!-- earshot-disable-line vague-term: it is a race -->');
    assert.equal(rulesIn(race, { ...DEFAULT_LINT, severities: { Q01: 'off' } }), ' | ');
    const both = `${HEAD}1. THE Door SHALL open <!-- earshot-disable-line vague-term, Q13: agreed -->`;
    assert.equal(rulesIn(both), ' | ');
    assert.equal(rulesIn(both, { ...DEFAULT_LINT, rules: 'incose-full' }), 'unused-suppression | ');
  });

  it('of what compares documents stays while one of them is missing', () => {
    const tasks =
      '- [ ] 1. Build\n  - _Requirements: 1.1_ <!-- earshot-disable-line unknown-reference: comes later -->';
    const rules = (texts: SpecTexts) =>
      lintSpec(readTexts(texts), DEFAULT_LINT)
        .get('tasks')
        ?.problems.map(({ rule }) => rule);
    assert.deepEqual(rules({ tasks }), []);
    assert.deepEqual(rules({ requirements: fast(''), design: '# Design\n', tasks }), ['unused-suppression']);
  });
});

describe('Setting a finding aside', () => {
  const FOUND = { rule: 'vague-term', code: 'Q01', severity: 'warning', message: 'vague' } as const;
  const NAMED = { ids: () => [], codeOf: () => FOUND.code, ran: () => true };
  const kinds = (text: string) => readBlocks(text).map(({ kind }) => kind);

  for (const [what, text, comments] of [
    ['a paragraph', 'Open\nfast, soon.\n\nMore', 0],
    ['a heading', '# Open fast #\n\nMore', 0],
    ['an underlined heading', 'Open fast\n====\n\nMore', 0],
    ['a list item', '- One\n- Open fast\n  and soon\n- Two', 0],
    ['a task', '- [ ] 1. Open fast\n  - Details', 0],
    ['a fence', 'So:\n```json\n{"open": "fast"}\n```\nMore', 1],
    ['a fence that is never closed', '```json\n{"open": "fast"}\n', 1],
    ['a fence in a list', '- One\r\n  ~~~\r\n  fast\r\n  ~~~\r\n- Two', 1],
    ['a fence that is a list item', '1. One\n2. ```\n   fast\n   ```\n3. Three', 1],
    ['a table', 'So:\n| a | b |\n| - | - |\n| fast | 1 |\n\nMore', 1],
    ['a table in a list', '- One\n  | a | b |\n  | - | - |\n  | fast | 1 |\n- Two', 1],
    ['a comment', '<!-- fast\n\nor slow -->\nMore', 1],
  ] as const)
    it(`holds in ${what}, changes nothing of it, and is taken out without a trace`, () => {
      const problemIn = (of: string) => {
        const start = of.indexOf('fast');
        return { ...FOUND, range: { start, end: start + 4 } };
      };
      const documentOf = (of: string) => parseDocument('design', of);
      let now: string = text;
      // Twice: a second one must not come between the first and its text.
      for (const reason of ['one', 'two']) {
        now = applyEdits(now, [suppressEdit(documentOf(now), problemIn(now), reason)]);
        const { kept, suppressed, findings } = applySuppressions(documentOf(now), [problemIn(now)], NAMED);
        assert.deepEqual([kept, suppressed.map((each) => each.reason)], [[], ['one']], now);
        assert.deepEqual(
          findings.map(({ rule }) => rule),
          reason === 'one' ? [] : ['unused-suppression'],
          now,
        );
      }
      const added = kinds(now).filter((kind) => kind === 'comment').length;
      assert.equal(added, kinds(text).filter((kind) => kind === 'comment').length + 2 * comments);
      assert.deepEqual(
        kinds(now).filter((kind) => kind !== 'comment'),
        kinds(text).filter((kind) => kind !== 'comment'),
      );
      for (let left = 2; left > 0; left--) {
        const { findings } = applySuppressions(documentOf(now), [], NAMED);
        now = applyEdits(now, findings[0]?.fixes?.[0]?.edits() ?? []);
      }
      assert.equal(now, text);
    });

  it('in the graph of tasks leaves the graph readable', () => {
    const text =
      '- [ ] 1. Build\n\n## Task Dependency Graph\n\n```json\n{"waves": [{"id": 0, "tasks": ["1", "7"]}]}\n```\n';
    const lintTasks = (tasks: string) => {
      const documents = readTexts({ tasks });
      const linted = lintSpec(documents, DEFAULT_LINT).get('tasks');
      assert.ok(documents.tasks && linted);
      return { document: documents.tasks, ...linted };
    };
    const { document, problems } = lintTasks(text);
    const [unknown] = problems;
    assert.equal(unknown?.rule, 'unknown-reference');
    const after = lintTasks(applyEdits(text, [suppressEdit(document, unknown, 'it comes later')]));
    assert.deepEqual(after.problems, []);
    assert.deepEqual(
      after.suppressed.map(({ reason }) => reason),
      ['it comes later'],
    );
    assert.equal(after.document.waves.length, 1);
  });
});
