// Feature: workflow-engine, Property 9: Nothing is written that was not accepted
// Verifies: workflow-engine#4.3-4.5
import assert from 'node:assert/strict';
import { createScriptedModel } from '../../../support/scriptedModel';
import { createTestPorts } from '../../../support/testPorts';
import { type Harness, latest, REQUIREMENTS, SPEC, specFile, startCore, stateOf } from '../coreHarness';

const REVISED = REQUIREMENTS.replace('30 days', '60 days');
const DOCUMENT = `${SPEC}/requirements.md`;

async function revised(
  text = REQUIREMENTS,
  answer = `Here you are:\n\n${REVISED}`,
): Promise<Harness & { session: string }> {
  const harness = await startCore({
    turns: [{ text: answer }],
    files: { [specFile('requirements.md')]: text },
  });
  await harness.core.workflow.approve(SPEC, 'requirements');
  const { session, done } = await harness.core.workflow.requestChanges(
    SPEC,
    'requirements',
    ' 60 days, please ',
  );
  await done;
  return { ...harness, session };
}

describe('a revision', () => {
  it('changes nothing until the person accepts it; then it is written and must be approved anew', async () => {
    const { core, ports, session } = await revised();
    assert.equal(ports.files.text(DOCUMENT), REQUIREMENTS);
    assert.equal(stateOf(core, 'requirements.md'), 'approved');
    assert.deepEqual(latest(core).revision, { before: REQUIREMENTS, after: REVISED, accepted: undefined });
    await core.workflow.decideRevision(session, true);
    assert.equal(ports.files.text(DOCUMENT), REVISED);
    assert.equal(stateOf(core, 'requirements.md'), 'changed');
    assert.equal(core.sessions.get(session)?.revision?.accepted, true);
  });

  it('refused leaves everything as it is, also when it is accepted later', async () => {
    const { core, ports, session } = await revised();
    await core.workflow.decideRevision(session, false);
    await core.workflow.decideRevision(session, true);
    assert.equal(ports.files.text(DOCUMENT), REQUIREMENTS);
    assert.equal(stateOf(core, 'requirements.md'), 'approved');
  });

  it('keeps what was edited elsewhere in the text meanwhile', async () => {
    const { core, ports, session } = await revised();
    await ports.files.writeText(DOCUMENT, `${REQUIREMENTS}\nMine.\n`);
    await core.workflow.decideRevision(session, true);
    assert.equal(ports.files.text(DOCUMENT), `${REVISED}\nMine.\n`);
  });

  it('of a criterion that was edited meanwhile is refused by its name, and can still be refused by hand', async () => {
    const { core, ports, session } = await revised();
    const mine = REQUIREMENTS.replace('30 days', '90 days');
    await ports.files.writeText(DOCUMENT, mine);
    await assert.rejects(core.workflow.decideRevision(session, true), {
      reason: 'changed',
      message: /^1\.1 in requirements\.md changed meanwhile/,
    });
    assert.equal(ports.files.text(DOCUMENT), mine);
    await core.workflow.decideRevision(session, false);
    assert.equal(core.sessions.get(session)?.revision?.accepted, false);
  });

  it('is written without the changes that the person leaves out', async () => {
    const more = REVISED.replace(
      'delete it.',
      'delete it.\n2. THE Link_Store SHALL count how many links it keeps.',
    );
    const { core, ports, session } = await revised(REQUIREMENTS, more);
    await core.workflow.decideRevision(session, true, ['reworded 1.1']);
    const text = ports.files.text(DOCUMENT) ?? '';
    assert.match(text, /30 days old/);
    assert.match(text, /^2\. THE Link_Store SHALL count/m);
    assert.equal(core.sessions.get(session)?.revision?.accepted, true);
  });

  it('waits through a restart', async () => {
    const { ports, session } = await revised();
    const { core } = await startCore({ ports: createTestPorts({ files: ports.files.snapshot() }) });
    await core.workflow.decideRevision(session, true);
    assert.equal(core.ports.files === undefined, false);
    assert.equal(await core.ports.files.readText(DOCUMENT), REVISED);
    assert.equal(core.sessions.get(session)?.revision?.accepted, true);
    await core.sessions.list();
    assert.equal(core.sessions.get(session)?.revision?.accepted, true);
  });

  it('that was written but not recorded before a crash is recorded', async () => {
    const { ports, session } = await revised();
    await ports.files.writeText(DOCUMENT, REVISED);
    const { core } = await startCore({ ports });
    await core.workflow.decideRevision(session, true);
    assert.equal(ports.files.text(DOCUMENT), REVISED);
    assert.equal(core.sessions.get(session)?.revision?.accepted, true);
  });

  it('two clicks decide once', async () => {
    const { core, ports, session } = await revised();
    await Promise.all([
      core.workflow.decideRevision(session, true),
      core.workflow.decideRevision(session, true),
    ]);
    assert.equal(ports.files.journal.filter((entry) => entry === `write ${DOCUMENT}`).length, 1);
  });

  it('keeps the line ends of the file', async () => {
    const { core, ports, session } = await revised(REQUIREMENTS.replaceAll('\n', '\r\n'));
    await core.workflow.decideRevision(session, true);
    assert.equal(ports.files.text(DOCUMENT), REVISED.replaceAll('\n', '\r\n'));
  });

  it('that is no document, was cut off or was asked for without words proposes nothing', async () => {
    for (const turn of [{ text: 'No idea.' }, { text: REVISED, stop: 'max_tokens' as const }]) {
      const { core, ports } = await startCore({
        turns: [turn],
        files: { [specFile('requirements.md')]: REQUIREMENTS },
      });
      const { session, done } = await core.workflow.requestChanges(SPEC, 'requirements', 'x');
      await assert.rejects(done);
      assert.equal(latest(core).revision, undefined);
      await assert.rejects(core.workflow.decideRevision(session, true), { reason: 'notFound' });
      assert.equal(ports.files.text(DOCUMENT), REQUIREMENTS);
      assert.equal(stateOf(core, 'requirements.md'), 'draft');
      await assert.rejects(core.workflow.requestChanges(SPEC, 'requirements', '  '), { reason: 'invalid' });
    }
  });
});

