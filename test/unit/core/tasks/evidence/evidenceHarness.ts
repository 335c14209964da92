/** Tasks, checks and results as short as a test wants them. */
import { createHash } from 'node:crypto';
import type { Task } from '../../../../../src/core/spec/model';
import { parseTasks } from '../../../../../src/core/spec/tasks/parseTasks';
import { findTask } from '../../../../../src/core/spec/tasks/taskTree';
import { type JudgeInput, judge } from '../../../../../src/core/tasks/evidence/judge';
import type { Check, CheckResult, Evidence } from '../../../../../src/core/tasks/evidence/model';

export const hasher = { sha256: (text: string) => createHash('sha256').update(text).digest('hex') };

export function taskOf(...lines: readonly string[]): Task {
  const document = parseTasks(`# Implementation Plan\n\n## Tasks\n\n${lines.join('\n')}\n`);
  const task = findTask(document, '1');
  if (!task) throw new Error('There is no task 1.');
  return task;
}

export const TASK = taskOf('- [ ] 1. Expire links', '  - Links of 30 days are gone');
export const TEST: Check = { kind: 'test', command: 'npm test', source: 'package.json' };
export const LINT: Check = { kind: 'lint', command: 'npm run lint', source: 'package.json' };
export const VERIFY: Check = { kind: 'verify', command: 'make expiry', source: '_Verify of task 1' };

/** Tests that passed, failed and were skipped; undefined where none are told of. */
export function result(
  outcome: CheckResult['outcome'],
  tests?: readonly [passed: number, failed?: number, skipped?: number],
  more: Partial<CheckResult> = {},
): CheckResult {
  const [passed = 0, failed = 0, skipped = 0] = tests ?? [];
  return {
    outcome,
    exitCode: outcome === 'passed' ? 0 : outcome === 'failed' ? 1 : undefined,
    durationMs: 10,
    ...(tests && { tests: { passed, failed, skipped } }),
    tail: '',
    ...more,
  };
}

/** One file changed, one check that passed before and after, unless told otherwise. */
export function judged(input: Partial<JudgeInput> = {}): Evidence {
  return judge({
    task: TASK,
    hash: 'sha256:1',
    run: 'r1',
    session: 's1',
    at: '2026-11-27T10:00:00.000Z',
    tries: 1,
    durationMs: 1000,
    cost: undefined,
    checks: [TEST],
    before: { 'npm test': result('passed', [3]) },
    after: { 'npm test': result('passed', [4]) },
    changes: [{ path: 'src/links.ts', before: 'a\n', after: 'b\n' }],
    criteria: [],
    ...input,
  });
}
