// Feature: run-engine, Property 10: Side by side is one after the other
// Verifies: run-engine#3.5, #3.6
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActError } from '../../../../../src/core/actError';
import { runReport } from '../../../../../src/core/tasks/report';
import { fewerWords, needWords } from '../../../../../src/core/tasks/report/needWords';
import type { CopySize } from '../../../../../src/core/tasks/run/copyLimits';
import type { RunState } from '../../../../../src/core/tasks/run/model';
import type { Worktrees } from '../../../../../src/core/tasks/run/worktrees';
import { lazy } from '../../../../../src/core/util/lazy';
import { describeFolder } from '../../../../support/gitFolder';
import type { ModelTurn } from '../../../../support/scriptedModel';
import { createTestPorts } from '../../../../support/testPorts';
import { DONE, write } from '../taskHarness';
import { apart, type Desk, openDesk } from './copiesHarness';

const phases = ({ tasks }: RunState) => tasks.map(({ key, phase }) => `${key} ${phase}`);
const edit = (path: string, oldText: string, newText: string): ModelTurn => ({
  tools: [{ name: 'edit_file', input: { path, oldText, newText } }],
});

/** Does something before the turn ends, once. */
function holding(turn: ModelTurn, act: () => Promise<void>): ModelTurn {
  const once = lazy(act);
  return {
    ...turn,
    get hold() {
      return once();
    },
  };
}

