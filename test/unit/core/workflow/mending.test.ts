// Feature: workflow-engine, Property 3: A draft that is wrong harms nothing
// Verifies: workflow-engine#2.2-2.5
import assert from 'node:assert/strict';
import { createScriptedModel, type ModelTurn } from '../../../support/scriptedModel';
import { approveAll } from '../approveAll';
import { latest, notes, REQUIREMENTS, SPEC, specFile, startCore, stateOf, tasksText } from '../coreHarness';

const FAULTY = REQUIREMENTS.replace('SHALL delete it', 'SHALL [TODO]');
const TWICE = `${REQUIREMENTS}\n${REQUIREMENTS.slice(REQUIREMENTS.indexOf('### Requirement 1'))}`;
const GERMAN = '# Anforderungen\n\n## Einleitung\n\nLinks laufen ab.\n';
const UNCLOSED = `${REQUIREMENTS}\n\`\`\`js\nconst a = 1;\n`;

async function drafted(...turns: readonly (string | ModelTurn)[]) {
  const model = createScriptedModel({
    turns: turns.map((turn) => (typeof turn === 'string' ? { text: turn } : turn)),
  });
  const harness = await startCore({ model });
  const { done } = await harness.core.workflow.newSpec('/project', 'links', 'Links expire');
  const error = await done.then(
    () => undefined,
    (reason: Error) => reason,
  );
  return { ...harness, model, error, text: harness.ports.files.text(specFile('requirements.md')) };
}

describe('faults of form in a draft', () => {
  it('go back to the model, and what it mends is what the person sees', async () => {
    const { core, model, text, error } = await drafted(FAULTY, REQUIREMENTS);
    assert.equal(error, undefined);
    assert.equal(text, REQUIREMENTS);
    assert.equal(stateOf(core, 'requirements.md'), 'draft');
    const told = JSON.stringify(model.requests[1]?.messages.at(-1));
    assert.match(told, /line 19/);
    assert.match(told, /TODO/);
    assert.equal(model.requests[1]?.messages.length, 3, 'the draft itself is part of the conversation');
    assert.ok(notes(latest(core)).some((note) => note.startsWith('One fault of form')));
    assert.ok(notes(latest(core)).some((note) => note.startsWith('Checked: no faults')));
  });

  it('go back twice at the most; the better text stays, and its faults are findings', async () => {
    const worse = FAULTY.replace('THE Link_Store SHALL', 'it').replace('Links expire.', 'TBD');
    const { core, model, text } = await drafted(FAULTY, worse, FAULTY);
    assert.equal(model.requests.length, 3);
    assert.equal(text, FAULTY);
    assert.equal(stateOf(core, 'requirements.md'), 'draft');
    assert.ok(core.specs.get(SPEC)?.problems.some(({ rule }) => rule === 'placeholder'));
    assert.ok(notes(latest(core)).some((note) => /is left; the document shows it/.test(note)));
  });

  it('are counted with everything else that was asked', async () => {
    const { core } = await drafted(FAULTY, REQUIREMENTS);
    assert.equal(latest(core).usage.inputTokens, 200);
  });

  it('that the model cannot be asked about leave the draft as it was, whole', async () => {
    const { core, text, error } = await drafted(FAULTY, { text: '', stop: 'refusal' });
    assert.equal(error, undefined);
    assert.equal(text, FAULTY);
    assert.equal(stateOf(core, 'requirements.md'), 'draft');
    assert.ok(notes(latest(core)).some((note) => note.includes('refused')));
  });

  it('are mended around an answer in the middle that is no document', async () => {
    const { text } = await drafted(FAULTY, 'I am sorry.', REQUIREMENTS);
    assert.equal(text, REQUIREMENTS);
  });

  it('are never mended over what somebody wrote meanwhile', async () => {
    let go = () => {};
    const hold = new Promise<void>((resolve) => {
      go = resolve;
    });
    const model = createScriptedModel({ turns: [{ text: FAULTY }, { text: REQUIREMENTS, hold }] });
    const { core, ports } = await startCore({ model });
    const { done } = await core.workflow.newSpec('/project', 'links', 'Links expire');
    while (model.requests.length < 2) await ports.clock.advance(1);
    await ports.files.writeText(`${SPEC}/requirements.md`, 'Mine.\n');
    go();
    await done;
    assert.equal(ports.files.text(specFile('requirements.md')), 'Mine.\n');
  });

  it('in a revision go back, too', async () => {
    const model = createScriptedModel({ turns: [{ text: FAULTY }, { text: REQUIREMENTS }] });
    const { core } = await startCore({ model, files: { [specFile('requirements.md')]: REQUIREMENTS } });
    await (await core.workflow.requestChanges(SPEC, 'requirements', 'shorter')).done;
    assert.equal(latest(core).revision?.after, REQUIREMENTS);
  });

  for (const [what, text, told] of [
    ['the same ids twice', TWICE, /Requirement 1/],
    ['an answer that stops inside a fence', UNCLOSED, /never closed/],
    ['another language', GERMAN, /English/],
  ] as const) {
    it(`are found in ${what}`, async () => {
      const draft = await drafted(text, REQUIREMENTS);
      assert.match(JSON.stringify(draft.model.requests[1]?.messages.at(-1)), told);
      assert.equal(draft.text, REQUIREMENTS);
    });
  }

  it('of a task list are references to what is not there', async () => {
    const wrong = tasksText('- [ ] 1. Do it', '  - _Requirements: 7.7_');
    const right = tasksText('- [ ] 1. Do it', '  - _Requirements: 1.1_');
    const model = createScriptedModel({ turns: [{ text: wrong }, { text: right }] });
    const { core, ports } = await startCore({
      model,
      files: {
        [specFile('requirements.md')]: REQUIREMENTS,
        [specFile('design.md')]: '# Design Document\n\n## Overview\n\nA sweep.\n',
      },
    });
    await approveAll(core, SPEC);
    await (await core.workflow.draft(SPEC, 'tasks')).done;
    assert.equal(ports.files.text(specFile('tasks.md')), right);
    assert.match(JSON.stringify(model.requests[1]?.messages.at(-1)), /7\.7/);
  });
});

describe('an answer that is no document of its kind', () => {
  it('without any requirement is kept as incomplete, and said so', async () => {
    const { core, text, error } = await drafted(GERMAN, GERMAN, GERMAN);
    assert.match(error?.message ?? '', /no requirement with acceptance criteria/);
    assert.equal(text, GERMAN, 'the raw text is kept');
    assert.equal(stateOf(core, 'requirements.md'), 'incomplete');
    await assert.rejects(core.workflow.approve(SPEC, 'requirements'), { reason: 'invalid' });
  });

  it('never takes the place of an approved one', async () => {
    const model = createScriptedModel({ answer: () => ({ text: GERMAN }) });
    const { core, ports } = await startCore({
      model,
      files: { [specFile('requirements.md')]: REQUIREMENTS },
    });
    await core.workflow.approve(SPEC, 'requirements');
    const { done } = await core.workflow.requestChanges(SPEC, 'requirements', 'auf Deutsch');
    await assert.rejects(done, /nothing was changed/);
    assert.equal(ports.files.text(specFile('requirements.md')), REQUIREMENTS);
    assert.equal(stateOf(core, 'requirements.md'), 'approved');
    assert.equal(latest(core).revision, undefined);
    assert.ok(JSON.stringify(latest(core).items).includes('Einleitung'), 'the raw text is in the log');
  });
});
