// Feature: run-engine, Property 2: What cannot be done does not begin
// Feature: run-engine, Property 8: A run goes as far as it can
// Verifies: run-engine#1.2, #1.3, #3.1-3.3
import assert from 'node:assert/strict';
import { ActError } from '../../../../../src/core/actError';
import { ModelError } from '../../../../../src/core/agent/turn/model';
import { parseEvidence } from '../../../../../src/core/tasks/evidence/records';
import { needWords } from '../../../../../src/core/tasks/report/needWords';
import { tallyOf, tallyWords } from '../../../../../src/core/tasks/report/runTally';
import { lensWords } from '../../../../../src/core/tasks/report/taskWords';
import { RUN_OPTIONS, type RunOptions, type RunState } from '../../../../../src/core/tasks/run/model';
import { createScriptedModel } from '../../../../support/scriptedModel';
import { createTestPorts } from '../../../../support/testPorts';
import { type Harness, quiet, SPEC, startCore, tasksText, until } from '../../coreHarness';
import { approved, boxes, DONE, forever, TASKS, write } from '../taskHarness';

const options = (more: Partial<RunOptions> = {}): RunOptions => ({ ...RUN_OPTIONS, ...more });
const THREE = ['1', '2', '3'].flatMap((id) => [`- [ ] ${id}. Task`, `  - _Verify: check ${id}_`]);
const APART = THREE.flatMap((line) => (line.startsWith('-') ? [line, '  - _Depends: none_'] : [line]));
const phases = ({ tasks }: RunState) => tasks.map(({ key, phase }) => `${key} ${phase}`);
const only = ({ core }: Harness) => core.runs.known[0] as RunState;

/** Checks pass, but those named fail after the agent as often as said. */
function failing(times: Readonly<Record<string, number>>) {
  const ran = new Map<string, number>();
  return ({ command }: { readonly command: string }) => {
    const count = (ran.get(command) ?? 0) + 1;
    ran.set(command, count);
    return count > 1 && count <= 1 + (times[command] ?? 0) ? 1 : 0;
  };
}

