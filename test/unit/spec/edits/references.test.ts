// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
import { strict as assert } from 'node:assert';
import {
  insertCriterion,
  moveCriterion,
  removeCriterion,
} from '../../../../src/core/spec/edits/reorderCriteria';
import { moveTask } from '../../../../src/core/spec/edits/reorderTasks';
import { splitCriterion } from '../../../../src/core/spec/edits/splitCriterion';
import type { DocumentEdit, SpecDocuments } from '../../../../src/core/spec/model';
import { edited } from '../../../support/editSpec';

type Edit = (documents: SpecDocuments) => readonly DocumentEdit[];

const REQUIREMENTS = `### Requirement 1
#### Acceptance Criteria
1. THE A SHALL a
2. THE B SHALL b
3. THE C SHALL c
4. THE D SHALL d
5. THE E SHALL e
### Requirement 2
#### Acceptance Criteria
1. THE F SHALL f
2. THE G SHALL g`;

/** What becomes of a sentence of design.md. */
function prose(sentence: string, edit: Edit): string | undefined {
  return edited({ requirements: REQUIREMENTS, design: sentence }, edit).design;
}

/** What becomes of the list of a task's `_Requirements: …_`. */
function list(ids: string, edit: Edit): string | undefined {
  const tasks = edited({ requirements: REQUIREMENTS, tasks: `- [ ] 1. T\n  - _Requirements: ${ids}_` }, edit);
  return tasks.tasks?.slice('- [ ] 1. T\n  - _Requirements: '.length, -1);
}

const insertAt =
  (position: number): Edit =>
  (documents) =>
    insertCriterion(documents, '1', position, 'THE N SHALL n');
const remove =
  (id: string): Edit =>
  (documents) =>
    removeCriterion(documents, id);
const move =
  (id: string, requirement: string, position: number): Edit =>
  (documents) =>
    moveCriterion(documents, id, requirement, position);

describe('References in running text', () => {
  const cases: readonly (readonly [before: string, after: string])[] = [
    ['See Requirement 1.3.', 'See Requirement 1.4.'],
    ['(Requirements 1.2, 1.3 and 2.1)', '(Requirements 1.3, 1.4 and 2.1)'],
    ['Criteria 1.2-1.4, and AC-1.5: REQ-1.5', 'Criteria 1.3-1.5, and AC-1.6: REQ-1.6'],
    [
      'as criterion 1.2 says, but not “criterion 1.2” nor `Requirement 1.2`',
      'as criterion 1.3 says, but not “criterion 1.2” nor `Requirement 1.2`',
    ],
    [
      'Requirement 1, criterion 2, version 1.2, task 1.2',
      'Requirement 1, criterion 2, version 1.2, task 1.2',
    ],
    ['- Requirement 1.1 to 1.3', '- Requirement 1.1, 1.3 to 1.4'],
    ['```\nRequirement 1.2\n```', '```\nRequirement 1.2\n```'],
  ];
  for (const [before, after] of cases)
    it(JSON.stringify(before), () => assert.equal(prose(before, insertAt(1)), after));

  it('say so when what they name is gone, and leave out what others are named beside', () => {
    assert.equal(prose('See Requirement 1.3.', remove('1.3')), 'See Requirement [removed].');
    assert.equal(prose('See Requirements 1.3 and 1.5.', remove('1.3')), 'See Requirements 1.4.');
    assert.equal(prose('See Requirements 1.1 and 1.3.', remove('1.3')), 'See Requirements 1.1.');
  });

  it('name properties and tasks', () => {
    const texts = {
      tasks: '- [ ] 1. A (before task 2)\n- [ ] 2. B\n- [ ] 3. C',
      design: '### Property 2: P\n\nTasks 1-2 and 3 do it, and Property 2; Task 2.5 does not.',
    };
    const after = edited(texts, (documents) => moveTask(documents, '1', undefined, 2));
    assert.equal(after.tasks, '- [ ] 1. B\n- [ ] 2. C\n- [ ] 3. A (before task 1)');
    assert.equal(
      after.design,
      '### Property 2: P\n\nTasks 1, 3 and 2 do it, and Property 2; Task 1.5 does not.',
    );
  });

  it('are followed into the text that is written', () => {
    const after = edited({ requirements: REQUIREMENTS }, (documents) =>
      splitCriterion(documents, '1.2', ['THE B SHALL obey 1.3 and Requirement 1.4', 'THE B SHALL b']),
    );
    assert.match(
      after.requirements ?? '',
      /2\. THE B SHALL obey 1\.3 and Requirement 1\.5\n3\. THE B SHALL b\n4\./,
    );
  });
});

describe('Lists of references', () => {
  const cases: readonly (readonly [what: string, edit: Edit, before: string, after: string])[] = [
    ['the first', remove('1.1'), '1.1, 1.3, 2.1', '1.2, 2.1'],
    ['the last', remove('1.5'), '2.1, 1.3, 1.5', '2.1, 1.3'],
    ['all', remove('1.5'), '1.5', ''],
    ['all but words', remove('1.5'), 'Speed, 1.5', 'Speed'],
    ['one of a range', remove('1.3'), '1.2-1.4', '1.2-1.3'],
    ['the end of a range', remove('1.5'), '1.4–1.5, 2.1', '1.4, 2.1'],
    ['a whole requirement stays', remove('1.5'), '1, 2', '1, 2'],
  ];
  for (const [what, edit, before, after] of cases)
    it(`lose what is gone: ${what}`, () => assert.equal(list(before, edit), after));

  it('keep a range as far as it still is one, and close it again', () => {
    const torn = list('1.1-1.4, 2.1', move('1.4', '2', 0));
    assert.equal(torn, '1.1-1.3, 2.1, 2.2');
    assert.equal(list('1.1-1.5', insertAt(2)), '1.1-1.2, 1.4-1.6');
    assert.equal(list('1.1-1.2, 1.4-1.5', remove('1.3')), '1.1-1.4');
    assert.equal(list('1.1-3, 1.5', move('1.5', '1', 3)), '1.1-4');
    // Nobody asked for what did not move.
    assert.equal(list('1.1-1.2, 1.3', insertAt(0)), '1.2-1.3, 1.4');
    assert.equal(list('1.1-1.2, 1.3', move('2.2', '2', 0)), '1.1-1.2, 1.3');
    assert.equal(list('1.1, 1.2, 1.4', remove('1.3')), '1.1, 1.2, 1.3');
  });
});
