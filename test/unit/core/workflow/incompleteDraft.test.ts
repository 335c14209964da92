// Feature: workflow-engine, Property 2: What is cut off is marked
// Verifies: workflow-engine#2.1, #2.2, #2.5
import assert from 'node:assert/strict';
import { ModelError } from '../../../../src/core/agent/turn/model';
import { createScriptedModel, type ModelTurn } from '../../../support/scriptedModel';
import { createTestPorts } from '../../../support/testPorts';
import { approveAll } from '../approveAll';
import {
  type Harness,
  latest,
  quiet,
  REQUIREMENTS,
  SPEC,
  specFile,
  startCore,
  stateOf,
} from '../coreHarness';

const PARTIAL = '# Requirements Document\n\n## Introduction\n\nLinks ex';
const forever = new Promise<never>(() => {});

async function newSpec({ core }: Harness, idea = 'Links expire') {
  return core.workflow.newSpec('/project', 'links', idea);
}

/** A spec whose first draft was cut off; the model's next words are `then`. */
async function cutOff(...then: readonly ModelTurn[]): Promise<Harness> {
  const cut = { text: PARTIAL, error: new ModelError('cut', 'The answer was cut.') };
  const harness = await startCore({ turns: [cut, ...then] });
  const { done } = await newSpec(harness);
  await assert.rejects(done, /cut/);
  return harness;
}

describe('an incomplete draft', () => {
  it('cannot be approved, nor can the next document be drafted from it', async () => {
    const { core } = await cutOff();
    await assert.rejects(core.workflow.approve(SPEC, 'requirements'), { reason: 'invalid' });
    await assert.rejects(approveAll(core, SPEC), { reason: 'invalid' });
    await assert.rejects(core.workflow.draft(SPEC, 'design'), { reason: 'notApproved' });
  });

  it('stays incomplete when Retry fails before its first word', async () => {
    const { core } = await cutOff({ error: new ModelError('auth', 'The key is wrong.') });
    await assert.rejects((await core.workflow.draft(SPEC, 'requirements')).done, /key/);
    assert.equal(stateOf(core, 'requirements.md'), 'incomplete');
  });

  it('is still marked after a restart', async () => {
    const { ports } = await cutOff();
    const { core } = await startCore({ ports });
    await core.workflow.reconcile();
    assert.equal(stateOf(core, 'requirements.md'), 'incomplete');
  });

  it('is a draft like any other once somebody edits it', async () => {
    const { core, ports } = await cutOff();
    await ports.files.writeText(`${SPEC}/requirements.md`, REQUIREMENTS);
    await ports.clock.advance(50);
    assert.equal(stateOf(core, 'requirements.md'), 'draft');
    await core.workflow.approve(SPEC, 'requirements');
    assert.equal(stateOf(core, 'requirements.md'), 'approved');
  });

  it('keeps what somebody wrote while the model was thinking', async () => {
    let speak = () => {};
    const thinking = new Promise<void>((resolve) => {
      speak = resolve;
    });
    const scripted = createScriptedModel({ turns: [{ text: REQUIREMENTS }] });
    const model = {
      ...scripted,
      async *stream(...request: Parameters<typeof scripted.stream>) {
        await thinking;
        yield* scripted.stream(...request);
      },
    };
    const harness = await startCore({ model });
    const { done } = await newSpec(harness);
    await harness.ports.files.writeText(`${SPEC}/requirements.md`, 'By the person\n');
    speak();
    await assert.rejects(done, { reason: 'changed' });
    assert.equal(harness.ports.files.text(specFile('requirements.md')), 'By the person\n');
  });

  it('is found after a crash, and after a restart Retry starts from the same idea', async () => {
    const ports = createTestPorts({ turns: [{ text: PARTIAL, hold: forever }] });
    const before = await startCore({ ports });
    await newSpec(before, 'Links expire “soon”');
    await quiet(20);
    // The process is gone without a word: the next core starts from what is on the disk.
    const model = createScriptedModel({ turns: [{ text: REQUIREMENTS }] });
    const files = ports.files.snapshot();
    const after = await startCore({ model, files });
    await after.core.workflow.reconcile();
    assert.equal(stateOf(after.core, 'requirements.md'), 'incomplete');
    assert.equal(latest(after.core).status, 'interrupted');
    await after.core.workflow.reconcile();
    await (await after.core.workflow.draft(SPEC, 'requirements')).done;
    assert.equal(after.ports.files.text(specFile('requirements.md')), REQUIREMENTS);
    assert.match(JSON.stringify(model.requests[0]?.messages), /Links expire “soon”/);
  });

  it('a text that was approved after a crash stays approved', async () => {
    const ports = createTestPorts({ turns: [{ text: PARTIAL, hold: forever }] });
    await newSpec(await startCore({ ports }));
    await quiet(20);
    const after = await startCore({
      files: { ...ports.files.snapshot(), [`${SPEC}/requirements.md`]: REQUIREMENTS },
    });
    await after.core.workflow.approve(SPEC, 'requirements');
    await after.core.workflow.reconcile();
    assert.equal(stateOf(after.core, 'requirements.md'), 'approved');
  });
});