describe('A run', () => {
  it('does what is planned, one after the other, and says what each came to', async () => {
    const harness = await approved(THREE, { turns: [write('a'), DONE, DONE, DONE], commands: () => 0 });
    const state = await harness.core.runs.start(SPEC, options());
    assert.equal(state.status, 'done');
    assert.equal(state.number, 1);
    assert.deepEqual(phases(state), ['1 done', '2 done', '3 done']);
    assert.deepEqual(boxes(harness), ['x1. Task', 'x2. Task', 'x3. Task']);
    const [first] = state.tasks;
    assert.equal(first?.try, 1);
    assert.equal(first?.evidence[0]?.verdict, 'proved');
    assert.deepEqual(
      first?.evidence[0]?.files.map(({ path }) => path),
      ['a'],
    );
    assert.equal(first?.baseline['check 1']?.outcome, 'passed');
    assert.deepEqual(
      first?.sessions.map(({ role }) => role),
      ['work'],
    );
    assert.match(harness.ports.files.text(`${SPEC}/.earshot/evidence.jsonl`) ?? '', /"verdict":"proved"/);
    await assert.rejects(harness.core.runs.start(SPEC, options()), {
      reason: 'notFound',
      message: /is done/,
    });
  });

  it('tells the agent what failed, in the same session, until it is mended', async () => {
    const model = createScriptedModel({ turns: [write('a'), DONE, write('a', 'y'), DONE] });
    const harness = await approved(THREE.slice(0, 2), { model, commands: failing({ 'check 1': 1 }) });
    const state = await harness.core.runs.start(SPEC, options());
    assert.equal(state.status, 'done');
    const [task] = state.tasks;
    assert.equal(task?.try, 2);
    assert.deepEqual(
      task?.evidence.map(({ verdict }) => verdict),
      ['refuted', 'proved'],
    );
    assert.equal(harness.core.sessions.known.length, 1);
    const told = JSON.stringify(model.requests[2]?.messages.at(-1));
    assert.match(told, /“check 1” failed/);
    assert.match(told, /not the check/);
  });

  it('tells the agent what speaks against its work also where nothing is checked, and asks once what only lacks a check', async () => {
    const model = createScriptedModel({ turns: [{ text: 'Done.' }, write('a'), DONE] });
    const harness = await approved(['- [ ] 1. Task'], { model });
    const [task] = (await harness.core.runs.start(SPEC, options())).tasks;
    assert.deepEqual(
      task?.evidence.map(({ verdict }) => verdict),
      ['refuted', 'unproven'],
    );
    assert.deepEqual([task?.phase, task?.try], ['unproven', 2]);
  });

  it('gives up after so many tries, opens the box, and goes on with what does not wait for it', async () => {
    const harness = await approved(APART, {
      turns: [write('a'), DONE, DONE, DONE, DONE],
      commands: failing({ 'check 1': 9 }),
    });
    const state = await harness.core.runs.start(SPEC, options({ tries: 2 }));
    assert.equal(state.status, 'failed');
    assert.deepEqual(phases(state), ['1 failed', '2 done', '3 done']);
    assert.match(state.reason ?? '', /“1 Task” is not done\. “check 1” failed/);
    assert.deepEqual(boxes(harness), [' 1. Task', 'x2. Task', 'x3. Task']);
    const records = parseEvidence(harness.ports.files.text(`${SPEC}/.earshot/evidence.jsonl`) ?? '');
    assert.deepEqual(
      records.map(({ task, verdict, tries }) => [task, verdict, tries]),
      [
        ['1', 'refuted', 2],
        ['2', 'proved', 1],
        ['3', 'proved', 1],
      ],
      'what failed has a record, too',
    );
    assert.match(records[0]?.reasons.join() ?? '', /“check 1” failed/);
  });

  it('counts what all its sessions cost against its budget', async () => {
    const prices = { scripted: { input: 0, output: 1000, cacheRead: 0, cacheWrite: 0 } };
    const twoDollars = { outputTokens: 2000 };
    const turns = [1, 2].flatMap((id) => [
      { ...write(`${id}.txt`), ...twoDollars },
      { ...DONE, ...twoDollars },
    ]);
    const lines = THREE.slice(0, 4);
    const harness = await approved(lines, {
      turns,
      settings: { autonomy: 'autopilot', prices },
      commands: () => 0,
    });
    const state = await harness.core.runs.start(SPEC, options({ budget: 4.5 }));
    assert.deepEqual([state.status, ...phases(state)], ['stopped', '1 done', '2 stopped']);
    assert.deepEqual(state.needs, [{ kind: 'budget' }]);
    assert.match(state.reason ?? '', /could exceed the budget of \$4\.50/);
  });

  it('begins nothing that waits for what failed, and says how much that is', async () => {
    const harness = await approved(THREE, { turns: [DONE], commands: failing({ 'check 1': 9 }) });
    const state = await harness.core.runs.start(SPEC, options({ tries: 1 }));
    assert.deepEqual(phases(state), ['1 failed', '2 waiting', '3 waiting']);
    assert.match(state.reason ?? '', /2 tasks after it were not begun/);
  });

  it('looks anew at the checks where work went on after they were judged', async () => {
    const lines = APART.map((line) => line.replace(/check \d/, 'npm test'));
    const error = new ModelError('badRequest', 'The server refuses.');
    const harness = await approved(lines, {
      turns: [write('a'), DONE, write('b'), { text: 'x', error }, DONE, DONE],
      commands: (_, index) => (index === 1 ? 1 : 0),
    });
    const state = await harness.core.runs.start(SPEC, options());
    assert.deepEqual(phases(state), ['1 failed', '2 done', '3 done']);
    assert.equal(state.tasks[1]?.baseline['npm test']?.outcome, 'passed');
  });

  it('goes on where an optional task fails', async () => {
    const lines = ['- [ ]* 1. Extra', '  - _Verify: check 1_', '- [ ] 2. Task', '  - _Verify: check 2_'];
    const harness = await approved(lines, { turns: [DONE, DONE], commands: failing({ 'check 1': 9 }) });
    const state = await harness.core.runs.start(SPEC, options({ selection: { kind: 'all' }, tries: 1 }));
    assert.equal(state.status, 'done');
    assert.deepEqual(phases(state), ['1 failed', '2 done']);
  });

  it('is not done where something required waits for an optional task that failed', async () => {
    const lines = ['- [ ]* 1. Extra', '  - _Verify: check 1_', '- [ ] 2. Task', '  - _Depends: 1_'];
    const harness = await approved(lines, { turns: [DONE], commands: failing({ 'check 1': 9 }) });
    const state = await harness.core.runs.start(SPEC, options({ selection: { kind: 'all' }, tries: 1 }));
    assert.deepEqual(phases(state), ['1 failed', '2 waiting']);
    assert.equal(state.status, 'failed');
    assert.match(state.reason ?? '', /^“1 Extra” is not done\..* One task after it was not begun\./);
  });

  it('runs in order of the document what could begin at once', async () => {
    const lines = ['- [ ] 1. A', '- [ ] 2. B', '  - _Depends: none_', '- [ ] 3. C', '  - _Depends: none_'];
    const harness = await approved(
      lines.flatMap((line) => (line.startsWith('- ') ? [line, '  - _Verify: check_'] : [line])),
      { turns: [DONE, DONE, DONE], commands: () => 0 },
    );
    const order: string[] = [];
    harness.core.runs.onDidChange((id) => {
      const working = harness.core.runs.get(id)?.tasks.find(({ phase }) => phase === 'working')?.key;
      if (working !== undefined && order.at(-1) !== working) order.push(working);
    });
    await harness.core.runs.start(SPEC, options());
    assert.deepEqual(order, ['1', '2', '3']);
  });

  it('refuses tasks that wait for each other, at no cost', async () => {
    const lines = ['- [ ] 1. A', '  - _Depends: 2_', '- [ ] 2. B', '  - _Depends: 1_'];
    const harness = await approved(lines, { turns: [DONE] });
    await assert.rejects(harness.core.runs.start(SPEC, options()), {
      reason: 'invalid',
      message: /Tasks 1, 2 wait for each other/,
    });
    assert.equal(harness.core.runs.known.length, 0);
  });

  it('asks once for the checks of all its tasks, before any begins', async () => {
    const { core, ports } = await startCore({
      files: { '.kiro/specs/links/tasks.md': tasksText(...THREE) },
      turns: [DONE, DONE, DONE],
      commands: () => 0,
      answers: ({ answers }) => answers[0]?.id,
    });
    const state = await core.runs.start(SPEC, options());
    assert.equal(state.status, 'done');
    const asked = ports.person.questions.filter(({ kind }) => kind === 'check');
    assert.deepEqual(
      asked.map(({ title }) => title),
      ['Use these 3 commands as checks?'],
    );
  });

  it('plans without running', async () => {
    const { core } = await approved(THREE);
    const { tasks } = await core.runs.plan(SPEC, { kind: 'required' });
    assert.deepEqual(
      tasks.map(({ task, wave }) => [task.key, wave]),
      [
        ['1', 0],
        ['2', 1],
        ['3', 2],
      ],
    );
  });

  it('counts, and lists those of a spec, newest first', async () => {
    const harness = await approved(THREE, { turns: [DONE, DONE], commands: () => 0 });
    const { runs } = harness.core;
    const first = await runs.start(SPEC, options({ selection: { kind: 'task', key: '1' } }));
    await harness.ports.clock.advance(1000);
    const second = await runs.start(SPEC, options({ selection: { kind: 'task', key: '2' } }));
    assert.deepEqual([first.number, second.number], [1, 2]);
    assert.deepEqual(
      (await runs.list(SPEC)).map(({ id }) => id),
      [second.id, first.id],
    );
    assert.deepEqual(await runs.list('/project/.kiro/specs/other'), []);
    const later = await startCore({ files: harness.ports.files.snapshot() });
    assert.deepEqual(
      (await later.core.runs.list()).map(({ id, status }) => [id, status]),
      [
        [second.id, 'done'],
        [first.id, 'done'],
      ],
    );
  });
});

