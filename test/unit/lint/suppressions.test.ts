// Feature: spec-engine, Property 9: A suppression holds as long as its text
// Verifies: spec-engine#4.1-4.5
import { strict as assert } from 'node:assert';
import { DEFAULT_LINT } from '../../../src/core/lint/config';
import { lintSpec } from '../../../src/core/lint/lint';
import { suppressEdit } from '../../../src/core/lint/suppressions';
import { readTexts } from '../../../src/core/spec/readTexts';
import { applyEdits } from '../../../src/core/util/textRange';

const HEAD = '### Requirement 1\n#### Acceptance Criteria\n';

function lint(text: string) {
  const documents = readTexts({ requirements: text });
  const linted = lintSpec(documents, DEFAULT_LINT).get('requirements');
  assert.ok(documents.requirements && linted);
  return { document: documents.requirements, ...linted };
}

/** Rules that speak, and after a bar those that are set aside. */
function rulesIn(text: string): string {
  const { problems, suppressed } = lint(text);
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
});
