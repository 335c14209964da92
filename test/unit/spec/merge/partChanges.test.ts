/** A revision is taken or left part by part. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedParts, withoutChanges } from '../../../../src/core/spec/merge/partChanges';
import { runs } from '../../../support/soak';

const item = (index: number, seconds = 5) =>
  `WHEN guest ${index} rings bell ${index * 7}, THE House SHALL answer call ${index} within ${seconds} seconds`;
const documentOf = (items: readonly string[]) =>
  `# Requirements Document\n\n## Requirements\n\n### Requirement 1: Calls\n\n#### Acceptance Criteria\n\n${items.map((words, index) => `${index + 1}. ${words}\n`).join('')}`;

const BEFORE = documentOf([item(1), item(2), item(3)]);
const AFTER = documentOf([item(1, 9), item(4), item(2)]);
const revised = { before: BEFORE, after: AFTER };
const without = (...keys: string[]) => withoutChanges('requirements', revised, new Set(keys));

describe('The changes of a revision', () => {
  it('are told part by part', () => {
    assert.deepEqual(
      changedParts('requirements', revised).map(({ key }) => key),
      ['reworded 1.1', 'added 1.2', 'removed 1.3'],
    );
    assert.deepEqual(changedParts('requirements', { before: BEFORE, after: BEFORE }), []);
  });

  it('are each left out alone, and the numbers close up', () => {
    assert.equal(without(), AFTER);
    assert.equal(without('reworded 1.1'), documentOf([item(1), item(4), item(2)]));
    assert.equal(without('added 1.2'), documentOf([item(1, 9), item(2)]));
    assert.equal(without('removed 1.3'), documentOf([item(1, 9), item(4), item(2), item(3)]));
    assert.equal(without('reworded 1.1', 'added 1.2', 'removed 1.3'), BEFORE);
  });

  it('of a task that is left as it was leave it ticked, where it stands now', () => {
    const before = '# Plan\n\n- [x] 1. Build the door\n- [ ] 2. Hang it\n';
    const after = '# Plan\n\n- [ ] 1. Build the red door of oak\n- [ ] 2. Hang it\n';
    assert.equal(withoutChanges('tasks', { before, after }, new Set()), after);
    const more = after.replace('2. Hang it', '2. Hang it high');
    assert.equal(
      withoutChanges('tasks', { before, after: more }, new Set(['reworded 1'])),
      before.replace('Hang it', 'Hang it high'),
    );
  });

  it('that are not there leave the revision as it is', () => {
    assert.equal(without('removed 9.9'), AFTER);
  });

  it('left out, in any choice, give exactly the others', () => {
    const list = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 7 });
    const reworded = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(list, list, reworded, fc.infiniteStream(fc.boolean()), (old, now, fresh, choice) => {
        const before = documentOf(old.map((index) => item(index)));
        const after = documentOf(now.map((index, at) => item(index, fresh[at] ? 9 : 5)));
        const all = changedParts('requirements', { before, after });
        const refused = new Set(all.filter(() => choice.next().value).map(({ key }) => key));
        const text = withoutChanges('requirements', { before, after }, refused);
        const left = changedParts('requirements', { before, after: text });
        const taken = all.filter(({ key }) => !refused.has(key));
        for (const { after: words } of taken) assert.ok(text.includes(words));
        for (const { key, before: words } of all) if (refused.has(key)) assert.ok(text.includes(words));
        if (refused.size === all.length) assert.equal(text, before);
        if (refused.size === 0) assert.equal(text, after);
        assert.ok(left.length <= all.length);
      }),
      runs(200),
    );
  });
});