describe('A person says to a run', () => {
  async function running(lines = THREE, more = {}) {
    let release = () => {};
    const hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    const harness = await approved(lines, {
      turns: [{ ...DONE, hold }, DONE, DONE, DONE],
      commands: () => 0,
      ...more,
    });
    const ended = harness.core.runs.start(SPEC, options());
    await until(harness.ports, () => boxes(harness)[0]?.startsWith('-') && latestOrNone(harness) > 0);
    await quiet(20);
    return { harness, ended, release, id: only(harness).id };
  }
  const latestOrNone = ({ core }: Harness) => core.sessions.known.length;

  it('pause: what runs ends, and nothing begins until it goes on', async () => {
    const { harness, ended, release, id } = await running();
    harness.core.runs.pause(id);
    release();
    await until(harness.ports, () => boxes(harness)[0] === 'x1. Task');
    await quiet(20);
    assert.equal(only(harness).status, 'paused');
    assert.deepEqual(boxes(harness), ['x1. Task', ' 2. Task', ' 3. Task']);
    harness.core.runs.unpause(id);
    assert.equal((await ended).status, 'done');
  });

  it('run again from here: what was done is done anew, and its box says how that ended', async () => {
    const lines = [1, 2, 3].flatMap((id) => [`- [x] ${id}. Task`, `  - _Verify: check ${id}_`]);
    const asked: string[] = [];
    const model = createScriptedModel({
      answer({ messages }) {
        const id = /Task (\d): /.exec(JSON.stringify(messages[0]))?.[1] ?? '';
        if (messages.length === 1) asked.push(id);
        return messages.length === 1 ? write(`${id}.txt`) : DONE;
      },
    });
    const harness = await approved(lines, {
      model,
      commands: ({ command }) => (command === 'check 3' ? 1 : 0),
    });
    const selection = { kind: 'from', key: '2' } as const;
    const state = await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, selection, tries: 1 });
    assert.deepEqual(asked, ['2', '3']);
    assert.deepEqual(phases(state), ['2 done', '3 failed']);
    assert.deepEqual(boxes(harness), ['x1. Task', 'x2. Task', ' 3. Task']);
  });

  it('stop after this task', async () => {
    const { harness, ended, release, id } = await running();
    harness.core.runs.stopAfter(id);
    assert.equal(only(harness).status, 'stopping');
    release();
    assert.deepEqual(phases(await ended), ['1 done', '2 waiting', '3 waiting']);
    assert.equal(only(harness).status, 'stopped');
  });

  it('stop: the box is open again, and it goes on in the same session later', async () => {
    const { harness, ended, id } = await running();
    harness.core.runs.stop(id);
    const state = await ended;
    assert.equal(state.status, 'stopped');
    assert.deepEqual(phases(state), ['1 stopped', '2 waiting', '3 waiting']);
    assert.deepEqual(boxes(harness), [' 1. Task', ' 2. Task', ' 3. Task']);
    const again = await harness.core.runs.resume(id);
    assert.equal(again.status, 'done');
    assert.equal(again.id, id);
    assert.equal(again.tasks[0]?.sessions.length, 1);
    assert.deepEqual(boxes(harness), ['x1. Task', 'x2. Task', 'x3. Task']);
    await assert.rejects(harness.core.runs.resume(id), { reason: 'notFound', message: /left to do/ });
  });

  it('skip what runs: it is not done, and what comes after it begins', async () => {
    const { harness, ended, id } = await running();
    harness.core.runs.skip(id, '1');
    harness.core.runs.skip(id, '3');
    const state = await ended;
    assert.deepEqual(phases(state), ['1 skipped', '2 done', '3 skipped']);
    assert.equal(state.status, 'done');
    assert.deepEqual(boxes(harness), [' 1. Task', 'x2. Task', ' 3. Task']);
  });

  it('try again what failed while others go on, since the run asks for that', async () => {
    let release = () => {};
    const hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    const harness = await approved(APART, {
      turns: [DONE, { ...DONE, hold }, DONE, DONE],
      commands: failing({ 'check 1': 1 }),
    });
    const { runs } = harness.core;
    const ended = runs.start(SPEC, options({ tries: 1 }));
    await until(harness.ports, () => runs.known[0]?.status === 'needsYou');
    assert.deepEqual(only(harness).needs, [{ kind: 'failed', task: '1' }]);
    assert.match(needWords(only(harness))?.words ?? '', /^1 failed after 1 try; what does not wait/);
    const retried = runs.retry(only(harness).id, '1', 'Look again.');
    release();
    const state = await ended;
    assert.equal(state.status, 'done');
    assert.deepEqual([phases(state), state.needs], [['1 done', '2 done', '3 done'], []]);
    await retried;
  });

  it('nothing of what failed where nothing else goes on: the end says it', async () => {
    const harness = await approved(THREE, { turns: [DONE], commands: failing({ 'check 1': 9 }) });
    const statuses = new Set<string>();
    harness.core.runs.onDidChange(() => statuses.add(only(harness).status));
    await harness.core.runs.start(SPEC, options({ tries: 1 }));
    assert.deepEqual([...statuses], ['running', 'failed']);
  });

  it('try again, with a hint: in a new session that knows both', async () => {
    const model = createScriptedModel({ turns: [DONE, DONE, DONE, DONE] });
    const harness = await approved(THREE, { model, commands: failing({ 'check 1': 1 }) });
    const { runs, sessions } = harness.core;
    const failed = await runs.start(SPEC, options({ tries: 1 }));
    assert.equal(failed.status, 'failed');
    const state = await runs.retry(failed.id, '1', 'Look at the clock.');
    assert.equal(state.status, 'done');
    assert.deepEqual(phases(state), ['1 done', '2 done', '3 done']);
    assert.equal(state.tasks[0]?.try, 2);
    assert.equal(sessions.known.length, 4);
    const asked = JSON.stringify(model.requests[1]?.messages);
    assert.match(asked, /Look at the clock/);
    assert.match(asked, /“check 1” failed/);
    await assert.rejects(runs.retry(state.id, '9'), { reason: 'notFound' });
    await assert.rejects(runs.retry('nobody', '1'), { reason: 'notFound' });
  });

  it('try again, while the others still run', async () => {
    let release = () => {};
    const hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    const harness = await approved(APART, {
      turns: [DONE, { ...DONE, hold }, DONE, DONE],
      commands: failing({ 'check 1': 1 }),
    });
    const { runs } = harness.core;
    const ended = runs.start(SPEC, options({ tries: 1 }));
    await until(harness.ports, () => boxes(harness)[1]?.startsWith('-'));
    await quiet(20);
    assert.equal(only(harness).tasks[0]?.phase, 'failed');
    const retried = runs.retry(only(harness).id, '1');
    release();
    assert.deepEqual(phases(await ended), ['1 done', '2 done', '3 done']);
    assert.equal((await retried).status, 'done');
  });

  it('skip what failed, when it is over: what waited for it can go on', async () => {
    const harness = await approved(THREE, { turns: [DONE, DONE, DONE], commands: failing({ 'check 1': 9 }) });
    const { runs } = harness.core;
    const { id } = await runs.start(SPEC, options({ tries: 1 }));
    runs.skip(id, '1');
    await quiet(20);
    const state = await runs.resume(id);
    assert.deepEqual(phases(state), ['1 skipped', '2 done', '3 done']);
  });

  it('nothing, when the agent asks: the run says that it waits', async () => {
    const harness = await approved(THREE.slice(0, 2), {
      settings: { autonomy: 'ask' },
      turns: [write('a'), DONE],
      commands: () => 0,
    });
    const { core, ports } = harness;
    const ended = core.runs.start(SPEC, options());
    await until(ports, () => core.runs.known[0]?.status === 'needsYou');
    const [need] = only(harness).needs;
    assert.equal(need?.kind, 'permission');
    const session = need?.kind === 'permission' ? need.session : '';
    const asking = core.sessions.get(session)?.items.find((item) => item.type === 'tool');
    core.sessions.answer(session, asking?.type === 'tool' ? asking.call : '', 'once');
    assert.equal((await ended).status, 'done');
  });
});

