// Feature: workflow-engine, Property 11: A change goes as far as its links
// Verifies: workflow-engine#5.1, #5.3
/** A changed criterion goes through design and tasks, and touches nothing but what its links reach. */
import assert from 'node:assert/strict';
import { factsOf } from '../../../../src/core/order/facts';
import { createScriptedModel } from '../../../support/scriptedModel';
import { latest, notes, SPEC, stateOf } from '../coreHarness';
import { DESIGN, edited, LATER, PATH, REQUIREMENTS, TASKS } from './upkeepHarness';

const part = (id: string, text: string) => `<part id="${id}">\n${text}\n</part>`;
const SWEEP = '## Sweep\n\nMeets requirement 1.1: once a day, links of 60 days go.';
const PROPERTY =
  '### Property 1: Old links go\n\n*For any* link older than 60 days, a sweep deletes it.\n\n**Validates: Requirements 1.1**';
const TASK = '- [x] 1.1 Delete links of 60 days\n  - Sweep once a day\n  - _Requirements: 1.1_';

describe('Refine', () => {
  it('knows what a changed criterion reaches, in its words before and after', async () => {
    const { core } = await edited(LATER);
    const { changes, documents, unreached } = await core.upkeep.plan(SPEC);
    assert.deepEqual(changes, [
      {
        id: '1.1',
        what: 'reworded',
        before: 'WHEN a link is 30 days old, THE Link_Store SHALL delete it.',
        after: 'WHEN a link is 60 days old, THE Link_Store SHALL delete it.',
      },
    ]);
    assert.deepEqual(documents, [
      { kind: 'design', parts: ['## Sweep', 'Property 1'] },
      { kind: 'tasks', parts: ['1.1', '1.3'] },
    ]);
    assert.deepEqual(unreached, []);
  });

  it('knows it also where the design comes first, and so does the Specs view', async () => {
    const config = JSON.stringify({ specType: 'feature', workflowType: 'design-first' });
    const [first, second] = await Promise.all([edited(LATER), edited(LATER, [], { config })]);
    assert.equal(second.core.specs.get(SPEC)?.documents[0]?.kind, 'design');
    assert.deepEqual(await second.core.upkeep.plan(SPEC), await first.core.upkeep.plan(SPEC));
    const facts = [first, second].map(({ core }) => {
      const spec = core.specs.get(SPEC);
      return spec && factsOf(spec);
    });
    assert.equal(facts[1]?.criteria, 3);
    assert.equal(facts[1]?.covered, facts[0]?.covered);
  });

  it('knows it also when the requirements were approved again', async () => {
    const { core } = await edited(LATER);
    const before = await core.upkeep.plan(SPEC);
    await core.workflow.approve(SPEC, 'requirements');
    assert.deepEqual(await core.upkeep.plan(SPEC), before);
  });

  it('has nothing to do where nothing changed', async () => {
    const { core } = await edited((text) => text);
    assert.deepEqual(await core.upkeep.plan(SPEC), { changes: [], documents: [], unreached: [] });
    await assert.rejects(core.upkeep.refine(SPEC, 'design'), { reason: 'invalid' });
  });

  it('is refused while a merge is unresolved in any document of the spec', async () => {
    const { core, ports } = await edited(LATER);
    const marked = `${DESIGN}\n<<<<<<< Yours\na\n=======\nb\n>>>>>>> Revision\n`;
    await ports.files.writeText(PATH('design.md'), marked);
    await core.specs.refresh(SPEC);
    for (const kind of ['design', 'tasks'] as const)
      await assert.rejects(
        core.upkeep.refine(SPEC, kind),
        /design\.md has an unresolved merge conflict in line/,
      );
    await assert.rejects(core.upkeep.syncTasks(SPEC), /unresolved merge conflict/);
  });

  it('sends only the parts that are concerned', async () => {
    const { core, ports } = await edited(LATER);
    const model = createScriptedModel({ turns: [{ text: part('## Sweep', SWEEP) }, { text: '<none/>' }] });
    ports.setModel(model);
    for (const kind of ['design', 'tasks'] as const) await (await core.upkeep.refine(SPEC, kind)).done;
    const said = model.requests.map(({ messages }) => JSON.stringify(messages));
    assert.match(said[0] ?? '', /Sweep.*Property 1/s);
    assert.doesNotMatch(said[0] ?? '', /column for names|A store of links|Property 2/);
    assert.match(said[1] ?? '', /links of 60 days go/, 'the design as it is going to be');
    assert.doesNotMatch(said[1] ?? '', /Count links|Names/);
  });

  it('waits as one revision of each document, whose changes are taken or left one by one', async () => {
    const { core, ports } = await edited(LATER, [
      { text: `Here:\n${part('## Sweep', SWEEP)}\n${part('Property 1', PROPERTY)}` },
    ]);
    const { session, done } = await core.upkeep.refine(SPEC, 'design');
    await done;
    assert.equal(ports.files.text(PATH('design.md')), DESIGN);
    await assert.rejects(core.upkeep.refine(SPEC, 'design'), { reason: 'busy' });
    await core.workflow.decideRevision(session, true, ['reworded Property 1']);
    assert.equal(
      ports.files.text(PATH('design.md')),
      DESIGN.replace('links of 30 days go', 'links of 60 days go'),
    );
  });

  it('ends with everything approved again, and no link suspect', async () => {
    const { core, ports } = await edited(LATER, [
      { text: `${part('## Sweep', SWEEP)}${part('Property 1', PROPERTY)}` },
      { text: part('1.1', TASK) },
    ]);
    for (const kind of ['design', 'tasks'] as const) {
      const { session, done } = await core.upkeep.refine(SPEC, kind);
      await done;
      await core.workflow.decideRevision(session, true);
    }
    assert.equal(ports.files.text(PATH('design.md')), DESIGN.replaceAll('30 days', '60 days'));
    assert.equal(
      ports.files.text(PATH('tasks.md')),
      TASKS.replace('[x] 1.1 Delete links of 30', '[ ] 1.1 Delete links of 60'),
    );
    for (const kind of ['requirements', 'design', 'tasks'] as const) await core.workflow.approve(SPEC, kind);
    for (const name of ['requirements.md', 'design.md', 'tasks.md'])
      assert.equal(stateOf(core, name), 'approved');
    assert.deepEqual((await core.upkeep.plan(SPEC)).changes, []);
  });

  it('leaves out what the model changed beyond the reach, and says so', async () => {
    const { core, ports } = await edited(LATER, [
      {
        text: [
          part('## Names', '## Names\n\nGone.'),
          part('## Sweep', SWEEP),
          part('## Sweep', 'again'),
          part('Property 1', `${PROPERTY}\n\n### Property 9: Smuggled\n\n*For any* x, y.`),
          part('## Elsewhere', 'x'),
          part('new', '### Property 7: x'),
        ].join('\n'),
      },
    ]);
    const { session, done } = await core.upkeep.refine(SPEC, 'design');
    await done;
    const { revision } = latest(core);
    assert.equal(revision?.after, DESIGN.replace('links of 30 days go', 'links of 60 days go'));
    assert.equal(revision?.notes?.length, 5);
    assert.match(revision?.notes?.[0] ?? '', /“## Names”: left out, because no link leads to it/);
    assert.deepEqual(notes(latest(core)), revision?.notes);
    await core.workflow.decideRevision(session, true);
    assert.match(ports.files.text(PATH('design.md')) ?? '', /a column for names/);
  });

  it('takes ticks from tasks that it rewords, and keeps those of others, given meanwhile, too', async () => {
    const { core, ports } = await edited(LATER, [{ text: part('1.1', TASK) }]);
    const { session, done } = await core.upkeep.refine(SPEC, 'tasks');
    await done;
    assert.match(latest(core).revision?.after ?? '', /\[ \] 1\.1 Delete links of 60 days\n {4}- Sweep/);
    assert.match(latest(core).revision?.after ?? '', /\[x\] 1\.2 .*\[x\] 2\. Names/s);
    await ports.files.writeText(PATH('tasks.md'), TASKS.replace('[ ]* 1.3', '[x]* 1.3'));
    await core.workflow.decideRevision(session, true);
    assert.match(ports.files.text(PATH('tasks.md')) ?? '', /\[ \] 1\.1 .*\[x\]\* 1\.3/s);
  });

  it('gives a new criterion a task of its own, and tells that nothing in the design names it', async () => {
    const { core, ports } = await edited((text) =>
      text.replace('links it keeps.', 'links it keeps.\n3. THE Link_Store SHALL log each deletion.'),
    );
    const plan = await core.upkeep.plan(SPEC);
    assert.deepEqual(plan.documents, [{ kind: 'tasks', parts: ['a task for 1.3'] }]);
    assert.deepEqual(plan.unreached, [{ kind: 'design', ids: ['1.3'] }]);
    await assert.rejects(core.upkeep.refine(SPEC, 'design'), { message: /Nothing in design\.md names/ });
    ports.setModel(
      createScriptedModel({
        turns: [{ text: part('new', '- [x] 1. Log\n  - [x] 1.1 Write a line\n    - _Requirements: 1.3_') }],
      }),
    );
    const { session, done } = await core.upkeep.refine(SPEC, 'tasks');
    await done;
    await core.workflow.decideRevision(session, true);
    assert.equal(
      ports.files.text(PATH('tasks.md')),
      TASKS.replace(
        '_Requirements: 2.1_\n',
        '_Requirements: 2.1_\n\n- [ ] 3. Log\n  - [ ] 3.1 Write a line\n    - _Requirements: 1.3_\n',
      ),
    );
  });

  it('adds a property where a design names the whole requirement of a new criterion', async () => {
    const property =
      '### Property 0: Log\n\n*For any* deletion, there is a line.\n\n**Validates: Requirements 1.3**';
    const { core } = await edited(
      (text) =>
        text.replace('links it keeps.', 'links it keeps.\n3. THE Link_Store SHALL log each deletion.'),
      [{ text: part('new', property) }],
      { design: DESIGN.replace('A store of links.', 'A store of links, for requirement 1.') },
    );
    await (await core.upkeep.refine(SPEC, 'design')).done;
    const { after = '' } = latest(core).revision ?? {};
    assert.ok(after.endsWith(`${property.replace('Property 0', 'Property 3')}\n`), after.slice(-300));
  });

  it('tells the model what was taken out', async () => {
    const { core, ports } = await edited((text) =>
      text.replace('2. THE Link_Store SHALL count how many links it keeps.\n', ''),
    );
    const model = createScriptedModel({ turns: [{ text: '<none/>' }] });
    ports.setModel(model);
    await (await core.upkeep.refine(SPEC, 'tasks')).done;
    assert.match(
      JSON.stringify(model.requests[0]?.messages),
      /1\.2.*before: THE Link_Store SHALL count.*now: \(taken out\)/s,
    );
    assert.equal(latest(core).revision, undefined);
    assert.deepEqual(notes(latest(core)), ['The model found nothing to change in tasks.md.']);
  });

  it('of an answer that is cut off, or names no part, proposes nothing', async () => {
    for (const text of ['Sure, I will.', `${part('## Sweep', SWEEP)}<part id="Property 1">\n### Prop`]) {
      const { core, ports } = await edited(LATER, [{ text }]);
      const { done } = await core.upkeep.refine(SPEC, 'design');
      await assert.rejects(done, { reason: 'modelFailed' });
      assert.equal(latest(core).revision, undefined);
      assert.equal(ports.files.text(PATH('design.md')), DESIGN);
    }
  });

  it('is about the words alone: a file with other line ends keeps them', async () => {
    const { core, ports } = await edited(LATER, [{ text: part('## Sweep', SWEEP) }], {
      design: DESIGN.replaceAll('\n', '\r\n'),
    });
    const { session, done } = await core.upkeep.refine(SPEC, 'design');
    await done;
    await core.workflow.decideRevision(session, true);
    assert.equal(
      ports.files.text(PATH('design.md')),
      DESIGN.replace('links of 30 days go', 'links of 60 days go').replaceAll('\n', '\r\n'),
    );
    assert.match(REQUIREMENTS, /30 days/);
  });
});
