/** What the rows of the Hooks view say. */
import assert from 'node:assert/strict';
import { NO_CHANGES } from '../../../src/core/agent/changes/foldChanges';
import type { SessionItem } from '../../../src/core/agent/session/sessionState';
import { parseAgentHooks } from '../../../src/core/hooks/agentHooks';
import type { HookRun } from '../../../src/core/hooks/model';
import {
  causeWords,
  fileNameOf,
  type HookFacts,
  hookDescription,
  hookLook,
  needWords,
  noticeLabel,
  runPage,
  runWords,
} from '../../../src/vscode/features/hooks/words';

const RUN: HookRun = {
  hook: 'a#0',
  at: 5,
  durationMs: 1234,
  outcome: 'failed',
  exitCode: 2,
  files: ['src/a.ts', 'b.ts'],
  output: 'it broke',
  session: undefined,
};
const time = (at: number) => `at ${at}`;
const facts = (more: Partial<HookFacts>): HookFacts => ({
  state: 'on',
  last: undefined,
  heldBack: undefined,
  ...more,
});

describe('a row of the Hooks view', () => {
  it('says the state that matters most', () => {
    const words = [
      facts({}),
      facts({ last: RUN }),
      facts({ state: 'running', last: RUN }),
      facts({ state: 'needsYou', last: RUN }),
      facts({ state: 'off', last: RUN }),
      facts({ state: 'notAgreed' }),
      facts({ state: 'leftToKiro' }),
      facts({ last: RUN, heldBack: { at: 9, reason: 'r', files: [], hooks: ['a'] } }),
    ].map((each) => hookLook(each, time).word);
    assert.deepEqual(words, [
      'ready',
      'failed at 5 · 1.2 s',
      'running',
      'needs you',
      'off',
      'asks first',
      'left to Kiro',
      'not fired at 9',
    ]);
  });

  it('says what the session of its agent waits for', () => {
    const path = { path: 'a.ts', before: undefined, after: 'x', commands: false, left: [] };
    const set = {
      steps: [],
      files: [path],
      state: 'open',
      reviewed: true,
      refused: {},
      left: [],
      commands: false,
    } as const;
    assert.equal(needWords({ items: [], changes: { ...NO_CHANGES, set } }, false), 'it changed 1 file');
    assert.equal(
      needWords({ items: [], changes: { ...NO_CHANGES, set: { ...set, state: 'settled' } } }, true),
      undefined,
    );
    const question = { subject: 'npm test\nmore', capability: 'run', where: '', why: '' } as const;
    const asking: SessionItem = {
      type: 'tool',
      call: 'c',
      name: 'run_command',
      input: {},
      status: 'asking',
      question,
      output: '',
      edit: undefined,
      startedAt: 0,
      durationMs: undefined,
    };
    assert.equal(needWords({ items: [asking], changes: NO_CHANGES }, true), 'it asks about npm test');
    assert.equal(
      needWords({ items: [{ ...asking, question: undefined }], changes: NO_CHANGES }, true),
      'it asks you',
    );
    assert.equal(needWords({ items: [{ ...asking, status: 'ok' }], changes: NO_CHANGES }, true), undefined);
    assert.equal(
      needWords({ items: [asking], changes: NO_CHANGES }, false),
      undefined,
      'nobody waits for an answer',
    );
  });

  it('says of a run how it ended, what it cost and which files fired it', () => {
    assert.equal(
      runWords({ ...RUN, outcome: 'passed', durationMs: 90, cost: 0.004 }, time),
      'passed at 5 · 90 ms · < $0.01',
    );
    assert.equal(runWords({ ...RUN, cost: 1.5 }, time), 'failed at 5 · 1.2 s · $1.50');
    assert.equal(causeWords(RUN, 'PostFileSave'), 'src/a.ts and 1 more');
    assert.equal(causeWords({ ...RUN, files: [] }, 'Manual'), 'by hand');
  });

  it('shows a run as a page with its output', () => {
    const page = runPage('Lint', RUN, 'today');
    assert.match(
      page,
      /^# Lint: failed, exit code 2\n# today, 1\.2 s\n# File: src\/a\.ts\n# File: b\.ts\n\nit broke\n$/,
    );
    assert.match(runPage('Lint', { ...RUN, output: '', files: [] }, 'today'), /\(no output\)/);
    const led = runPage('Lint', { ...RUN, chain: ['a.json#0'] }, 'today', () => 'Format');
    assert.match(led, /\n# After the hook Format\n/);
  });

  it('says of which agent it is, where its file brings it', () => {
    const look = { icon: 'zap', word: 'ready' };
    const { hooks } = parseAgentHooks('/p', '/p/.kiro/agents/a.md', { stop: [{ command: 'x' }] });
    const [hook] = hooks;
    assert.ok(hook);
    assert.equal(hookDescription({ ...hook, agent: 'Lead' }, look), 'Lead · ready · when the agent ends');
  });

  it('counts what was not fired', () => {
    const notice = { at: 1, reason: 'a branch was switched', hooks: ['a'] };
    assert.equal(noticeLabel({ ...notice, files: ['a', 'b'] }), '2 files: a branch was switched');
    assert.equal(noticeLabel({ ...notice, files: [] }), 'a branch was switched');
  });

  it('is saved under a name that a file can have', () => {
    assert.equal(fileNameOf('Lint & fix: src/**'), 'lint-fix-src');
    assert.equal(fileNameOf('///'), 'hook');
    assert.equal(fileNameOf(undefined), 'hook');
  });
});