describe('A task that is tried again after others worked', () => {
  const bounded = (id: string, boundary: string) => [
    ...[`- [ ] ${id}. Task`, '  - _Depends: none_', `  - _Verify: check ${id}_`],
    ...[`  - _Boundary: ${boundary}_`],
  ];
  const lines = [...bounded('1', 'src'), ...bounded('2', 'lib')];
  const suspicions = (state: RunState) =>
    state.tasks[0]?.evidence.at(-1)?.suspicions.map(({ kind }) => kind) ?? [];

  it('is judged by what it did itself', async () => {
    const { core } = await approved(lines, {
      turns: [write('src/a'), DONE, write('lib/b'), DONE, write('src/a', 'y'), DONE],
      commands: failing({ 'check 1': 1 }),
    });
    const first = await core.runs.start(SPEC, options({ tries: 1 }));
    assert.deepEqual(phases(first), ['1 failed', '2 done']);
    const state = await core.runs.retry(first.id, '1');
    assert.deepEqual(suspicions(state), []);
    assert.deepEqual(
      state.tasks[0]?.evidence.at(-1)?.files.map(({ path }) => path),
      ['src/a'],
    );
    assert.deepEqual(phases(state), ['1 done', '2 done']);
    assert.equal(state.tasks[0]?.checkpoints.before, first.tasks[0]?.checkpoints.before);
  });

  it('keeps what it did before, and answers for what it does to the work of others', async () => {
    const { core } = await approved(lines, {
      turns: [write('src/a'), DONE, write('lib/b'), DONE, write('lib/b', 'spoilt'), DONE],
      commands: failing({ 'check 1': 1 }),
    });
    const { id } = await core.runs.start(SPEC, options({ tries: 1 }));
    const state = await core.runs.retry(id, '1');
    assert.deepEqual(suspicions(state), ['outsideBoundary']);
    assert.deepEqual(
      state.tasks[0]?.evidence.at(-1)?.files.map(({ path, outside }) => [path, outside === true]),
      [
        ['lib/b', true],
        ['src/a', false],
      ],
    );
  });

  it('has done nothing where only others did something', async () => {
    const claim = { text: 'Done.' };
    const { core } = await approved(lines, {
      turns: [claim, write('lib/b'), DONE, claim],
      commands: () => 0,
    });
    const { id } = await core.runs.start(SPEC, options({ tries: 1 }));
    const state = await core.runs.retry(id, '1');
    assert.deepEqual(suspicions(state), ['emptyDiff']);
    assert.notEqual(state.tasks[0]?.phase, 'done');
  });

  for (const [what, then, baseline] of [
    ['as others left them', 9, 9],
    ['before it broke one itself', 4, 5],
  ] as const)
    it(`is measured against the checks ${what}`, async () => {
      const counts = [5, 4, then, 9];
      let ran = 0;
      const { core } = await approved(lines, {
        turns: [write('src/a'), DONE, write('lib/b'), DONE, write('src/a', 'y'), DONE],
        commands: ({ command }) => {
          const passed = command === 'check 1' ? (counts[ran++] ?? 0) : 1;
          return { exitCode: passed === 4 ? 1 : 0, output: `  ${passed} passing (5ms)\n` };
        },
      });
      const { id } = await core.runs.start(SPEC, options({ tries: 1 }));
      const state = await core.runs.retry(id, '1');
      assert.equal(state.tasks[0]?.baseline['check 1']?.tests?.passed, baseline);
      assert.deepEqual([state.tasks[0]?.phase, ran], ['done', 4]);
    });
});