describe('why a change was refused', () => {
  const DOCUMENT_KIND = 'requirements';

  async function begun() {
    const model = createScriptedModel({ answer: () => ({ text: REVISED }) });
    const harness = await startCore({
      model,
      files: { [specFile('requirements.md')]: REQUIREMENTS },
    });
    const { session, done } = await harness.core.workflow.requestChanges(SPEC, DOCUMENT_KIND, 'Longer.');
    await done;
    const asked = (index: number) => JSON.stringify(model.requests[index]?.messages);
    return { ...harness, session, asked };
  }

  it('is part of the next request, and of that one alone', async () => {
    const { core, ports, session, asked } = await begun();
    const objections = [{ id: '1.1', because: 'The law says\n30 days.' }];
    await core.workflow.decideRevision(session, false, [], objections);
    await ports.clock.advance(1000);
    await (await core.workflow.requestChanges(SPEC, DOCUMENT_KIND, 'Say who is told.')).done;
    assert.match(asked(1), /Say who is told\..*- 1\.1: The law says 30 days\./);
    await ports.clock.advance(1000);
    await (await core.workflow.requestChanges(SPEC, DOCUMENT_KIND, 'Shorter.')).done;
    assert.doesNotMatch(asked(2), /The law says/);
  });

  it('is enough for a request, also after a restart', async () => {
    const { core, ports, session, asked } = await begun();
    await core.workflow.decideRevision(session, false, [], [{ id: '1.1', because: 'Thirty is right.' }]);
    await ports.clock.advance(1000);
    const again = await startCore({ ports });
    await (await again.core.workflow.requestChanges(SPEC, DOCUMENT_KIND, '')).done;
    assert.match(asked(1), /Thirty is right/);
    const { core: other } = await startCore({ ports });
    await assert.rejects(other.workflow.requestChanges(SPEC, DOCUMENT_KIND, ''), { reason: 'invalid' });
  });
});
