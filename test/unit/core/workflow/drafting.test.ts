// Verifies: workflow-engine#2.1, #2.6
import assert from 'node:assert/strict';
import { ActError } from '../../../../src/core/actError';
import { createMessagesModel } from '../../../../src/node/models/messagesModel';
import { nodeClock } from '../../../../src/node/nodePorts';
import { type ScriptedTurn, startMessagesServer } from '../../../support/messagesServer';
import { createScriptedModel } from '../../../support/scriptedModel';
import {
  DESIGN,
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

describe('drafting a document', () => {
  it('streams it into the file, and says so while it lasts', async () => {
    let finish = () => {};
    const hold = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const harness = await startCore({ turns: [{ text: `Sure:\n\n${REQUIREMENTS}`, hold }] });
    const { core, ports } = harness;
    const { spec, done } = await newSpec(harness);
    assert.equal(spec, SPEC);
    assert.equal(stateOf(core, 'requirements.md'), 'drafting');
    await quiet(20);
    assert.ok((ports.files.text(specFile('requirements.md')) ?? '').startsWith('# Requirements Document'));
    await ports.clock.advance(50);
    assert.equal(stateOf(core, 'requirements.md'), 'drafting');
    await assert.rejects(core.workflow.approve(SPEC, 'requirements'), ActError);
    finish();
    await done;
    assert.equal(ports.files.text(specFile('requirements.md')), REQUIREMENTS);
    assert.equal(stateOf(core, 'requirements.md'), 'draft');
    assert.deepEqual(latest(core).status, 'done');
    const config = JSON.parse(ports.files.text(specFile('.config.kiro')) ?? '');
    assert.deepEqual([config.workflowType, config.specType], ['requirements-first', 'feature']);
  });

  for (const chunkSize of [1, 2, 7, 64, 10_000]) {
    it(`gives the same document in pieces of ${chunkSize}`, async () => {
      const harness = await startCore({
        turns: [{ text: `\`\`\`markdown\n${REQUIREMENTS}\`\`\``, chunkSize }],
      });
      await (await newSpec(harness)).done;
      assert.equal(harness.ports.files.text(specFile('requirements.md')), REQUIREMENTS);
    });
  }

  const faults: readonly [ScriptedTurn, RegExp, string | undefined][] = [
    [{ text: PARTIAL, fault: 'cutByEnd', faultAfter: 5 }, /./, 'incomplete'],
    [{ text: PARTIAL, fault: 'cutByReset', faultAfter: 5 }, /./, 'incomplete'],
    [{ text: PARTIAL, fault: 'errorEvent', faultAfter: 5 }, /./, 'incomplete'],
    [{ text: PARTIAL, stop: 'max_tokens' }, /length limit/, 'incomplete'],
    [{ text: PARTIAL, fault: 'refusal' }, /refused/, 'incomplete'],
    [{ text: 'I would rather not.' }, /not a document/, undefined],
    [{ text: '' }, /not a document/, undefined],
    [{ fault: 'unauthorized' }, /key/i, undefined],
    [{ fault: 'badRequest' }, /./, undefined],
  ];
  for (const [turn, message, state] of faults) {
    const what = turn.fault ?? turn.stop ?? (turn.text || 'nothing');
    it(`after ${what}: ${state === undefined ? 'nothing is left' : `what came is kept as ${state}`}, and Retry makes it whole`, async () => {
      const server = await startMessagesServer({ turns: [turn, { text: REQUIREMENTS }] });
      const harness = await startCore({ server });
      const { core, ports } = harness;
      const { done } = await newSpec(harness, 'Links expire “soon”');
      await assert.rejects(done, message);
      assert.equal(latest(core).status, 'failed');
      assert.match(latest(core).reason ?? '', message);
      assert.equal(stateOf(core, 'requirements.md'), state);
      const kept = ports.files.text(specFile('requirements.md'));
      assert.equal(kept === undefined, state === undefined);
      assert.equal(core.specs.get(SPEC) === undefined, state === undefined);
      assert.ok(kept === undefined || PARTIAL.startsWith(kept.trimEnd()), kept);

      await (await core.workflow.draft(SPEC, 'requirements')).done;
      assert.equal(ports.files.text(specFile('requirements.md')), REQUIREMENTS);
      assert.equal(stateOf(core, 'requirements.md'), 'draft');
      const again = JSON.stringify(server.requests.at(-1)?.body.messages);
      assert.match(again, /Links expire “soon”/, 'the idea is kept for Retry');
    });
  }

  it('waits when the server is busy and says so; then it goes on', async () => {
    const server = await startMessagesServer({
      turns: [{ fault: 'rateLimited', retryAfter: '0' }, { text: REQUIREMENTS }],
    });
    const harness = await startCore({ server });
    const retrying: (string | undefined)[] = [];
    harness.core.sessions.onDidChange(() => retrying.push(latest(harness.core).retrying));
    await (await newSpec(harness)).done;
    assert.ok(retrying.some((message) => message !== undefined));
    assert.equal(latest(harness.core).retrying, undefined);
    assert.equal(stateOf(harness.core, 'requirements.md'), 'draft');
  });

  it('gives up when the server stays busy, and leaves nothing behind but the idea', async () => {
    const server = await startMessagesServer({ answer: () => ({ fault: 'rateLimited', retryAfter: '0' }) });
    const options = {
      name: 'test-model',
      apiKey: 'k',
      baseUrl: server.url,
      clock: nodeClock,
      maxRetries: 2,
      maxRetryDelayMs: 5,
    };
    const harness = await startCore({ model: createMessagesModel(options) });
    await assert.rejects((await newSpec(harness)).done, /./);
    assert.equal(server.requests.length, 3);
    assert.equal(harness.core.specs.get(SPEC), undefined);
    assert.equal(latest(harness.core).started.idea, 'Links expire');
  });

  it('stopped: what came is kept, marked and can be drafted again', async () => {
    const harness = await startCore({ turns: [{ text: PARTIAL, hold: forever }, { text: REQUIREMENTS }] });
    const { core, ports } = harness;
    const { session, done } = await newSpec(harness);
    await quiet(20);
    core.sessions.stop(session);
    await assert.rejects(done);
    assert.equal(latest(core).status, 'cancelled');
    assert.equal(stateOf(core, 'requirements.md'), 'incomplete');
    assert.equal(ports.files.text(specFile('requirements.md')), `${PARTIAL}\n`);
    await (await core.workflow.draft(SPEC, 'requirements')).done;
    assert.equal(ports.files.text(specFile('requirements.md')), REQUIREMENTS);
  });

  it('a full disk ends it visibly', async () => {
    for (const operation of ['open', 'append'] as const) {
      const harness = await startCore({ turns: [{ text: REQUIREMENTS }] });
      harness.ports.files.fail(`${SPEC}/requirements.md`, operation, 'full', 1);
      await assert.rejects((await newSpec(harness)).done, /full/);
      assert.equal(latest(harness.core).status, 'failed');
    }
  });
});

describe('what may be drafted', () => {
  it('nothing without trust, a model, an idea or a good name, and then nothing is written', async () => {
    const untrusted = await startCore({ trusted: false, turns: [] });
    await assert.rejects(newSpec(untrusted), { reason: 'untrusted' });
    const keyless = await startCore();
    await assert.rejects(newSpec(keyless), { reason: 'noModel' });
    const ready = await startCore({ turns: [] });
    await assert.rejects(newSpec(ready, '  '), { reason: 'invalid' });
    await assert.rejects(ready.core.workflow.newSpec('/project', '../evil', 'x'), { reason: 'invalid' });
    for (const { ports } of [untrusted, keyless, ready]) assert.deepEqual(ports.files.snapshot(), {});
  });

  it('one draft at a time: a second click does not start another', async () => {
    const harness = await startCore({ turns: [{ text: PARTIAL, hold: forever }] });
    const clicks = await Promise.allSettled([newSpec(harness), newSpec(harness)]);
    assert.deepEqual(clicks.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await assert.rejects(newSpec(harness), ActError);
    await assert.rejects(harness.core.workflow.requestChanges(SPEC, 'requirements', 'shorter'), {
      reason: /busy|notFound/,
    });
    assert.equal(harness.core.sessions.known.length, 1);
    await harness.core.close();
  });

  it('not while another window or terminal drafts for the same spec', async () => {
    const { core, ports } = await startCore({
      turns: [],
      files: { [specFile('requirements.md')]: REQUIREMENTS },
    });
    const folder = `/home/ada/.earshot/workspaces/${ports.hasher.sha256('/project').slice(0, 16)}/sessions`;
    const started = {
      seq: 0,
      at: 1,
      type: 'session.started',
      version: 1,
      session: 'x',
      kind: 'draft',
      title: 'Draft design.md',
      root: '/project',
      spec: SPEC,
      document: 'requirements.md',
      model: 'm',
      rehearsed: false,
      owner: 'cli',
    };
    await ports.files.writeText(`${folder}/x.jsonl`, `${JSON.stringify(started)}\n`);
    ports.processes.alive.add('cli');
    await assert.rejects(core.workflow.requestChanges(SPEC, 'requirements', 'shorter'), { reason: 'busy' });
    await assert.rejects(core.workflow.approve(SPEC, 'requirements'), { reason: 'busy' });
    ports.processes.alive.delete('cli');
    await core.workflow.approve(SPEC, 'requirements');
  });

  it('never a document that is written already', async () => {
    const { core, ports } = await startCore({
      turns: [{ text: DESIGN }],
      files: { [specFile('requirements.md')]: REQUIREMENTS },
    });
    await assert.rejects(core.workflow.draft(SPEC, 'requirements'), { reason: 'invalid' });
    await core.workflow.approve(SPEC, 'requirements');
    const before = ports.files.snapshot();
    await assert.rejects(core.workflow.draft(SPEC, 'requirements'), { reason: 'invalid' });
    assert.deepEqual(ports.files.snapshot(), before);
  });

  it('a document only from approved ones, whose text the model is shown', async () => {
    const model = createScriptedModel({ turns: [{ text: DESIGN }] });
    const { core, ports } = await startCore({
      model,
      files: { [specFile('requirements.md')]: REQUIREMENTS, 'AGENTS.md': 'Be brief.', 'src/a.js': 'x' },
    });
    await assert.rejects(core.workflow.draft(SPEC, 'design'), { reason: 'notApproved' });
    await core.workflow.approve(SPEC, 'requirements');
    await ports.files.writeText(`${SPEC}/requirements.md`, `${REQUIREMENTS}\nMore.\n`);
    await assert.rejects(core.workflow.draft(SPEC, 'design'), { reason: 'notApproved' });
    await ports.files.writeText(`${SPEC}/requirements.md`, REQUIREMENTS);
    await (await core.workflow.draft(SPEC, 'design')).done;
    assert.equal(ports.files.text(specFile('design.md')), DESIGN);
    assert.equal(ports.files.text(specFile('requirements.md')), REQUIREMENTS);
    assert.equal(stateOf(core, 'requirements.md'), 'approved');
    const request = JSON.stringify(model.requests[0]);
    for (const part of ['30 days old', 'Be brief.', 'src/a.js', 'Role: draft design'])
      assert.ok(request.includes(part), part);
    assert.ok(!request.includes('.kiro/specs'));
  });
});