describe('While a run runs', () => {
  const meanwhile = async (change: (text: string) => string | undefined) => {
    const harness = await approved(THREE, {
      turns: [DONE, DONE, DONE],
      async commands(_, index) {
        if (index !== 1) return 0;
        const text = change(harness.ports.files.text(TASKS) ?? '');
        if (text === undefined) await harness.ports.files.remove(TASKS);
        else await harness.ports.files.writeText(TASKS, text);
        harness.ports.person.saved.set(TASKS, text ?? '');
        return 0;
      },
      answers: ['run', 'run', 'run'],
    });
    return { harness, state: await harness.core.runs.start(SPEC, options()) };
  };

  it('a task that is ticked is left out', async () => {
    const { state } = await meanwhile((text) => text.replace('[ ] 2.', '[x] 2.'));
    assert.deepEqual(phases(state), ['1 done', '2 skipped', '3 done']);
    assert.match(state.tasks[1]?.reason ?? '', /ticked/);
    assert.equal(state.status, 'done');
  });

  it('a task that is removed is left out, with the reason, and is not done for that', async () => {
    const { state, harness } = await meanwhile((text) => text.replace(/- \[ \] 2\.[^\n]*\n[^\n]*\n/, ''));
    assert.deepEqual(phases(state), ['1 done', '2 skipped', '3 done']);
    assert.match(state.tasks[1]?.reason ?? '', /not in tasks\.md any more/);
    assert.deepEqual(boxes(harness), ['x1. Task', 'x3. Task']);
    assert.equal(state.status, 'failed');
    assert.match(state.reason ?? '', /^“2 Task” is not done\. It is not in tasks\.md any more/);
  });

  it('tasks that are numbered anew and put in another order are done as they were planned, and no other is', async () => {
    const task = (id: number, title: string) => `- [ ] ${id}. ${title}\n  - _Verify: check ${title}_\n`;
    const done: string[] = [];
    const harness = await approved([task(1, 'A'), task(2, 'B'), task(3, 'C')], {
      turns: [DONE, DONE, DONE],
      async commands({ command }, index) {
        if (index === 1) {
          const text = harness.ports.files.text(TASKS) ?? '';
          const next = [task(2, 'New'), task(3, 'C'), task(4, 'B')].join('');
          const kept = text.slice(0, text.search(/- \[ \] 2\. B/));
          await harness.ports.files.writeText(TASKS, kept + next);
        }
        if (!done.includes(command)) done.push(command);
        return 0;
      },
      answers: ['run', 'run', 'run'],
    });
    const state = await harness.core.runs.start(SPEC, options());
    assert.deepEqual(done, ['check A', 'check B', 'check C']);
    assert.deepEqual(phases(state), ['1 done', '2 done', '3 done']);
    assert.deepEqual(boxes(harness), ['x1. A', ' 2. New', 'x3. C', 'x4. B']);
  });

  it('tasks.md that is deleted ends it without a wrong word', async () => {
    const { state } = await meanwhile(() => undefined);
    assert.deepEqual(phases(state), ['1 unproven', '2 skipped', '3 skipped']);
    assert.match(state.tasks[0]?.reason ?? '', /tasks\.md is gone/);
    assert.equal(state.status, 'failed');
  });
});

