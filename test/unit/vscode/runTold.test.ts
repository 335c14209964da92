import { strict as assert } from 'node:assert';
import { lensWords } from '../../../src/core/tasks/report/taskWords';
import { tellOf } from '../../../src/vscode/features/run/runTold';
import { ALL_DONE, GOING_ON, NOW, RUNNING, UNPROVEN } from '../../support/gallery/runFixtures';

describe('What is told of a run', () => {
  const told = (before: typeof RUNNING | undefined, run: typeof RUNNING) => tellOf(before, run, 'links');

  it('is nothing while it goes on by itself', () => {
    assert.equal(told(undefined, GOING_ON), undefined);
    assert.equal(told(GOING_ON, { ...GOING_ON, status: 'paused' }), undefined, 'who paused it knows');
  });

  it('says once that fewer tasks run at a time than were wanted', () => {
    const fewer = { ...GOING_ON, fewer: { most: 1, reason: 'It is large.' } };
    const said = told(GOING_ON, fewer);
    const most = GOING_ON.options.parallel;
    assert.equal(said?.words, `Run 4 of links: one task at a time instead of ${most}. It is large.`);
    assert.deepEqual([said?.level, said?.act], ['info', 'show']);
    assert.equal(told(fewer, fewer), undefined);
  });

  it('says of each box that a program ticked, once', () => {
    const one = { ...GOING_ON, reopened: ['4.3 Daily report'] };
    const two = { ...one, reopened: [...one.reopened, '4.2 Sweep expired links'] };
    assert.match(told(GOING_ON, one)?.words ?? '', /^Run 4 of links: “4\.3 Daily report” was ticked/);
    assert.equal(told(one, one), undefined);
    assert.match(told(one, two)?.words ?? '', /^Run 4 of links: “4\.2 Sweep expired links” was ticked/);
  });

  it('says once that it needs you, and leads to where you can help', () => {
    const needs = told(GOING_ON, RUNNING);
    assert.match(
      needs?.words ?? '',
      /^Run 4 of links needs you\. 3\.2 failed after 2 tries; what does not wait for it goes on/,
    );
    assert.equal(needs?.act, 'show');
    assert.equal(told(RUNNING, RUNNING), undefined);
    const asks = { ...RUNNING, needs: [{ kind: 'permission', session: 's-4.2' }] } as const;
    assert.equal(told(RUNNING, asks)?.act, 'session', 'another need is told again');
    assert.equal(told(GOING_ON, { ...RUNNING, needs: [{ kind: 'budget' }] })?.act, 'goOn');
  });

  it('tells a conflict once, also when the run goes on or something else was answered meanwhile', () => {
    const conflict = { kind: 'conflict', task: '3.2', paths: ['a.ts'] } as const;
    const waits = { ...RUNNING, needs: [conflict] };
    assert.match(told(GOING_ON, waits)?.words ?? '', /3\.2 changed does not merge/);
    const asks = { ...waits, needs: [conflict, { kind: 'permission', session: 's-4.2' }] } as const;
    assert.equal(told(waits, asks)?.act, 'session');
    assert.equal(told(asks, waits), undefined);
    const over = { ...waits, status: 'failed', endedAt: NOW } as const;
    assert.match(told(waits, over)?.words ?? '', /^Run 4 of links ended: .*does not merge/);
    assert.equal(told(over, waits), undefined, 'it is known');
  });

  it('says of a run that skipped something what is done, and no more', () => {
    const [first, ...others] = ALL_DONE.tasks;
    assert.ok(first);
    const run = { ...ALL_DONE, tasks: [{ ...first, phase: 'skipped' as const }, ...others] };
    assert.equal(told(GOING_ON, run)?.words, 'Run 4 of links ended: 10 of 11 done, 1 skipped.');
  });

  it('leads to the report when all is done, and to going on when it was stopped', () => {
    const done = told(GOING_ON, ALL_DONE);
    assert.equal(done?.words, 'Run 4 of links: 11 tasks are done, each proved by checks that ran.');
    assert.equal(done?.act, 'report');
    assert.equal(told(GOING_ON, { ...GOING_ON, status: 'stopped' })?.act, 'goOn');
    assert.match(told(undefined, { ...GOING_ON, status: 'interrupted' })?.words ?? '', /Nothing is lost/);
    assert.equal(told(GOING_ON, UNPROVEN)?.level, 'warning');
  });

  it('does not say once more that it was stopped where it just said that it needs you for that', () => {
    for (const need of [{ kind: 'exploration', task: '3.2' }, { kind: 'budget' }] as const) {
      const asks = { ...RUNNING, needs: [need] };
      assert.match(told(GOING_ON, asks)?.words ?? '', /^Run 4 of links needs you\. /);
      assert.equal(told(asks, { ...asks, status: 'stopped', endedAt: NOW }), undefined);
    }
  });

  it('says why it was stopped, and leads to what waits for you before it goes on', () => {
    const reason = 'The next request could exceed the budget of this run.';
    const stopped = { ...GOING_ON, status: 'stopped', endedAt: NOW } as const;
    const broke = told(GOING_ON, { ...stopped, reason, needs: [{ kind: 'budget' }] });
    assert.match(
      broke?.words ?? '',
      /^Run 4 of links was stopped: .* done, .*\. The next request could exceed/,
    );
    assert.equal(broke?.act, 'goOn');
    const asks = told(GOING_ON, { ...stopped, reason, needs: [{ kind: 'exploration', task: '3.2' }] });
    assert.match(
      asks?.words ?? '',
      /was stopped: .*\. .*Nothing is fixed until you retry it, tick it or skip it\.$/,
    );
    assert.equal(asks?.act, 'show');
  });

  it('of a single task is what who started it does not hear: a question, a stop, an interruption', () => {
    const tasks = GOING_ON.tasks.filter(({ id }) => id === '3.3');
    const selection = { kind: 'task', key: '3.3' } as const;
    const single = { ...GOING_ON, options: { ...GOING_ON.options, selection }, tasks };
    const asks = [{ kind: 'permission', session: 's-3.3' }] as const;
    assert.equal(told(single, { ...single, status: 'needsYou', needs: asks })?.act, 'session');
    const stopped = tasks.map((task) => ({ ...task, phase: 'stopped' as const }));
    assert.match(
      told(single, { ...single, status: 'stopped', tasks: stopped, endedAt: NOW })?.words ?? '',
      /was stopped/,
    );
    assert.equal(told(undefined, { ...single, status: 'interrupted' })?.act, 'goOn');
    const unproven = tasks.map((task) => ({ ...task, phase: 'unproven' as const }));
    for (const status of ['done', 'failed', 'stopped'] as const)
      assert.equal(told(single, { ...single, status, tasks: unproven, endedAt: NOW }), undefined);
  });
});

describe('The lens of a task', () => {
  const words = (run: typeof RUNNING, id: string) => {
    const task = run.tasks.find((each) => each.id === id);
    assert.ok(task);
    return lensWords(task, run, NOW);
  };

  it('says what became of it', () => {
    assert.equal(words(RUNNING, '3.1'), 'Done, 3 checks, 8 tests');
    assert.equal(words(RUNNING, '3.2'), 'Failed: one test that passed before fails now');
    assert.equal(words(RUNNING, '3.3'), 'Running 2:12, npm test');
    assert.equal(words(RUNNING, '4.3'), 'Waits for 3.2');
    assert.equal(words(UNPROVEN, '3.2'), 'Not proved: no check ran: not ticked');
  });
});