describe('Tasks side by side', function () {
  // Git is asked many times.
  this.timeout(60_000);
  let desk: Desk;
  const boxes = async () =>
    [...(await readFile(`${desk.spec}/tasks.md`, 'utf8')).matchAll(/\[(.)\] (\d)/g)].map(
      ([, box, id]) => `${box}${id}`,
    );
  const text = (path: string) => readFile(join(desk.folder.top, path), 'utf8');
  afterEach(() => desk.folder.remove());

  it('work at one time, each alone, and leave what they would have left one after the other', async () => {
    const checks = [1, 2, 3].map((id) => `test -f ${id}.txt`);
    const trees = [];
    for (const parallel of [3, 1]) {
      desk = await openDesk(apart(...checks));
      let here = 0;
      let release = () => {};
      const all = new Promise<void>((resolve) => {
        release = resolve;
      });
      // Nobody goes on before all are here: one after the other, that would be never.
      const meet = (turn: ModelTurn): ModelTurn =>
        holding(turn, async () => {
          here++;
          if (here === parallel) release();
          await all;
        });
      const script = Object.fromEntries(
        [1, 2, 3].map((id) => [id, [meet(write(`${id}.txt`, `by ${id}`)), DONE]]),
      );
      const { run, core } = await desk.open(script);
      const state = await run({ parallel });
      assert.deepEqual([state.status, state.fewer], ['done', undefined]);
      assert.deepEqual(phases(state), ['1 done', '2 done', '3 done']);
      if (parallel > 1)
        assert.deepEqual(
          state.tasks.map(({ evidence }) =>
            evidence.map(({ verdict, files }) => [verdict, files.map(({ path }) => path)]),
          ),
          [1, 2, 3].map((id) => [['proved', [`${id}.txt`]]]),
        );
      trees.push(await describeFolder(desk.folder.top));
      if (parallel > 1) assert.deepEqual(await describeFolder(join(desk.folder.own, 'worktrees')), {});
      await core.close();
      if (parallel > 1) await desk.folder.remove();
    }
    // Records tell the time.
    const [parallel, sequential] = trees.map((tree) =>
      Object.entries(tree).filter(([path]) => !path.endsWith('.jsonl')),
    );
    assert.deepEqual(parallel, sequential);
  });

  it('build on what was done in the waves before them', async () => {
    const lines = [
      '- [ ] 1. Task',
      '  - _Depends: none_',
      '  - _Verify: test -f 1.txt_',
      '- [ ] 2. Task',
      '  - _Depends: none_',
      '  - _Verify: test -f 2.txt_',
      '- [ ] 3. Task',
      '  - _Depends: 1, 2_',
      '  - _Verify: test -f 1.txt && test -f 2.txt && test -f 3.txt_',
    ];
    desk = await openDesk(lines);
    const { run } = await desk.open({ 1: [write('1.txt')], 2: [write('2.txt')], 3: [write('3.txt')] });
    assert.deepEqual(phases(await run()), ['1 done', '2 done', '3 done']);
  });

  it('have a clash of lines put right by one session, which is told of both', async () => {
    desk = await openDesk(apart('grep -q first a.txt', 'grep -q second a.txt'));
    const { run, core, prompts } = await desk.open({
      1: [edit('a.txt', 'two', 'first')],
      2: [edit('a.txt', 'two', 'second')],
      'merge 2': [write('a.txt', 'one\nfirst and second\nthree\n')],
    });
    const state = await run();
    assert.deepEqual(phases(state), ['1 done', '2 done']);
    assert.equal(await text('a.txt'), 'one\nfirst and second\nthree\n');
    assert.deepEqual(
      state.tasks[1]?.sessions.map(({ role }) => role),
      ['work', 'merge'],
    );
    const merge = prompts.find((prompt) => prompt.includes('Files with marks'));
    assert.match(merge ?? '', /<other-task>\\n1 Task/);
    assert.match(merge ?? '', /- a\.txt/);
    assert.equal(core.sessions.known.length, 3);
    assert.deepEqual(await boxes(), ['x1', 'x2']);
  });

  it('come to the person where a clash is not put right: nothing of it is taken over, and a retry begins anew', async () => {
    desk = await openDesk(apart('grep -q first a.txt', 'grep -q second a.txt'));
    const needs: unknown[] = [];
    const first = await desk.open({
      1: [edit('a.txt', 'two', 'first')],
      2: [edit('a.txt', 'two', 'second')],
    });
    first.core.runs.onDidChange((id) => needs.push(first.core.runs.get(id)?.needs));
    const state = await first.run();
    assert.deepEqual(phases(state), ['1 done', '2 failed']);
    assert.match(state.tasks[1]?.reason ?? '', /a\.txt\. They still hold the marks of a conflict/);
    assert.ok(
      needs.some((need) => JSON.stringify(need) === '[{"kind":"conflict","task":"2","paths":["a.txt"]}]'),
    );
    assert.equal(await text('a.txt'), 'one\nfirst\nthree\n');
    assert.deepEqual(await boxes(), ['x1', ' 2']);
    await first.core.close();
    const second = await desk.open({ 2: [edit('a.txt', 'first', 'first, second')] });
    assert.deepEqual(phases(await second.core.runs.retry(state.id, '2')), ['1 done', '2 done']);
    assert.equal(await text('a.txt'), 'one\nfirst, second\nthree\n');
  });

  it('leave evidence that names files as the workspace has them', async () => {
    desk = await openDesk(apart('echo "$PWD/1.txt" && test -f 1.txt'));
    const { run } = await desk.open({ 1: [write('1.txt')] });
    const [task] = (await run()).tasks;
    assert.equal(task?.evidence[0]?.checks[0]?.after.tail.trim(), '1.txt');
  });

  it('are not taken over where checks fail on both together', async () => {
    desk = await openDesk(apart('test -f 1.txt', 'test -f 2.txt && ! test -f 1.txt'));
    const { run } = await desk.open({ 1: [write('1.txt')], 2: [write('2.txt')] });
    const state = await run();
    assert.deepEqual(phases(state), ['1 done', '2 failed']);
    assert.match(state.tasks[1]?.reason ?? '', /is fine with this task alone, and not together/);
    await assert.rejects(text('2.txt'));
    assert.deepEqual(await boxes(), ['x1', ' 2']);
  });

  it('are taken over whole or not at all where the editor is closed in the middle of a merge, and it goes on', async () => {
    const opened = join(tmpdir(), `earshot-merge-${process.pid}`);
    // With both together it takes its time, until it is opened again.
    const slow = `test -f 2.txt && { test ! -f 1.txt || test -f ${opened} || sleep 50; }`;
    desk = await openDesk(apart('test -f 1.txt', slow));
    const first = await desk.open({ 1: [write('1.txt')], 2: [write('2.txt')] });
    let isMerging = false;
    first.core.runs.onDidChange((id) => {
      const task = first.core.runs.get(id)?.tasks[1];
      isMerging ||= task?.phase === 'merging';
      if (isMerging && task?.phase === 'checking') void first.core.close();
    });
    const state = await first.run();
    assert.deepEqual([state.status, state.reason], ['stopped', 'Earshot is closing.']);
    assert.deepEqual(phases(state), ['1 done', '2 stopped']);
    await assert.rejects(text('2.txt'));
    assert.deepEqual(await boxes(), ['x1', ' 2']);
    assert.match(
      needWords(state)?.words ?? '',
      /What 2 changed is not in the workspace: it is kept beside it/,
    );
    await writeFile(opened, '');
    try {
      const second = await desk.open({});
      const next = await second.core.runs.resume(state.id);
      assert.deepEqual([next.status, ...phases(next)], ['done', '1 done', '2 done']);
      assert.equal(await text('2.txt'), 'x');
      assert.deepEqual(await boxes(), ['x1', 'x2']);
    } finally {
      await rm(opened);
    }
  });

  it('hold one budget together: what one of them may still cost, no other spends', async () => {
    desk = await openDesk(apart('test -f 1.txt', 'test -f 2.txt', 'test -f 3.txt'));
    const dear = (turn: ModelTurn): ModelTurn => ({ ...turn, outputTokens: 2000 });
    const script = Object.fromEntries([1, 2, 3].map((id) => [id, [dear(write(`${id}.txt`)), dear(DONE)]]));
    const prices = { scripted: { input: 0, output: 1000, cacheRead: 0, cacheWrite: 0 } };
    const { settings } = createTestPorts({ settings: { autonomy: 'autopilot', prices } });
    const { run, core } = await desk.open(script, { settings });
    const state = await run({ parallel: 3, budget: 4.5 });
    const costs = core.sessions.known.map(({ state: { cost } }) => cost ?? 0);
    assert.ok(costs.reduce((all, cost) => all + cost, 0) <= 4.5, `${costs}`);
    assert.deepEqual([state.status, state.needs], ['stopped', [{ kind: 'budget' }]]);
    assert.ok(state.tasks.some(({ phase }) => phase === 'stopped') && !phases(state).includes('3 failed'));
  });

  it('leave what a person types meanwhile', async () => {
    desk = await openDesk(apart('grep -q first a.txt'));
    const typed = async () => desk.folder.write({ 'a.txt': 'zero\none\ntwo\nthree\n', 'mine.txt': 'mine\n' });
    const { run } = await desk.open({
      1: [holding(edit('a.txt', 'three', 'first'), typed)],
    });
    const state = await run({ parallel: 2 });
    assert.deepEqual(phases(state), ['1 done']);
    assert.equal(await text('a.txt'), 'zero\none\ntwo\nfirst\n');
    assert.deepEqual(
      state.tasks[0]?.evidence[0]?.files.map(({ path }) => path),
      ['a.txt'],
    );
  });

  it('run one after the other where there is no repository, and it is said', async () => {
    desk = await openDesk(apart('test -f 1.txt', 'test -f 2.txt'));
    await rm(join(desk.folder.top, '.git'), { recursive: true });
    const { run } = await desk.open({ 1: [write('1.txt')], 2: [write('2.txt')] });
    const state = await run();
    assert.deepEqual(phases(state), ['1 done', '2 done']);
    assert.equal(state.fewer?.most, 1);
    const words = fewerWords(state) ?? '';
    assert.match(words, /^One task at a time instead of 4\. The folder “.+” is in no Git repository\.$/);
    const report = runReport(state, { spec: 'links', now: 0 });
    assert.equal(report.fewer, words);
  });

  it('end with the reason where a copy cannot be made: what runs beside it ends well, and it goes on', async () => {
    desk = await openDesk(apart('test -f 1.txt', 'test -f 2.txt'));
    const full = (worktrees: Worktrees): Worktrees => ({
      ...worktrees,
      async open(...args) {
        const store = await worktrees.open(...args);
        const take: typeof store.take = async (name, signal) => {
          if (name === '2') throw new ActError('refused', 'The disk is full.');
          return store.take(name, signal);
        };
        return { ...store, take };
      },
    });
    const first = await desk.open({ 1: [write('1.txt')] }, {}, full);
    await assert.rejects(first.run(), /The disk is full/);
    const [state] = first.core.runs.known;
    assert.ok(state);
    assert.deepEqual([state.status, state.reason], ['failed', 'The disk is full.']);
    assert.deepEqual(phases(state), ['1 done', '2 waiting']);
    assert.deepEqual(await boxes(), ['x1', ' 2']);
    await first.core.close();
    const second = await desk.open({ 2: [write('2.txt')] });
    assert.deepEqual(phases(await second.core.runs.resume(state.id)), ['1 done', '2 done']);
  });

  describe('of a workspace of 100,000 files', () => {
    /** As large as that for whoever asks; and the names of the copies that lie there at each moment. */
    function large(size: CopySize) {
      const there = new Set<string>();
      let most = 0;
      const over = (worktrees: Worktrees): Worktrees => ({
        ...worktrees,
        async open(...args) {
          const store = await worktrees.open(...args);
          return {
            ...store,
            size: async () => size,
            async take(name, signal) {
              most = Math.max(most, there.add(name).size);
              return store.take(name, signal);
            },
            async remove(worktree) {
              there.delete(worktree.name);
              await store.remove(worktree);
            },
          };
        },
      });
      return { with: over, there, most: () => most };
    }
    const checks = [1, 2, 3, 4, 5].map((id) => `test -f ${id}.txt`);
    const script = Object.fromEntries([1, 2, 3, 4, 5].map((id) => [id, [write(`${id}.txt`), DONE]]));

    it('are fewer, and it is said why and where the limit is', async () => {
      desk = await openDesk(apart(...checks));
      const copies = large({ files: 100_000, bytes: 1_000_000_000 });
      const { run } = await desk.open(script, {}, copies.with);
      const state = await run({ parallel: 4 });
      assert.deepEqual(phases(state), ['1 done', '2 done', '3 done', '4 done', '5 done']);
      assert.equal(copies.most(), 2);
      assert.equal(
        fewerWords(state),
        '2 tasks at a time instead of 4. A copy of this workspace has 100,000 files, and all copies of a run together may have 200,000.',
      );
    });

    it('come one after the other where not even two fit', async () => {
      desk = await openDesk(apart(...checks));
      const copies = large({ files: 9, bytes: 4_100_000_000 });
      const { run } = await desk.open(script, {}, copies.with);
      const state = await run({ parallel: 4 });
      assert.deepEqual(phases(state), ['1 done', '2 done', '3 done', '4 done', '5 done']);
      assert.equal(copies.most(), 0);
      assert.equal(
        fewerWords(state),
        'One task at a time instead of 4. A copy of this workspace takes 4.1 GB, and all copies of a run together may take 8 GB.',
      );
    });

    it('leave no more copies than that for another try, and say of which the work is gone', async () => {
      desk = await openDesk(apart('false', 'false', 'false', 'false', 'test -f 5.txt'));
      const copies = large({ files: 100_000, bytes: 1 });
      const { run } = await desk.open(script, {}, copies.with);
      const state = await run({ parallel: 4, tries: 1 });
      assert.deepEqual(phases(state), ['1 failed', '2 failed', '3 failed', '4 failed', '5 done']);
      assert.equal(copies.most(), 2);
      const [left, ...others] = copies.there;
      assert.deepEqual(others, []);
      assert.ok(needWords(state)?.words.includes(`What ${left} changed is not in the workspace: it is kept`));
    });
  });
});