describe('A run that was interrupted', () => {
  it('before its agent began: the box is open again, and it goes on', async () => {
    const first = await approved(THREE, { turns: [DONE], commands: { 'check 1': { hold: forever } } });
    void first.core.runs.start(SPEC, options());
    await until(first.ports, () => first.ports.processes.runs.length === 1);
    assert.equal(boxes(first)[0], '-1. Task');
    const later = await startCore({
      settings: { autonomy: 'autopilot' },
      files: first.ports.files.snapshot(),
      turns: [DONE, DONE, DONE],
      commands: () => 0,
    });
    await later.core.workflow.reconcile();
    assert.deepEqual(boxes(later), [' 1. Task', ' 2. Task', ' 3. Task']);
    const left = only(later);
    assert.equal(left.status, 'interrupted');
    assert.deepEqual(phases(left), ['1 interrupted', '2 waiting', '3 waiting'], 'nobody works on it');
    assert.deepEqual(
      left.tasks.slice(0, 1).map((task) => lensWords(task, left, 1e15)),
      ['Interrupted'],
    );
    assert.deepEqual(tallyWords(tallyOf(left)).others, ['2 wait', '1 interrupted']);
    const state = await later.core.runs.resume(left.id);
    assert.equal(state.status, 'done');
    assert.deepEqual(boxes(later), ['x1. Task', 'x2. Task', 'x3. Task']);
  });

  it('asks once for the checks of all that is left, before any begins', async () => {
    const first = await approved(THREE, { turns: [DONE], commands: { 'check 1': { hold: forever } } });
    void first.core.runs.start(SPEC, options());
    await until(first.ports, () => first.ports.processes.runs.length === 1);
    // What was agreed to lies in the home of another machine.
    const files = Object.entries(first.ports.files.snapshot()).filter(
      ([path]) => !path.endsWith('consents.jsonl'),
    );
    const later = await startCore({
      settings: { autonomy: 'autopilot' },
      files: Object.fromEntries(files),
      turns: [DONE, DONE, DONE],
      commands: () => 0,
      answers: ({ answers }) => answers[0]?.id,
    });
    await later.core.workflow.reconcile();
    assert.equal((await later.core.runs.resume(only(later).id)).status, 'done');
    const asked = later.ports.person.questions.filter(({ kind }) => kind === 'check');
    assert.deepEqual(
      asked.map(({ title }) => title),
      ['Use these 3 commands as checks?'],
    );
  });

  it('after any line of its log: it goes on, asks no answer twice, and ends the same', async () => {
    const whole = await approved(THREE, {
      model: createScriptedModel({
        turns: [write('a'), DONE, write('b'), DONE, write('b', 'y'), DONE, DONE],
      }),
      commands: failing({ 'check 2': 1 }),
    });
    const disks: Readonly<Record<string, string>>[] = [];
    const { appendLines } = whole.ports.files;
    whole.ports.files.appendLines = async (path, text) => {
      await appendLines(path, text);
      if (path.includes('/runs/')) disks.push(whole.ports.files.snapshot());
    };
    const ended = await whole.core.runs.start(SPEC, options());
    assert.equal(ended.status, 'done');
    for (const files of disks.slice(0, -1)) {
      const later = await startCore({
        settings: { autonomy: 'autopilot' },
        files,
        model: createScriptedModel({ answer: () => DONE }),
        commands: () => 0,
      });
      await later.core.workflow.reconcile();
      const state = await later.core.runs.resume(only(later).id);
      assert.equal(state.status, 'done', state.reason);
      assert.deepEqual(phases(state), ['1 done', '2 done', '3 done']);
      assert.equal(later.ports.files.text(TASKS), whole.ports.files.text(TASKS));
    }
    assert.ok(disks.length > 15);
  });

  it('before the session of a retry began: what the person added is not lost', async () => {
    const first = await approved(THREE.slice(0, 2), {
      turns: [DONE, DONE],
      commands: failing({ 'check 1': 9 }),
    });
    const { id } = await first.core.runs.start(SPEC, options({ tries: 1 }));
    let files: Readonly<Record<string, string>> | undefined;
    const { appendLines } = first.ports.files;
    first.ports.files.appendLines = async (path, text) => {
      await appendLines(path, text);
      if (text.includes('Use y.')) files ??= first.ports.files.snapshot();
    };
    await first.core.runs.retry(id, '1', 'Use y.');
    const said: string[] = [];
    const later = await startCore({
      settings: { autonomy: 'autopilot' },
      files: files ?? {},
      model: createScriptedModel({
        answer({ messages }) {
          said.push(JSON.stringify(messages[0]));
          return DONE;
        },
      }),
      commands: () => 0,
    });
    await later.core.workflow.reconcile();
    await later.core.runs.resume(only(later).id);
    assert.match(said[0] ?? '', /What the person adds: Use y\./);
  });

  it('begins once where two windows begin in a folder at the same moment', async () => {
    const hold = () => ({ turns: [{ text: 'x', hold: forever }], commands: () => 0 });
    const one = await approved(THREE, hold());
    const own = createTestPorts({ ...hold(), settings: { autonomy: 'autopilot' } });
    const ofOther = { owner: 'other', isAlive: () => true };
    const ports = { ...own, files: one.ports.files, processes: { ...own.processes, ...ofOther } };
    one.ports.processes.alive.add('other');
    const two = await startCore({ ports });
    const refused: unknown[] = [];
    for (const { core } of [one, two]) core.runs.start(SPEC, options()).catch((error) => refused.push(error));
    await until(one.ports, () => refused.length > 0);
    await quiet(10);
    assert.deepEqual(
      refused.map((error) => (error instanceof ActError ? error.reason : error)),
      ['busy'],
    );
    assert.equal((await one.core.runs.list()).length, 1);
  });

  it('is refused where another process runs it still', async () => {
    const first = await approved(THREE, { turns: [{ text: 'x', hold: forever }], commands: () => 0 });
    void first.core.runs.start(SPEC, options());
    await until(first.ports, () => first.core.sessions.known.length === 1);
    await quiet(10);
    const files = Object.fromEntries(
      Object.entries(first.ports.files.snapshot()).map(([path, text]) => [
        path,
        text.replaceAll('test-process', 'cli'),
      ]),
    );
    const later = await startCore({ files, turns: [DONE], commands: () => 0 });
    later.ports.processes.alive.add('cli');
    await later.core.runs.list();
    assert.equal(only(later).status, 'running');
    await assert.rejects(later.core.runs.resume(only(later).id), { reason: 'busy' });
    await assert.rejects(later.core.runs.start(SPEC, options()), { reason: 'busy' });
    assert.match(later.ports.files.text(TASKS) ?? '', /\[-\] 1/, 'its box is no business of ours');
    await later.ports.files.writeText(`${SPEC}/tasks.md`, tasksText('- [ ] 9. Other'));
  });
});
