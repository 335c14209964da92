// Feature: run-engine, Property 4: Lies are caught
// Verifies: run-engine#2.9
/** Boxes that are ticked while tasks run: by the run, by the person, by a program. */
import assert from 'node:assert/strict';
import type { SessionState } from '../../../../../src/core/agent/session/sessionState';
import type { Spec } from '../../../../../src/core/spec/model';
import { markdownReport } from '../../../../../src/core/tasks/report/markdownReport';
import { reopenedWords } from '../../../../../src/core/tasks/report/needWords';
import { runReport } from '../../../../../src/core/tasks/report/runReport';
import { createBoxes } from '../../../../../src/core/tasks/run/boxes';
import { RUN_OPTIONS, type RunState } from '../../../../../src/core/tasks/run/model';
import { type Harness, notes, SPEC } from '../../coreHarness';
import { approved, boxes, DONE, ONE, TASKS, write } from '../taskHarness';

const THREE = ['1', '2', '3'].flatMap((id) => [`- [ ] ${id}. Task`, `  - _Verify: check ${id}_`]);
const phases = ({ tasks }: RunState) => tasks.map(({ key, phase }) => `${key} ${phase}`);
const SAID =
  /^“2 Task” and “3 Task” were ticked in tasks\.md by a program while tasks ran.* their boxes were opened again\./;

describe('A box that is ticked while tasks run', () => {
  /** Three tasks; the check of the first is the program. */
  async function running(act: (harness: Harness, text: string) => Promise<void>) {
    const harness: Harness = await approved(THREE, {
      turns: [DONE, DONE, DONE],
      async commands(_, index) {
        if (index === 1) await act(harness, harness.ports.files.text(TASKS) ?? '');
        return 0;
      },
    });
    const state = await harness.core.runs.start(SPEC, RUN_OPTIONS);
    const [first] = state.tasks;
    const session = harness.core.sessions.get(first?.sessions[0]?.id ?? '') as SessionState;
    return { harness, state, session };
  }

  it('by a program is opened again, told, and its task is done all the same', async () => {
    const { harness, state, session } = await running(({ ports }, text) =>
      ports.files.writeText(TASKS, text.replaceAll('[ ]', '[x]')),
    );
    assert.deepEqual(phases(state), ['1 done', '2 done', '3 done']);
    assert.deepEqual(boxes(harness), ['x1. Task', 'x2. Task', 'x3. Task']);
    const verdicts = state.tasks.map(({ evidence }) => evidence.at(-1)?.verdict);
    assert.deepEqual(verdicts, ['proved', 'proved', 'proved']);
    assert.deepEqual(state.reopened, ['2 Task', '3 Task']);
    assert.match(reopenedWords(state) ?? '', SAID);
    assert.match(notes(session)[0] ?? '', SAID);
    const report = markdownReport(runReport(state, { spec: 'links', now: 0 }));
    assert.match(report, /^> “2 Task” and “3 Task” were ticked/m);
  });

  it('by a program proves nothing, be it its own or one that is not run', async () => {
    const lines = [...ONE, '- [ ]* 2. Later', '- [ ] 3. Group', '  - [ ]* 3.1 Sub'];
    const harness: Harness = await approved(lines, {
      turns: [write('src/a'), { text: 'Done.' }],
      async commands(_, index) {
        if (index === 0) return { exitCode: 0, output: '  1 passing (1ms)\n' };
        const text = harness.ports.files.text(TASKS) ?? '';
        await harness.ports.files.writeText(TASKS, text.replace(/\[[ -]\]/g, '[x]'));
        return { exitCode: 1, output: '  0 passing (1ms)\n  1 failing\n' };
      },
    });
    const one = { ...RUN_OPTIONS, tries: 1, selection: { kind: 'task', key: '1' } } as const;
    const state = await harness.core.runs.start(SPEC, one);
    assert.deepEqual(phases(state), ['1 failed']);
    assert.deepEqual(boxes(harness), [' 1. Sweep', ' 2. Later', ' 3. Group', ' 3.1 Sub']);
    assert.deepEqual(state.reopened, ['1 Sweep', '2 Later', '3 Group', '3.1 Sub']);
  });

  it('by the person in Earshot stays, though a program ran just then', async () => {
    const { harness, state } = await running(async ({ core }) => {
      await core.tasks.toggle(SPEC, '2');
      await core.tasks.markDone(SPEC, '3');
    });
    assert.deepEqual(phases(state), ['1 done', '2 skipped', '3 skipped']);
    assert.deepEqual([boxes(harness)[1], state.reopened], ['x2. Task', undefined]);
  });

  it('by the person in their editor stays', async () => {
    const { state } = await running(async ({ ports }, text) => {
      const ticked = text.replace('[ ] 2.', '[x] 2.');
      await ports.files.writeText(TASKS, ticked);
      ports.person.saved.set(TASKS, ticked);
    });
    assert.deepEqual(phases(state), ['1 done', '2 skipped', '3 done']);
    assert.equal(state.reopened, undefined);
  });

  it('by a program is opened again also where the editor saves for another task then', async () => {
    const { core, ports } = await approved(THREE);
    const spec = core.specs.get(SPEC) as Spec;
    const found = createBoxes(ports, spec, new Set());
    const told: (readonly string[])[] = [];
    await found.during(
      async () => {
        await ports.files.writeText(TASKS, (ports.files.text(TASKS) ?? '').replace('[ ] 2.', '[x] 2.'));
        await found.write(async () => {
          const text = (ports.files.text(TASKS) ?? '').replace('[ ] 1.', '[-] 1.');
          await ports.files.writeText(TASKS, text);
          ports.person.saved.set(TASKS, text);
        });
      },
      (tasks) => told.push(tasks),
    );
    assert.deepEqual(told, [['2 Task']]);
    assert.match(ports.files.text(TASKS) ?? '', /\[-\] 1\.[\s\S]*\[ \] 2\./);
  });

  it('before a task began stays, whoever did it', async () => {
    const { state } = await running(async ({ core, ports }) => {
      const [run] = core.runs.known;
      core.runs.pause(run?.id ?? '');
      core.runs.onDidChange(() => {
        const now = core.runs.get(run?.id ?? '');
        if (now?.tasks[0]?.phase !== 'done' || now.status !== 'paused') return;
        void ports.files
          .writeText(TASKS, (ports.files.text(TASKS) ?? '').replace('[ ] 2.', '[x] 2.'))
          .then(() => core.runs.unpause(now.id));
      });
    });
    assert.deepEqual(phases(state), ['1 done', '2 skipped', '3 done']);
    assert.equal(state.reopened, undefined);
  });
});
