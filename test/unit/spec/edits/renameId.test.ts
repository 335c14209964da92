// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
import { strict as assert } from 'node:assert';
import { renameId } from '../../../../src/core/spec/edits/renameId';
import { readTexts, type SpecTexts } from '../../../../src/core/spec/readTexts';
import { type EntityKind, mentionsOf } from '../../../../src/core/spec/references/mentions';
import { edited, meaning } from '../../../support/editSpec';

const TEXTS: SpecTexts = {
  requirements: `### Requirement 1: Opening
- AC-1.1: THE Door SHALL open
- AC-1.2: THE Bell SHALL ring, see AC-1.1
### Requirement 9: Closing
#### Acceptance Criteria
1. THE Door SHALL close, unlike Requirement 1
`,
  design: `### Property 1: Doors
**Validates: Requirements 1.1-1.2, 9.1**

Property 1 is about Requirement 9.
`,
  tasks: `- [ ] 1. Build
  - [ ] 1.1 Saw
  - _Requirements: 1, 9.1_
- [ ] 2. Hang, after tasks 1-1.1
  - **Property 1: Doors**
  - _Depends: 1.1_
  - _Requirements: AC-1.2_
`,
};

/** Renames what has an id, asked where it is defined or first named. */
function renamed(
  kind: EntityKind,
  id: string,
  to: string,
  role = 'definition',
  texts = TEXTS,
): SpecTexts | string {
  const documents = readTexts(texts);
  const mention = mentionsOf(documents).find(
    (each) => each.kind === kind && each.id === id && each.role === role,
  );
  assert.ok(mention, `${kind} ${id}`);
  const edits = renameId(documents, mention, to);
  return 'refused' in edits ? edits.refused : edited(texts, () => edits);
}

/** The texts with words changed, each wherever it is. */
function changed(...words: readonly (readonly [before: string, after: string])[]): SpecTexts {
  return Object.fromEntries(
    Object.entries(TEXTS).map(([kind, text]) => [
      kind,
      words.reduce((done, [before, after]) => done.replaceAll(before, after), String(text)),
    ]),
  );
}

describe('Renaming an id', () => {
  it('of a requirement takes its criteria along, also to a longer number', () => {
    for (const role of ['definition', 'reference'] as const)
      assert.deepEqual(
        renamed('requirement', '9', '10', role),
        changed(['Requirement 9', 'Requirement 10'], ['9.1', '10.1']),
      );
    const after = renamed('requirement', '1', '7');
    assert.ok(typeof after === 'object');
    assert.deepEqual(meaning(after), meaning(TEXTS));
    assert.match(after.requirements ?? '', /Requirement 7: [\s\S]*AC-7\.1: [\s\S]*AC-7\.2: .*see AC-7\.1\n/);
    assert.match(after.design ?? '', /Requirements 7\.1-7\.2, 9\.1/);
    assert.match(after.tasks ?? '', /_Requirements: 7, 9\.1_[\s\S]*_Requirements: AC-7\.2_/);
  });

  it('of a criterion renames its label', () => {
    assert.deepEqual(
      renamed('criterion', '1.1', '1.5'),
      changed(['AC-1.1', 'AC-1.5'], ['Requirements 1.1-1.2', 'Requirements 1.2, 1.5']),
    );
    assert.match(String(renamed('criterion', '9.1', '9.2')), /position of a criterion/);
    assert.match(String(renamed('criterion', '1.1', '9.5')), /Move it to give it another than 1\./);
  });

  it('of a property', () => {
    assert.deepEqual(renamed('property', '1', '12'), changed(['Property 1', 'Property 12']));
  });

  it('of a task takes its sub-tasks along', () => {
    const after = renamed('task', '1', '5');
    assert.ok(typeof after === 'object');
    assert.match(
      after.tasks ?? '',
      /\[ \] 5\. Build\n {2}- \[ \] 5\.1 Saw[\s\S]*after tasks 5, 5\.1\n[\s\S]*_Depends: 5\.1_/,
    );
    assert.deepEqual(meaning(after), meaning(TEXTS));
  });

  it('is refused where the id is taken, or is nothing', () => {
    assert.equal(renamed('task', '1', '2'), 'There is a task 2 already.');
    assert.deepEqual(renamed('task', '1', '1'), TEXTS);
    const orphan = { tasks: '- [ ] 1. A\n  - _Depends: 4_' };
    assert.equal(renamed('task', '4', '5', 'reference', orphan), 'There is no task 4 to rename.');
  });

  it('of one of two that share it changes that one alone', () => {
    const twice = { tasks: '- [ ] 1. A\n- [ ] 1. B\n- [ ] 2. C\n  - _Depends: 1_' };
    assert.deepEqual(renamed('task', '1', '3', 'definition', twice), {
      tasks: twice.tasks.replace('1. A', '3. A'),
    });
    assert.match(String(renamed('task', '1', '3', 'reference', twice)), /There are 2 with the number 1/);
  });
});
