/** Runs as the engine leaves them, shown by the panel's own model: what people will see. */
import { parseTasks } from '../../../src/core/spec/tasks/parseTasks';
import { flattenTasks } from '../../../src/core/spec/tasks/taskTree';
import type { CheckResult, ComparedCheck, Evidence } from '../../../src/core/tasks/evidence/model';
import type { Plan } from '../../../src/core/tasks/plan/model';
import type { RunningTask, RunState, TaskPhase } from '../../../src/core/tasks/run/model';
import type { RunPanelModel } from '../../../src/protocol/run';
import { planModel } from '../../../src/vscode/features/run/planModel';
import { type RunSources, runModel } from '../../../src/vscode/features/run/runModel';

/** A quarter to three in the afternoon. */
export const NOW = Date.UTC(2026, 10, 27, 14, 45);
const START = NOW - 622_000;

const result = (over: Partial<CheckResult> = {}): CheckResult => ({
  outcome: 'passed',
  exitCode: 0,
  durationMs: 4100,
  tail: '',
  ...over,
});
const tests = (passed: number, failed = 0, skipped = 0) => ({ passed, failed, skipped });

const FAILED_OUTPUT = `FAIL test/redirector.test.ts > answers an unknown code with 404
     expected 404, received 503
     58 |   expect((await get('/zzzzzzz')).status).toBe(404)     test/redirector.test.ts:58`;

const CHECKS: readonly ComparedCheck[] = [
  {
    ...{ kind: 'test', command: 'npm test', source: 'package.json', verdict: 'worse' },
    before: result({ tests: tests(36) }),
    after: result({ outcome: 'failed', exitCode: 1, tests: tests(36, 1), tail: FAILED_OUTPUT }),
  },
  {
    ...{ kind: 'types', command: 'npm run typecheck', source: 'package.json', verdict: 'noWorse' },
    before: result(),
    after: result(),
  },
  {
    ...{ kind: 'lint', command: 'npm run lint', source: 'package.json', verdict: 'noWorse' },
    before: result(),
    after: result({ durationMs: 2300 }),
  },
];

export function evidence(over: Partial<Evidence> = {}): Evidence {
  return {
    ...{ v: 1, task: '3.2', title: 'Serve from read cache', hash: 'h', run: 'run-4', session: 's-3.2' },
    at: new Date(NOW).toISOString(),
    verdict: 'refuted',
    reasons: ['One test that passed before fails now.', 'No test names criterion 2.4.'],
    checks: CHECKS,
    files: [
      { path: 'src/redirector.ts', change: 'changed', added: 14, removed: 1 },
      { path: 'test/redirector.test.ts', change: 'changed', added: 22, removed: 0 },
      { path: 'package.json', change: 'changed', added: 1, removed: 0 },
    ],
    criteria: [
      { id: '2.3', status: 'proved', tests: ['test/redirector.test.ts:41'] },
      { id: '2.4', status: 'unproven', tests: [], why: 'No test that ran names it' },
    ],
    suspicions: [],
    ...{ tries: 2, durationMs: 182_000, cost: 0.31 },
    ...over,
  };
}

function proved(id: string, title: string, count: number, cost: number): Evidence {
  const checks = CHECKS.map((check) => ({
    ...check,
    verdict: 'passed' as const,
    after: result({ tests: tests(count), tail: '' }),
  }));
  return evidence({
    ...{ task: id, title, verdict: 'proved', reasons: [], checks, cost, session: `s-${id}` },
    criteria: [{ id: '1.1', status: 'proved', tests: ['test/store.test.ts:8'] }],
  });
}

type Given = Partial<RunningTask> & { readonly wave: number };

export function task(id: string, title: string, phase: TaskPhase, given: Given): RunningTask {
  const begun = phase !== 'waiting';
  const startedAt = given.startedAt ?? (begun ? START : undefined);
  const endedAt = given.endedAt ?? (phase === 'done' || phase === 'failed' ? START + 80_000 : undefined);
  return {
    ...{ key: id, id, title, phase, after: [], optional: false, reason: undefined, try: begun ? 1 : 0 },
    spans: startedAt === undefined ? [] : [{ from: startedAt, to: endedAt }],
    sessions: begun ? [{ id: `s-${id}`, role: 'work' as const }] : [],
    evidence: [],
    baseline: {},
    checking: undefined,
    checkpoints: begun ? { before: `before ${id}`, after: `after ${id}` } : {},
    ...given,
    ...{ startedAt, endedAt },
  };
}

