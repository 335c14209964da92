import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { type RunState, SKIPPED } from '../../../src/core/tasks/run/model';
import { placesIn } from '../../../src/vscode/features/run/runDetail';
import { commandOf } from '../../../src/webview/run/keys';
import { tellingLines } from '../../../src/webview/run/outputLines';
import { optionOf, selectionOf } from '../../../src/webview/run/selection';
import { canStop, filledAct, moveFrom, rowsOf, wantedRow, waveWords } from '../../../src/webview/run/tasks';
import { readUiState } from '../../../src/webview/run/uiState';
import {
  ALL_DONE,
  CAUGHT,
  evidence,
  GOING_ON,
  LONG,
  NOW,
  PLAN,
  planned,
  RUNNING,
  shown,
  UNPROVEN,
  withTask,
} from '../../support/gallery/runFixtures';
import { runs } from '../../support/soak';

const failed = shown(RUNNING, '3.2');
const row = (id: string, model = failed) => rowsOf(model.waves).find((each) => each.id === id);

describe('The run panel', () => {
  it('says how far a run is, what it cost, and what is left', () => {
    assert.deepEqual(failed.summary, {
      done: '7 of 11 done',
      others: ['2 running', '1 failed', '1 waits', '1 optional'],
    });
    assert.equal(failed.cost, '$1.84 of $5.00');
    assert.equal(failed.about, 'url-shortener, required tasks, 2 workers');
    assert.equal(shown(ALL_DONE, undefined).left, undefined);
  });

  it('says of each task what matters now', () => {
    assert.deepEqual(row('1.1')?.facts, ['$0.18', '9 tests']);
    assert.deepEqual(row('3.1')?.facts, ['$0.24', '8 tests', '2 tries']);
    assert.deepEqual(row('3.2')?.facts, ['$0.62', 'try 2 of 3']);
    assert.deepEqual(row('3.3')?.facts, ['npm test']);
    assert.deepEqual(row('4.2')?.facts, ['editing sweeper.ts']);
    assert.deepEqual(row('4.3')?.facts, ['waits for 3.2']);
    assert.deepEqual(row('2.3')?.facts, ['optional, not in this run']);
  });

  it('sets the claim against the checks in one sentence', () => {
    const { claim, says, why } = failed.detail?.verdict ?? {};
    assert.equal(
      `${claim} ${says} ${why}`,
      'The session said it was done. The checks disagree: one test that passed before fails now. No test names criterion 2.4.',
    );
    const proved = shown(RUNNING, '1.1').detail?.verdict;
    assert.equal(proved?.says, 'The checks agree.');
    const nothing = shown(UNPROVEN, '3.2').detail?.verdict;
    assert.equal(nothing?.claim, 'The session said that nothing had to change: “The cache is read already.”');
    assert.equal(nothing?.says, 'Nothing proves it:');
  });

  it('shows each check before and after, the criteria and the boundary', () => {
    const rows = failed.detail?.checks.map(({ name, before, after, verdict }) => [
      name,
      before,
      after,
      verdict,
    ]);
    assert.deepEqual(rows, [
      ['npm test', '36 passed', '36 passed, 1 failed, 0 skipped', 'worse'],
      ['npm run typecheck', 'exit 0', 'exit 0, 4.1 s', 'no worse'],
      ['npm run lint', 'exit 0', 'exit 0, 2.3 s', 'no worse'],
      ['Criteria named by a test that ran', '', '2.3 yes, 2.4 no', '1 of 2'],
      ['Files inside the boundary', 'src, test', '3 of 3', 'all inside'],
    ]);
    assert.equal(shown(CAUGHT, '3.2').detail?.checks.at(-1)?.verdict, '1 outside');
  });

  it('finds the places that an output names, and none in packages', () => {
    assert.deepEqual(
      placesIn(
        'at test/a.test.ts:58:3\nat /w/node_modules/x/y.js:1\nsee http://h:80 and test/a.test.ts:58 src/b.c:2',
      ),
      [
        { path: 'test/a.test.ts', line: 58 },
        { path: 'src/b.c', line: 2 },
      ],
    );
  });

  it('shows of a long output where it fails', () => {
    const lines = ['TAP version 13', ...Array.from({ length: 30 }, (_, n) => `line ${n}`)];
    assert.deepEqual(
      tellingLines(lines, 2),
      ['line 28', 'line 29'],
      'the end, where nothing is known to fail',
    );
    assert.deepEqual(tellingLines(['a', 'not ok 1 - greets', 'b', 'c', 'd'], 2), ['not ok 1 - greets', 'b']);
    assert.deepEqual(tellingLines(['a', 'b', 'FAIL x'], 2), ['b', 'FAIL x']);
  });

  it('offers only what can be done', () => {
    const acts = (run: RunState, task: string) => shown(run, task).detail?.acts;
    assert.deepEqual(acts(RUNNING, '3.2'), ['retry', 'changes', 'restore', 'skip', 'evidence', 'session']);
    assert.deepEqual(acts(RUNNING, '4.3'), ['skip']);
    assert.deepEqual(acts(RUNNING, '4.2'), ['session']);
    assert.ok(acts(UNPROVEN, '3.2')?.includes('markDone'));
    assert.ok(!acts(UNPROVEN, '3.2')?.includes('skip'), 'the run is over');
  });

  it('fills one button at most: the next right act', () => {
    assert.equal(filledAct(failed), 'retry');
    assert.equal(filledAct(shown(RUNNING, '4.2')), undefined, 'the chosen task cannot be retried');
    assert.equal(filledAct(shown(GOING_ON, '3.2')), undefined);
    assert.equal(filledAct(shown({ ...GOING_ON, status: 'interrupted' }, '3.2')), 'goOn');
    assert.equal(filledAct(shown({ ...RUNNING, needs: [{ kind: 'budget' }] }, '3.2')), 'goOn');
    assert.equal(filledAct(shown(ALL_DONE, '1.1')), 'report');
    assert.equal(filledAct(planned(PLAN)), 'start');
  });

  it('says in a sentence why it waits for the person', () => {
    const words = (run: RunState) => shown(run, undefined).notice?.words;
    assert.match(words(RUNNING) ?? '', /^3\.2 failed after 2 tries/);
    assert.match(
      words({ ...RUNNING, needs: [{ kind: 'permission', session: 's-4.2' }] }) ?? '',
      /^4\.2 asks/,
    );
    assert.match(words({ ...RUNNING, needs: [{ kind: 'budget' }] }) ?? '', /\$5\.00 is reached/);
    assert.match(words({ ...GOING_ON, status: 'interrupted' }) ?? '', /Nothing is lost/);
    assert.equal(words(GOING_ON), undefined);
  });

  it('begins with the task that wants to be looked at', () => {
    assert.equal(wantedRow(failed), '3.2');
    assert.equal(
      wantedRow(shown({ ...RUNNING, needs: [{ kind: 'permission', session: 's-4.2' }] }, undefined)),
      '4.2',
    );
    assert.equal(wantedRow(shown(ALL_DONE, undefined)), '1.1');
    assert.equal(wantedRow({ waves: [], notice: undefined }), undefined);
  });

  it('keeps a conflict in sight with its one act, whatever else there is, until it is settled', () => {
    const conflict = { kind: 'conflict', task: '3.2', paths: ['src/redirector.ts'] } as const;
    const over = { ...RUNNING, status: 'failed', needs: [conflict], endedAt: NOW } as const;
    for (const run of [{ ...RUNNING, needs: [conflict] }, over]) {
      const model = shown(run, '1.1');
      assert.match(model.notice?.words ?? '', /^What 3\.2 changed does not merge .*src\/redirector\.ts/);
      assert.equal(model.notice?.act, 'retry');
      assert.equal(filledAct(model), 'noticeRetry', 'the detail is of another task');
      assert.equal(filledAct(shown(run, '3.2')), 'retry');
    }
    const asked = { ...RUNNING, needs: [conflict, { kind: 'permission', session: 's-4.2' }] } as const;
    assert.match(shown(asked, undefined).notice?.words ?? '', /^4\.2 asks for your permission/);
    const two = { ...over, needs: [conflict, { ...conflict, task: '4.2' }] } as const;
    assert.match(shown(two, undefined).notice?.words ?? '', /After it, 4\.2: it does not merge either/);
    const ticked = shown(over, undefined, { boxOf: () => 'done' });
    assert.equal(ticked.notice?.act, undefined, 'somebody did it by hand');
    const alone = withTask(over, '3.2', { evidence: [evidence({ verdict: 'proved', reasons: [] })] });
    const said = shown(withTask(alone, '3.2', { reason: 'It does not fit: a.ts. Retry it.' }), '3.2').detail
      ?.verdict;
    assert.equal(`${said?.says} ${said?.why}`, 'The checks agree, and yet: It does not fit: a.ts. Retry it.');
  });

  it('says what tasks.md says now: a box that was opened again, and one that was ticked since', () => {
    const reopened = shown(ALL_DONE, '1.1', { boxOf: ({ id }) => (id === '1.1' ? 'open' : 'done') });
    assert.deepEqual(reopened.tag, { words: '1 open again', look: 'reopened' });
    assert.equal(reopened.detail?.tag, 'Open again');
    assert.ok(reopened.detail?.acts.includes('retry'));
    assert.equal(row('1.1', reopened)?.phase, 'reopened');
    assert.deepEqual(reopened.summary, { done: '10 of 11 done', others: ['1 open again', '1 optional'] });
    assert.deepEqual(shown(ALL_DONE, '1.1').tag, { words: 'All done', look: 'done' });

    const over = withTask({ ...UNPROVEN, tasks: ALL_DONE.tasks }, '3.2', { phase: 'failed' });
    assert.equal(shown(over, '3.2').notice?.words, 'Nothing proves 3.2.');
    const since = shown(over, '3.2', { boxOf: () => 'done' });
    assert.deepEqual(since.tag, { words: 'All ticked since', look: 'ticked' });
    assert.equal(since.notice, undefined, 'a later run proved it');
    assert.equal(since.detail?.tag, 'Ticked since');
    assert.ok(!since.detail?.acts.includes('retry'));
    assert.equal(filledAct(since), 'report');
    const again = withTask(over, '3.2', { phase: 'waiting', again: true });
    assert.equal(row('3.2', shown(again, '3.2', { boxOf: () => 'done' }))?.phase, 'waiting');
  });

  it('says where the work of tasks lies that were stopped side by side', () => {
    const words = (run: RunState) => shown(run, undefined).notice?.words ?? '';
    const stopped = {
      ...withTask(RUNNING, '4.2', { phase: 'stopped' }),
      status: 'stopped',
      needs: [],
    } as const;
    const over = { ...stopped, endedAt: NOW };
    assert.match(words(over), /^What 3\.2 and 4\.2 changed is not in the workspace: it is kept beside it/);
    assert.equal(words({ ...over, options: { ...over.options, parallel: 1 } }), '');
    assert.equal(words({ ...over, fewer: { most: 1, reason: 'No repository.' } }), '');
  });

  it('says that fewer tasks run at a time than were wanted, and why, until something needs you', () => {
    const run = { ...GOING_ON, options: { ...GOING_ON.options, parallel: 4 } };
    const fewer = { ...run, fewer: { most: 2, reason: 'It is large.' } };
    assert.equal(shown(run, undefined).notice, undefined);
    const { notice, about } = shown(fewer, undefined);
    assert.deepEqual(
      [notice?.tone, notice?.words],
      ['plain', '2 tasks at a time instead of 4. It is large.'],
    );
    assert.match(about, /2 of 4 workers/);
    const asks = { ...fewer, needs: [{ kind: 'permission', session: 's-4.2' }] } as const;
    assert.match(shown(asks, undefined).notice?.words ?? '', /asks for your permission/);
    assert.equal(shown({ ...fewer, status: 'done', endedAt: NOW }, undefined).notice, undefined);
  });

  it('says which boxes a program ticked, during the run and after it', () => {
    const reopened = { ...GOING_ON, reopened: ['4.3 Daily report'] };
    for (const run of [reopened, { ...reopened, status: 'done', endedAt: NOW } as const]) {
      const { notice } = shown(run, undefined);
      assert.equal(notice?.tone, 'warn');
      assert.match(
        notice.words,
        /^“4\.3 Daily report” was ticked .* by a program .* its box was opened again\./,
      );
    }
  });

  it('names what is not done of a run that is, and says who skipped a task, and why', () => {
    const skipped = withTask(ALL_DONE, '3.2', { phase: 'skipped', reason: SKIPPED, evidence: [] });
    const words = ({ detail, tag }: ReturnType<typeof shown>) => [
      tag?.words,
      `${detail?.verdict.says} ${detail?.verdict.why}`.trim(),
    ];
    const boxOf = () => 'open' as const;
    const done = ({ phase }: { readonly phase: string }) => (phase === 'done' ? 'done' : 'open');
    assert.deepEqual(words(shown(skipped, '3.2', { boxOf: done })), ['Done, 1 skipped', 'You skipped it.']);
    const gone = withTask(skipped, '3.2', { reason: 'tasks.md is gone.' });
    assert.equal(words(shown(gone, '3.2', { boxOf }))[1], 'It was skipped: tasks.md is gone.');
    const tried = withTask(gone, '3.2', { reason: 'It was ticked meanwhile.', evidence: [evidence()] });
    assert.match(
      words(shown(tried, '3.2', { boxOf }))[1] ?? '',
      /^It was skipped: it was ticked meanwhile\. The last try: one test that passed before fails now\./,
    );
  });

  it('reaches every task by the arrows, and leaves none for nowhere', () => {
    const { waves } = shown(LONG, undefined);
    const all = rowsOf(waves).map(({ key }) => key);
    let at = moveFrom(waves, undefined, 'first');
    const seen = new Set([at]);
    for (let step = 0; step < all.length; step++) {
      at = moveFrom(waves, at, 'down');
      seen.add(at);
    }
    assert.equal(seen.size, all.length);
    assert.equal(moveFrom(failed.waves, '1.2', 'right'), '2.2');
    assert.equal(moveFrom(failed.waves, '4.2', 'right'), '2.3', 'the lowest where the wave is shorter');
    const ways = fc.array(fc.constantFrom('up', 'down', 'left', 'right', 'first', 'last' as const));
    fc.assert(
      fc.property(ways, (way) => {
        const end = way.reduce<string | undefined>(
          (key, direction) => moveFrom(waves, key, direction),
          undefined,
        );
        assert.ok(end === undefined ? way.length === 0 : all.includes(end));
      }),
      runs(60),
    );
  });

  it('says of a wave first what is wrong with it', () => {
    assert.deepEqual(
      failed.waves.map((wave) => waveWords(wave).state),
      ['done', 'done', '1 failed', 'waiting'],
    );
    assert.equal(waveWords({ number: 1, rows: [] }).state, 'not in this run');
  });

  it('shows before a run what it would touch, and how it would be proved', () => {
    const model = planned(PLAN);
    assert.equal(model.about, 'url-shortener, 3 tasks in 2 waves, 2 at a time');
    assert.equal(model.plan?.touches, 'src/store/**, test/store/**; 2 tasks have no _Boundary');
    assert.deepEqual(
      model.plan?.checks.map(({ command }) => command),
      ['npm test -- links', 'npm test', 'npm run lint'],
    );
    assert.deepEqual(model.detail?.planned, { boundary: [], checks: ['npm test -- links'] });
    assert.equal(model.plan?.estimate, 'about 14 min and $0.92, by earlier tasks');
    assert.equal(planned({ ...PLAN, tasks: [] }).status, 'nothing');
    const finding = { rule: 'task-cycle', message: 'Task 3 waits for itself.', range: { start: 0, end: 1 } };
    assert.equal(filledAct(planned({ ...PLAN, findings: [finding] })), undefined);
  });

  it('runs what covers a requirement, or again from a task, and says why there is nothing to run', () => {
    const { requirements, tasks } = planned(PLAN).plan ?? {};
    assert.deepEqual(requirements?.at(-1), {
      key: '2',
      words: '2 Redirect by a code, also when the store of li…',
    });
    assert.deepEqual(tasks?.at(-1), { key: '4', words: '4 Property test: round trip' });
    const chosen = [
      { kind: 'required' },
      { kind: 'all' },
      { kind: 'covering', requirement: 'GE-1:2' },
      { kind: 'from', key: '@12' },
    ] as const;
    for (const selection of chosen) assert.deepEqual(selectionOf(optionOf(selection)), selection);
    const empty = (selection: (typeof chosen)[number]) =>
      planned({ ...PLAN, tasks: [] }, { choices: { selection, parallel: 1, tries: 3, reviewer: false } }).plan
        ?.empty;
    assert.match(empty(chosen[0]) ?? '', /every required task is done/);
    assert.match(empty(chosen[2]) ?? '', /no open task names requirement GE-1:2/);
    assert.equal(planned(PLAN).plan?.empty, undefined);
    const [first, ...others] = PLAN.tasks;
    assert.ok(first);
    const again = planned({
      ...PLAN,
      tasks: [{ ...first, task: { ...first.task, state: 'done' } }, ...others],
    });
    assert.ok(row('1', again)?.facts.includes('done again'));
    assert.ok(shown(ALL_DONE, '1.1').detail?.acts.includes('from'));
    assert.ok(!failed.detail?.acts.includes('from'), 'not while it goes on');
  });

  it('leaves letters to the hint, and Ctrl+Enter sends it', () => {
    const press = (key: string, typing = false, ctrlKey = false) =>
      commandOf({ key, ctrlKey, metaKey: false, altKey: false }, { typing, onControl: false })?.do;
    assert.equal(press('z'), 'restore');
    assert.equal(press('x'), 'stop');
    assert.equal(press('z', true), undefined);
    assert.equal(press('Enter', true, true), 'send');
    assert.equal(press('Escape', true), 'escape');
    assert.equal(press('p', false, true), undefined);
  });

  it('can be stopped by a key while it goes on, and not after', () => {
    for (const [status, can] of [
      ['running', true],
      ['needsYou', true],
      ['paused', true],
      ['stopping', true],
      ['stopped', false],
      ['interrupted', false],
      ['done', false],
    ] as const)
      assert.equal(canStop({ status }), can, status);
  });

  it('starts plainly from a kept state that is none', () => {
    for (const kept of [undefined, null, 7, { task: 4, hints: { a: 7, b: '' } }, { hints: 'x' }])
      assert.deepEqual(readUiState(kept), { task: undefined, hints: {} });
    assert.deepEqual(readUiState({ task: '1', hints: { 1: 'so' } }), { task: '1', hints: { 1: 'so' } });
  });

  it('tells the panel the time of the host', () => assert.equal(failed.now, NOW));
});
