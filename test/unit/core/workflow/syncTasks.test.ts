// Feature: workflow-engine, Property 12: No criterion is forgotten, and nothing is ticked
// Verifies: workflow-engine#5.2, #5.3
/** Tasks are brought up to the criteria: what is missing is added, what is gone is told, and nothing is ticked. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinParts, partsOfText } from '../../../../src/core/spec/merge/parts';
import { parseDocument } from '../../../../src/core/spec/parseDocument';
import { addPart } from '../../../../src/core/workflow/upkeep/addedParts';
import { runs } from '../../../support/soak';
import { createTestPorts } from '../../../support/testPorts';
import { latest, SPEC, startCore, stateOf } from '../coreHarness';
import { edited, PATH, TASKS } from './upkeepHarness';

const LOG = (text: string) =>
  text.replace('links it keeps.', 'links it keeps.\n3. THE Link_Store SHALL log each deletion.');
const FEWER = (text: string) => text.replace(/\n### Requirement 2:[\s\S]*$/, '');

describe('Sync tasks', () => {
  it('has nothing to add where every criterion has a task', async () => {
    const { core } = await edited((text) => text);
    assert.deepEqual(await core.upkeep.syncTasks(SPEC), {
      uncovered: [],
      gone: [],
      draft: undefined,
      byModel: false,
    });
  });

  it('has the model write the tasks that are missing, from what is linked alone', async () => {
    const { core, ports } = await edited(LOG, [
      {
        text: '<part id="new">\n- [x] 9. Log deletions\n  - One line each\n  - _Requirements: 1.3_\n</part>',
      },
    ]);
    const { uncovered, draft, byModel } = await core.upkeep.syncTasks(SPEC);
    await draft?.done;
    assert.deepEqual([uncovered.map(({ id }) => id), byModel], [['1.3'], true]);
    assert.equal(ports.files.text(PATH('tasks.md')), TASKS, 'nothing is written before it is accepted');
    await core.workflow.decideRevision(draft?.session ?? '', true);
    assert.equal(
      ports.files.text(PATH('tasks.md')),
      TASKS.replace(
        '_Requirements: 2.1_\n',
        '_Requirements: 2.1_\n\n- [ ] 3. Log deletions\n  - One line each\n  - _Requirements: 1.3_\n',
      ),
    );
    assert.deepEqual((await core.upkeep.syncTasks(SPEC)).uncovered, []);
  });

  it('without a model offers a beginning for each, to be worded by hand', async () => {
    const { core, ports } = await edited(LOG);
    ports.setModel(undefined);
    const { draft, byModel } = await core.upkeep.syncTasks(SPEC);
    await draft?.done;
    assert.equal(byModel, false);
    await core.workflow.decideRevision(draft?.session ?? '', true);
    assert.match(
      ports.files.text(PATH('tasks.md')) ?? '',
      /\n\n- \[ \] 3\. Meet 1\.3: THE Link_Store SHALL log each deletion\.\n {2}- _Requirements: 1\.3_\n\n## Notes/,
    );
    assert.equal(stateOf(core, 'tasks.md'), 'changed');
  });

  it('does so in a workspace that is not trusted, too', async () => {
    const { ports } = await edited(LOG, [{ text: 'never asked for' }]);
    const { core } = await startCore({
      ports: createTestPorts({ files: ports.files.snapshot(), trusted: false, turns: [{ text: 'x' }] }),
    });
    const { byModel, draft } = await core.upkeep.syncTasks(SPEC);
    assert.equal(byModel, false);
    assert.ok(draft);
  });

  it('tells which tasks name a criterion that is gone, and leaves them and their ticks alone', async () => {
    const { core, ports } = await edited(FEWER);
    const { gone, draft } = await core.upkeep.syncTasks(SPEC);
    assert.deepEqual([gone, draft], [[{ task: '2', id: '2.1' }], undefined]);
    assert.equal(ports.files.text(PATH('tasks.md')), TASKS);
    const problems = core.specs.get(SPEC)?.documents[2]?.problems ?? [];
    assert.ok(problems.some(({ rule, message }) => rule === 'unknown-reference' && /2\.1/.test(message)));
  });

  it('tells it with the tasks that are new, where there are some', async () => {
    const { core, ports } = await edited((text) => LOG(FEWER(text)));
    ports.setModel(undefined);
    await (await core.upkeep.syncTasks(SPEC)).draft?.done;
    assert.deepEqual(latest(core).revision?.notes, [
      'Task 2 names 2.1, which the requirements no longer have.',
    ]);
  });

  it('changes no other task, whatever the model answers', async () => {
    const { core } = await edited(LOG, [
      {
        text: '<part id="1.1">\n- [ ] 1.1 Nothing\n</part><part id="new">\n## Notes\n\nNo task.\n</part>',
      },
    ]);
    await (await core.upkeep.syncTasks(SPEC)).draft?.done;
    assert.equal(latest(core).revision, undefined);
    assert.equal(latest(core).items.filter(({ type }) => type === 'note').length, 2);
  });

  it('waits for the decision about a revision that is there already', async () => {
    const { core, ports } = await edited(LOG);
    ports.setModel(undefined);
    await core.upkeep.syncTasks(SPEC);
    await assert.rejects(core.upkeep.syncTasks(SPEC), { reason: 'busy' });
  });
});

describe('A task that is added', () => {
  it('is open and numbered on, and the rest stays, whatever it is called', () => {
    const state = fc.constantFrom(' ', 'x', '-', '~');
    const plans = fc.array(
      fc.record({ state, subs: fc.array(state, { maxLength: 3 }), blank: fc.boolean() }),
      { maxLength: 5 },
    );
    const number = fc.constantFrom('', '4. ', '12 ', '1. ');
    fc.assert(
      fc.property(plans, state, number, (plan, own, given) => {
        const lines = plan.flatMap((task, at) => [
          `- [${task.state}] ${at + 1}. Step ${at}`,
          ...task.subs.map((sub, index) => `  - [${sub}] ${at + 1}.${index + 1} Part ${index}`),
          ...(task.blank ? [''] : []),
        ]);
        const text = `# Plan\n\n## Tasks\n\n${lines.join('\n')}\n\n## Notes\n\nNone.\n`;
        const added = addPart('tasks', partsOfText('tasks', text), `- [${own}] ${given}New step`);
        assert.ok(added);
        const after = joinParts(added, text);
        const document = parseDocument('tasks', after);
        assert.ok(document.kind === 'tasks');
        const last = document.tasks.at(-1);
        assert.deepEqual(
          [last?.id, last?.title, last?.state, document.tasks.length],
          [String(plan.length + 1), 'New step', 'open', plan.length + 1],
        );
        const without = after.replace(/\n- \[ \] \d+\. New step\n/, '\n');
        assert.equal(without.replace(/\n+/g, '\n'), text.replace(/\n+/g, '\n'));
      }),
      runs(100),
    );
  });
});