function done(
  id: string,
  title: string,
  wave: number,
  seconds: number,
  cost: number,
  count: number,
  tries = 1,
): RunningTask {
  return task(id, title, 'done', {
    ...{ wave, try: tries, startedAt: START + wave * 140_000 },
    endedAt: START + wave * 140_000 + seconds * 1000,
    evidence: [proved(id, title, count, cost)],
  });
}

const FAILED = task('3.2', 'Serve from read cache', 'failed', {
  ...{ wave: 2, try: 2, startedAt: NOW - 182_000, endedAt: NOW, reason: 'Its checks did not pass.' },
  evidence: [evidence({ reasons: ['Two tests failed.'] }), evidence()],
});

export const RUNNING: RunState = {
  ...{ id: 'run-4', number: 4, root: '/w', spec: '/w/.kiro/specs/url-shortener', owner: 'window' },
  options: { selection: { kind: 'required' }, parallel: 2, tries: 3, budget: 5, reviewer: false },
  ...{ status: 'needsYou', needs: [{ kind: 'failed', task: '3.2' }], reason: undefined },
  tasks: [
    done('1.1', 'Create the link store', 0, 80, 0.18, 9),
    done('1.2', 'Encode codes in base 62', 0, 52, 0.11, 6),
    done('1.3', 'Validate and normalise URLs', 0, 108, 0.22, 7),
    done('2.1', 'Reserve custom aliases', 1, 124, 0.25, 4),
    done('2.2', 'POST /links', 1, 97, 0.19, 2),
    done('3.1', 'Redirect known codes', 1, 130, 0.24, 8, 2),
    FAILED,
    task('3.3', 'Answer expired codes', 'checking', {
      ...{ wave: 2, startedAt: NOW - 132_000, checking: 'npm test' },
      baseline: { 'npm test': result({ tests: tests(36) }), 'npm run lint': result() },
    }),
    done('4.1', 'Count visits', 2, 115, 0.17, 5),
    task('4.2', 'Sweep expired links', 'working', { wave: 2, startedAt: NOW - 66_000 }),
    task('4.3', 'Daily report', 'waiting', { wave: 3, after: ['3.2'] }),
  ],
  startedAt: START,
  endedAt: undefined,
  heardAt: NOW,
};

const sources: RunSources = {
  spec: { name: 'url-shortener', path: '/w/.kiro/specs/url-shortener' },
  now: NOW,
  chosen: '3.2',
  left: [{ key: '2.3', id: '2.3', title: 'Property test: round trip' }],
  figures: { cost: 1.84, calls: 46, commands: 31, tokens: 412_000, cached: 321_000 },
  doing: ({ id }) => (id === '4.2' ? 'editing sweeper.ts' : undefined),
  checkpoints: 12,
  hasHistory: true,
  boundaryOf: () => ['src', 'test'],
  boxOf: ({ phase }) => (phase === 'done' ? 'done' : 'open'),
  takenAt: () => NOW - 190_000,
  canRestore: true,
};

/** As the panel shows a run, with one task chosen. */
export function shown(
  run: RunState,
  chosen: string | undefined,
  over: Partial<RunSources> = {},
): RunPanelModel {
  return runModel(run, { ...sources, chosen, ...over });
}

/** The run with one task as it is not. */
export function withTask(run: RunState, key: string, change: Partial<RunningTask>): RunState {
  return { ...run, tasks: run.tasks.map((each) => (each.key === key ? { ...each, ...change } : each)) };
}

export const GOING_ON: RunState = withTask(
  { ...RUNNING, status: 'running', needs: [] },
  ...([
    '3.2',
    {
      phase: 'working',
      ...{ endedAt: undefined, spans: [{ from: NOW - 182_000, to: undefined }] },
      evidence: [evidence({ reasons: ['Two tests failed.'] })],
    },
  ] as const),
);

export const ALL_DONE: RunState = {
  ...RUNNING,
  ...{ status: 'done', needs: [], endedAt: NOW },
  tasks: RUNNING.tasks.map((each, index) =>
    done(each.id ?? '', each.title, each.wave, 60 + index * 7, 0.2, 3 + index),
  ),
};

