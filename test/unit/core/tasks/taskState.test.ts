// Verifies: run-engine#3.3
/** The right box or none: what became of a running task in a file that was edited meanwhile. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Task } from '../../../../src/core/spec/model';
import { parseTasks } from '../../../../src/core/spec/tasks/parseTasks';
import { flattenTasks } from '../../../../src/core/spec/tasks/taskTree';
import { findAgain } from '../../../../src/core/tasks/taskState';
import { tasksText } from '../coreHarness';

function taskIn(text: string, line: string): Task {
  const task = flattenTasks(parseTasks(text).tasks).find(
    (each) => text.slice(each.headRange.start, each.headRange.end) === line,
  );
  assert.ok(task, line);
  return task;
}

/** @param before The running task's line when it began; @param found Its line now, undefined for none. */
function check(
  lines: readonly string[],
  before: string,
  now: readonly string[],
  found: string | undefined,
): void {
  const task = { ...taskIn(tasksText(...lines), before), state: 'inProgress' as const };
  const text = tasksText(...now);
  const again = findAgain(parseTasks(text), task);
  assert.equal(again && text.slice(again.headRange.start, again.headRange.end), found);
}

describe('a task is found again', () => {
  const plan = ['- [ ] 1. A', '- [ ] 2. B', '- [ ] 3. C'];
  const cases: readonly [string, readonly string[], string, readonly string[], string | undefined][] = [
    ['where it was', plan, '- [ ] 2. B', ['- [x] 1. A', '- [-] 2. B', '- [ ] 3. C'], '- [-] 2. B'],
    [
      'renumbered: another has its number now',
      plan,
      '- [ ] 2. B',
      ['- [ ] 1. A', '- [ ] 2. New', '- [-] 3. B'],
      '- [-] 3. B',
    ],
    [
      'renumbered and its mark taken away',
      plan,
      '- [ ] 2. B',
      ['- [ ] 1. A', '- [ ] 2. New', '- [ ] 3. B'],
      '- [ ] 3. B',
    ],
    ['reordered', plan, '- [ ] 2. B', ['- [ ] 3. C', '- [-] 2. B', '- [ ] 1. A'], '- [-] 2. B'],
    [
      'moved below another',
      plan,
      '- [ ] 2. B',
      ['- [ ] 1. A', '  - [-] 1.1 B', '- [ ] 2. C'],
      '  - [-] 1.1 B'.trim(),
    ],
    ['removed', plan, '- [ ] 2. B', ['- [ ] 1. A', '- [ ] 2. C'], undefined],
    ['replaced by another of its number', plan, '- [ ] 2. B', ['- [ ] 1. A', '- [ ] 2. Else'], undefined],
    ['reworded', plan, '- [ ] 2. B', ['- [ ] 1. A', '- [-] 2. B, but better'], undefined],
    [
      'one of several of the same words, by its number',
      ['- [ ] 1. A', '- [ ] 2. Checkpoint', '- [ ] 3. C', '- [ ] 4. Checkpoint'],
      '- [ ] 4. Checkpoint',
      ['- [ ] 1. A', '- [ ] 2. Checkpoint', '- [ ] 3. C', '- [-] 4. Checkpoint'],
      '- [-] 4. Checkpoint',
    ],
    [
      'one of several of the same words, renumbered onto another’s number',
      ['- [ ] 1. A', '- [ ] 2. Checkpoint', '- [ ] 3. C', '- [ ] 4. Checkpoint'],
      '- [ ] 4. Checkpoint',
      ['- [-] 2. Checkpoint', '- [ ] 3. New', '- [ ] 4. Checkpoint'],
      '- [-] 2. Checkpoint',
    ],
    [
      'twins without numbers, by their mark',
      ['- [ ] Same', '- [ ] Same'],
      '- [ ] Same',
      ['- [ ] Same', '- [-] Same'],
      '- [-] Same',
    ],
    [
      'twins without any sign: none rather than a guess',
      ['- [ ] Same', '- [ ] Same'],
      '- [ ] Same',
      ['- [ ] New', '- [ ] Same', '- [ ] Same'],
      undefined,
    ],
  ];
  for (const [what, lines, before, now, found] of cases) it(what, () => check(lines, before, now, found));

  it('never as a task of other words, whatever was done to the file', () => {
    const title = fc.constantFrom('A', 'B', 'Checkpoint', 'Write tests');
    const line = fc.tuple(
      fc.constantFrom(' ', '-', 'x', '~'),
      fc.constantFrom('', '1. ', '2. ', '2.1 ', '3. '),
      title,
    );
    const plans = fc
      .array(line, { minLength: 1, maxLength: 6 })
      .map((all) => all.map(([box, id, text]) => `- [${box}] ${id}${text}`));
    fc.assert(
      fc.property(plans, plans, fc.nat(), (lines, now, index) => {
        const all = flattenTasks(parseTasks(tasksText(...lines)).tasks);
        const task = all[index % all.length] as Task;
        const again = findAgain(parseTasks(tasksText(...now)), { ...task, state: 'inProgress' });
        assert.ok(again === undefined || again.title === task.title);
        const same = flattenTasks(parseTasks(tasksText(...now)).tasks).filter(
          (each) => each.title === task.title,
        );
        const running = same.filter(({ state }) => state === 'inProgress');
        if (running.length === 1) assert.equal(again?.line, running[0]?.line);
      }),
      { seed: 19, numRuns: 500 * (process.env.EARSHOT_SOAK ? 20 : 1) },
    );
  });
});
