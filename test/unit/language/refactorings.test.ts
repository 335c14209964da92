// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
import { strict as assert } from 'node:assert';
import { headAt } from '../../../src/core/language/heads';
import { type RefactoringId, refactoringsAt } from '../../../src/core/language/refactorings';
import { readTexts, type SpecTexts } from '../../../src/core/spec/readTexts';
import { edited } from '../../support/editSpec';

const TEXTS: SpecTexts = {
  requirements: `# Requirements

### Requirement 1: Opening

#### Acceptance Criteria

1. THE Door SHALL open
2. THE Bell SHALL ring
   - twice

### Requirement 2: Closing

#### Acceptance Criteria

1. THE Door SHALL shut
`,
  design: '### Property 1: Doors\n\n**Validates: Requirements 1.1-1.2, 2.1**\n',
  tasks: `- [ ] 1. Build
  - Words
  - [ ] 1.1 Saw
    - _Requirements: 1.2_
  - [ ] 1.2 Nail
- [ ] Checkpoint
- [ ] 2. Hang
  - _Depends: 1_
`,
};

type Kind = 'requirements' | 'design' | 'tasks';

/** What is on offer at the place marked `|` in a piece of a document. */
function offers(kind: Kind, marked: string, texts = TEXTS) {
  const start = texts[kind]?.indexOf(marked.replace('|', '')) ?? -1;
  assert.notEqual(start, -1, marked);
  const offset = start + marked.indexOf('|');
  return refactoringsAt(readTexts(texts), kind, { start: offset, end: offset });
}

/** The texts when an offer was taken, with what is then selected in brackets. */
function taken(kind: Kind, marked: string, id: RefactoringId): SpecTexts {
  const offer = offers(kind, marked).find((each) => each.id === id);
  assert.ok(offer, `${id} at ${marked}`);
  const after = edited(TEXTS, () => offer.edits());
  const { text, selection } = offer.outcome() ?? { text: after[kind] ?? '', selection: { start: 0, end: 0 } };
  assert.equal(text, after[kind]);
  const { start, end } = selection;
  return { ...after, [kind]: `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}` };
}

describe('The edits on offer', () => {
  const cases: readonly (readonly [kind: Kind, marked: string, titles: readonly string[]])[] = [
    [
      'requirements',
      '1. THE Door SHALL| open',
      ['Move Criterion 1.1 Down', 'Insert Criterion Below', 'Remove Criterion 1.1'],
    ],
    [
      'requirements',
      '|2. THE Bell',
      ['Move Criterion 1.2 Up', 'Move Criterion 1.2 Down', 'Insert Criterion Below', 'Remove Criterion 1.2'],
    ],
    // The only one of its requirement stays there.
    ['requirements', 'Door SHALL shut|', ['Insert Criterion Below']],
    ['requirements', '### Req|uirement 1', ['Move Requirement 1 Down', 'Insert Requirement Below']],
    ['requirements', '### Requirement 2: Closing|', ['Move Requirement 2 Up', 'Insert Requirement Below']],
    ['requirements', '- tw|ice', []],
    ['requirements', '# Requi|rements', []],
    ['tasks', '- [ ] 1.| Build', ['Move Task 1 Down', 'Insert Task Below', 'Insert Sub-Task']],
    ['tasks', '|  - [ ] 1.2 Nail', ['Move Task 1.2 Up', 'Insert Task Below', 'Insert Sub-Task']],
    ['tasks', 'Check|point', ['Move Task Up', 'Move Task Down', 'Insert Task Below', 'Insert Sub-Task']],
    ['tasks', 'Wo|rds', []],
    ['design', 'Property |1', []],
  ];
  for (const [kind, marked, titles] of cases)
    it(`in ${kind} at ${marked}`, () =>
      assert.deepEqual(
        offers(kind, marked).map(({ title }) => title),
        titles,
      ));

  it('renumber what has gaps, wherever somebody asks', () => {
    const texts = { ...TEXTS, tasks: '- [ ] 1. A\n- [ ] 3. B\n' };
    const [offer] = offers('design', 'Do|ors', texts);
    assert.equal(offer?.title, 'Renumber This Spec');
    assert.equal(edited(texts, () => offer?.edits() ?? []).tasks, '- [ ] 1. A\n- [ ] 2. B\n');
  });

  it('are none that nobody could tell the result of', () => {
    const bugfix =
      '## Current Behavior\n1.1 WHEN a THEN b\n1.2 WHEN c THEN d\n## Expected Behavior\n2.1 THE A SHALL a\n2.2 THE A SHALL b';
    assert.deepEqual(refactoringsAt(readTexts({ bugfix }), 'bugfix', { start: 25, end: 25 }), []);
    const twice = { tasks: '- [ ] 1. A\n- [ ] 1. B\n- [ ] 2. C\n' };
    // What lies in a task is numbered by itself.
    assert.deepEqual(
      offers('tasks', '|2. C', twice).map(({ title }) => title),
      ['Insert Sub-Task'],
    );
    assert.deepEqual(refactoringsAt(readTexts({}), 'tasks', { start: 0, end: 0 }), []);
  });
});