/** Caught: nothing changed, tests skipped, files outside. */
export const CAUGHT = withTask(RUNNING, '3.2', {
  evidence: [
    evidence({
      reasons: ['Two tests that ran before are skipped now.'],
      suspicions: [
        {
          kind: 'testsSkipped',
          detail: 'test/redirector.test.ts skips “answers an unknown code” and 1 more.',
        },
        { kind: 'outsideBoundary', detail: 'package.json' },
      ],
      files: evidence().files.map((file) =>
        file.path === 'package.json' ? { ...file, outside: true } : file,
      ),
      review: [
        {
          id: '2.3',
          met: true,
          why: 'The cache is asked when the store is down.',
          places: ['src/redirector.ts:41'],
        },
        {
          id: '2.4',
          met: false,
          why: 'A code that is not cached gets 404, not 503.',
          places: ['src/redirector.ts:52'],
        },
      ],
    }),
  ],
});

export const UNPROVEN = withTask(
  { ...RUNNING, status: 'failed', needs: [], reason: 'Nothing proves 3.2.', endedAt: NOW },
  '3.2',
  {
    phase: 'unproven',
    reason: undefined,
    evidence: [
      evidence({
        ...{ verdict: 'unproven', checks: [], reasons: ['No check ran: not ticked.'] },
        nothingToChange: 'The cache is read already.',
      }),
    ],
  },
);

export const LONG: RunState = {
  ...RUNNING,
  status: 'running',
  needs: [],
  tasks: Array.from({ length: 200 }, (_, index) => {
    const id = `${Math.floor(index / 10) + 1}.${(index % 10) + 1}`;
    const wave = Math.floor(index / 25);
    const title =
      index % 7 === 0
        ? 'A task whose title goes on for longer than a column is wide, and then some'
        : 'Short task';
    if (index < 120) return done(id, title, wave, 60, 0.1, 4);
    return task(id, title, index < 124 ? 'working' : 'waiting', { wave, startedAt: NOW - 30_000 });
  }),
};

const TASKS = `# Implementation Plan

- [ ] 1. Create the link store
  - Keep it in memory
  - _Requirements: 1.1, 3.1_
  - _Boundary: src/store/**, test/store/**_
- [ ] 2. Encode codes in base 62
  - _Requirements: 1.1_
- [ ] 3. POST /links
  - _Requirements: 1.2_
  - _Depends: 1, 2_
  - _Verify: npm test -- links_
- [ ]* 4. Property test: round trip
  - _Requirements: 1.1_
`;

const parsed = flattenTasks(parseTasks(TASKS).tasks);
export const PLAN: Plan = {
  tasks: parsed
    .slice(0, 3)
    .map((each, index) => ({ task: each, wave: index === 2 ? 1 : 0, after: index === 2 ? ['1', '2'] : [] })),
  findings: [],
  optional: parsed.slice(3),
  estimate: { minutes: 14, cost: 0.92 },
};

/** As the panel shows a plan. */
export function planned(plan: Plan, over: Partial<Parameters<typeof planModel>[1]> = {}): RunPanelModel {
  return planModel(plan, {
    spec: sources.spec,
    choices: { selection: { kind: 'required' }, parallel: 2, tries: 3, reviewer: false },
    requirements: [
      { id: '1', title: 'Shorten a link' },
      { id: '2', title: 'Redirect by a code, also when the store of links is down' },
    ],
    tasks: parsed,
    checks: [
      { command: 'npm test', source: 'package.json' },
      { command: 'npm run lint', source: 'package.json' },
    ],
    budget: 5,
    now: NOW,
    chosen: '3',
    lineAt: () => 11,
    isError: () => true,
    hasHistory: true,
    ...over,
  });
}

/** Its tests were red before, and one that is new passes. */
export const RED_BEFORE: RunState = withTask(ALL_DONE, '3.2', {
  evidence: [
    evidence({
      ...{ verdict: 'proved', reasons: [] },
      despite:
        '“npm test” fails as it did before (sweeper › sweeps at midnight) and nowhere else; “answers an unknown code with 404” (test/redirector.test.ts:58) is new and passes.',
      checks: CHECKS.map((check) => ({
        ...check,
        verdict: 'noWorse' as const,
        ...(check.kind === 'test' && {
          before: result({ outcome: 'failed', exitCode: 1, tests: tests(36, 1) }),
          after: result({ outcome: 'failed', exitCode: 1, tests: tests(37, 1) }),
        }),
      })),
    }),
  ],
});
