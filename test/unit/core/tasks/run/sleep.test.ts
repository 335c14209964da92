// Feature: run-engine, Property 17: A sleep costs nothing but time
// Verifies: run-engine#3.10, #3.11
import assert from 'node:assert/strict';
import { ModelError } from '../../../../../src/core/agent/turn/model';
import { taskTime } from '../../../../../src/core/tasks/report/taskWords';
import { RUN_OPTIONS, type RunState } from '../../../../../src/core/tasks/run/model';
import { createScriptedModel, type ModelTurn } from '../../../../support/scriptedModel';
import { latest, SPEC, until } from '../../coreHarness';
import { approved, boxes, DONE, write } from '../taskHarness';

const TWO = [
  '- [ ] 1. Task',
  '  - _Verify: check_',
  '- [ ] 2. Task',
  '  - _Depends: none_',
  '  - _Verify: check_',
];
const HOUR = 3_600_000;
const CUT = new ModelError('cut', 'The connection broke in the middle of the answer.');
const phases = ({ tasks }: RunState) => tasks.map(({ key, phase }) => `${key} ${phase}`);

describe('A run on a machine that sleeps', () => {
  /** The first answer is half there when the lid is closed, and its connection is dead when it is opened. */
  async function sleeping(turns: readonly ModelTurn[], answer?: () => ModelTurn) {
    let wake = () => {};
    const hold = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const model = createScriptedModel({
      turns: [write('1.txt'), { text: 'Half of what', hold, error: CUT }, ...turns],
      ...(answer ? { answer } : {}),
    });
    const harness = await approved(TWO, { model, commands: () => 0 });
    const { ports, core } = harness;
    const run = core.runs.start(SPEC, RUN_OPTIONS);
    await until(ports, () => model.requests.length === 2);
    await ports.clock.advance(60_000);
    ports.clock.sleep(8 * HOUR);
    wake();
    return { harness, model, run };
  }

  it('goes on in the same conversation when it wakes, and the night is no work', async () => {
    const { harness, model, run } = await sleeping([DONE, write('2.txt'), DONE]);
    const { ports, core } = harness;
    await until(ports, () => core.runs.known[0]?.endedAt !== undefined);
    const state = await run;
    assert.deepEqual([state.status, ...phases(state)], ['done', '1 done', '2 done']);
    assert.deepEqual(boxes(harness), ['x1. Task', 'x2. Task']);
    assert.equal(core.sessions.known.length, 2, 'one conversation a task');
    assert.deepEqual(model.requests[2]?.messages, model.requests[1]?.messages, 'the same was asked again');
    const [first] = state.tasks;
    assert.ok(first);
    const time = taskTime(first, ports.clock.now()) ?? 0;
    assert.ok(time >= 60_000 && time < 120_000, `${time} ms`);
    const proof = first.evidence[0]?.durationMs ?? 0;
    assert.ok(proof >= 60_000 && proof < 120_000, `${proof} ms`);
  });

  it('stops with the reason where nothing answers any more, and goes on where it was', async () => {
    let isBack = false;
    const script = [DONE, write('2.txt'), DONE];
    const dead: ModelTurn = { error: new ModelError('network', 'The connection failed. Check the network.') };
    const { harness, run } = await sleeping([], () => (isBack ? (script.shift() ?? DONE) : dead));
    const { ports, core } = harness;
    await ports.clock.advance(HOUR);
    const state = await run;
    assert.equal(state.status, 'stopped');
    assert.equal(state.reason, 'The connection failed. Check the network.');
    assert.deepEqual(phases(state), ['1 stopped', '2 waiting'], 'no other task would fare better');
    assert.deepEqual(boxes(harness), [' 1. Task', ' 2. Task']);
    isBack = true;
    const next = await core.runs.resume(state.id);
    assert.deepEqual([next.status, ...phases(next)], ['done', '1 done', '2 done']);
    assert.equal(next.tasks[0]?.sessions.length, 1, 'in the same conversation');
    assert.equal(next.tasks[0]?.try, 1);
  });

  it('does not insist where the model was never heard: it may be the wrong address', async () => {
    const model = createScriptedModel({
      answer: () => ({ error: new ModelError('network', 'Nothing answers.') }),
    });
    const { core } = await approved(TWO, { model, commands: () => 0 });
    const state = await core.runs.start(SPEC, RUN_OPTIONS);
    assert.deepEqual([state.status, state.reason, model.requests.length], ['stopped', 'Nothing answers.', 1]);
    assert.match(latest(core).reason ?? '', /Nothing answers/);
  });
});