describe('An edit that is taken', () => {
  it('moves a criterion with its references, and the cursor follows', () => {
    const after = taken('requirements', '1. THE Door| SHALL open', 'moveDown');
    assert.match(
      after.requirements ?? '',
      /\n1\. THE Bell SHALL ring\n {3}- twice\n2\. THE Door\[\] SHALL open\n\n### Requirement 2/,
    );
    assert.match(after.tasks ?? '', /_Requirements: 1\.1_/);
  });

  it('moves a criterion across the end of its list', () => {
    const after = taken('requirements', '2. THE Bell SHALL ring|', 'moveDown');
    assert.match(
      after.requirements ?? '',
      /\n1\. THE Bell SHALL ring\[\]\n {3}- twice\n2\. THE Door SHALL shut\n$/,
    );
    assert.match(after.tasks ?? '', /_Requirements: 2\.1_/);
    assert.equal(after.design, '### Property 1: Doors\n\n**Validates: Requirements 1.1, 2.1, 2.2**\n');
  });

  it('moves a requirement, and the cursor follows', () => {
    const after = taken('requirements', '### Requirement 2: |Closing', 'moveUp');
    assert.match(after.requirements ?? '', /### Requirement 1: \[\]Closing[\s\S]*### Requirement 2: Opening/);
    assert.match(after.tasks ?? '', /_Requirements: 2\.2_/);
  });

  it('moves a task with its sub-tasks, and the cursor follows', () => {
    assert.equal(
      taken('tasks', '2. Ha|ng', 'moveUp').tasks?.replace(/[\s\S]*1\.2 Nail\n/, ''),
      '- [ ] 2. Ha[]ng\n  - _Depends: 1_\n- [ ] Checkpoint\n',
    );
    assert.match(
      taken('tasks', '|  - [ ] 1.1 Saw', 'moveDown').tasks ?? '',
      /1\.1 Nail\n\[\] {2}- \[ \] 1\.2 Saw\n/,
    );
  });

  it('leaves what is new to be written', () => {
    assert.match(
      taken('requirements', '2. THE Bell|', 'insertBelow').requirements ?? '',
      /- twice\n3\. THE Bell SHALL \[\]\n\n### Requirement 2/,
    );
    assert.match(
      taken('requirements', '### Req|uirement 1', 'insertBelow').requirements ?? '',
      /### Requirement 2: \[New requirement\]\n\n#### Acceptance Criteria\n\n1\. THE System SHALL \n\n### Requirement 3: Closing/,
    );
    assert.match(
      taken('tasks', '1. Bu|ild', 'insertBelow').tasks ?? '',
      /Nail\n- \[ \] 2\. \[New task\]\n- \[ \] Checkpoint\n- \[ \] 3\. Hang/,
    );
    assert.match(
      taken('tasks', '2. Ha|ng', 'insertInside').tasks ?? '',
      /_Depends: 1_\n {2}- \[ \] 2\.1 \[New task\]\n$/,
    );
    assert.match(
      taken('tasks', '1. Bu|ild', 'insertInside').tasks ?? '',
      /1\.2 Nail\n {2}- \[ \] 1\.3 \[New task\]\n/,
    );
  });

  it('removes a criterion, and the cursor stays', () => {
    const after = taken('requirements', '1. THE Door| SHALL open', 'remove');
    assert.match(after.requirements ?? '', /^\[\]# Requirements[\s\S]*Criteria\n\n1\. THE Bell SHALL ring\n/);
    assert.match(after.tasks ?? '', /_Requirements: 1\.1_/);
  });
});

describe('A head', () => {
  it('is the line that names a thing, all of it, and all lines of a criterion’s text', () => {
    const text =
      '\uFEFF### Requirement 1\r\n#### Acceptance Criteria\r\n1. THE A SHALL\r\n   do a\r\n   - more';
    const { requirements } = readTexts({ requirements: text });
    assert.ok(requirements);
    const kinds = [...text].map((_, offset) => headAt(requirements, { start: offset, end: offset })?.kind);
    const at = (words: string) => kinds[text.indexOf(words)];
    assert.equal(kinds[1], 'requirement');
    assert.equal(at('\r\n####'), 'requirement');
    assert.equal(at('####'), undefined);
    assert.equal(at('1. THE'), 'criterion');
    assert.equal(at('   do a'), 'criterion');
    assert.equal(at('   - more'), undefined);
    const selected = (from: string, to: string) =>
      headAt(requirements, { start: text.indexOf(from), end: text.indexOf(to) })?.kind;
    assert.equal(selected('THE A', 'do a'), 'criterion');
    assert.equal(selected('Criteria', 'do a'), undefined);
    assert.equal(selected('do a', 'more'), undefined);
  });
});
