import assert from 'node:assert/strict';
import { createScriptedModel } from '../../../support/scriptedModel';
import { type Harness, latest, notes, quiet, SPEC, startCore, tasksText } from '../coreHarness';
import { approved, boxes, DONE, forever, ONE, TASKS, write } from './taskHarness';

interface Interrupted {
  readonly harness: Harness;
  readonly session: string;
}

/** A task whose process dies in the second answer; then another process starts on the same disk. */
async function interrupted(lines = ONE): Promise<Interrupted> {
  const { core, ports } = await approved(lines, {
    turns: [write('sweep.js'), { text: 'I think', hold: forever }],
    commands: { 'npm test': 0 },
  });
  void core.tasks.run(SPEC, '1');
  await quiet(40);
  const session = core.sessions.known[0]?.id ?? '';
  const disk = ports.files.snapshot();
  // What the first process does from here on is none of our business.
  const later = await startCore({
    settings: { autonomy: 'autopilot' },
    files: disk,
    commands: { 'npm test': 0 },
  });
  await later.core.workflow.reconcile();
  return { harness: later, session };
}

describe('resuming a task', () => {
  it('goes on where it was, runs its check and ticks its box', async () => {
    const { harness, session } = await interrupted();
    const { core, ports } = harness;
    assert.deepEqual(boxes(harness), [' 1. Sweep']);
    assert.equal(core.sessions.get(session)?.status, 'interrupted', core.sessions.get(session)?.reason);
    const model = createScriptedModel({ turns: [DONE] });
    ports.setModel(model);
    const [result] = await core.tasks.resume(session);
    assert.equal(result?.outcome, 'done', result?.reason);
    assert.equal(result?.session, session);
    assert.deepEqual(boxes(harness), ['x1. Sweep']);
    assert.equal(model.requests.length, 1, 'the first answer is not paid for again');
    assert.equal(model.requests[0]?.messages.length, 3);
    assert.deepEqual(
      ports.processes.runs.map(({ command }) => command),
      ['npm test'],
    );
    assert.equal(core.sessions.known.length, 1, 'one session, one log');
    assert.ok(notes(latest(core)).includes('Resumed.'));
  });

  it('that is interrupted once more is told once more', async () => {
    const { harness, session } = await interrupted();
    harness.ports.setModel(createScriptedModel({ turns: [{ text: 'Hm', hold: forever }] }));
    void harness.core.tasks.resume(session);
    await quiet(40);
    const files = harness.ports.files.snapshot();
    assert.match(files[TASKS] ?? '', /\[-\] 1/);
    const { core, ports } = await startCore({ files });
    await core.workflow.reconcile();
    assert.match(ports.files.text(TASKS) ?? '', /\[ \] 1/);
    const told = notes(core.sessions.get(session) as never).filter((text) => /closed while/.test(text));
    assert.equal(told.length, 2);
  });

  it('says why not: the task has changed, it is no task, another runs', async () => {
    const { harness, session } = await interrupted();
    const { core, ports } = harness;
    ports.setModel(createScriptedModel({ turns: [DONE, { text: 'x', hold: forever }] }));
    const text = ports.files.text(TASKS) ?? '';
    await ports.files.writeText(TASKS, tasksText('- [ ] 1. Something else'));
    await assert.rejects(core.tasks.resume(session), {
      reason: 'changed',
      message: /not in the tasks any more/,
    });
    await ports.files.writeText(TASKS, text);
    await assert.rejects(core.tasks.resume('nobody'), { reason: 'notFound' });
    await core.tasks.resume(session);
    await assert.rejects(core.tasks.resume(session), { reason: 'notFound', message: /ended well/ });
    assert.equal(core.tasks.isRunning(SPEC), false);
  });
});
