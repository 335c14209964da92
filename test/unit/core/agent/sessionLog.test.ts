// Feature: agent-engine, Property 4: The log is the session
// Verifies: agent-engine#2.2
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SessionEvent } from '../../../../src/core/agent/session/events';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import {
  foldEvent,
  foldSession,
  initialState,
  interrupt,
  type SessionState,
} from '../../../../src/core/agent/session/sessionState';
import { createTestPorts } from '../../../support/testPorts';
import { HOME, notes, quiet, SPEC, startCore, tasksText } from '../coreHarness';
import { answerAll, call, startTalk, write } from './conversation';

const DONE = { text: 'Done.' };
const RUNS = 100 * (process.env.EARSHOT_SOAK ? 20 : 1);

/** As it is after a way through JSON: what is undefined is absent. */
const plain = (state: SessionState | undefined): unknown => state && JSON.parse(JSON.stringify(state));

async function eventfulTalk() {
  const talk = startTalk({
    files: { 'a.txt': 'old' },
    commands: { ls: { output: 'a.txt\n' } },
    script: [
      {
        text: 'First.',
        tools: [write('a.txt'), call('run_command', { command: 'ls' }), call('nonsense', {})],
      },
      { text: 'Then.', tools: [write('.git/hooks/pre-commit'), write('b.txt', 'ümläut “🙂”')] },
      DONE,
    ],
  });
  answerAll(talk, 'once', 'session', 'deny');
  return talk;
}

describe('the event log of a session', () => {
  it('folds, at every prefix, to what the live session showed', async () => {
    const talk = await eventfulTalk();
    const shown: unknown[] = [];
    talk.sessions.onDidChange(() => shown.push(plain(talk.session.state)));
    await talk.ended;
    const events = readLog(talk.log());
    for (let length = 1; length <= events.length; length++) {
      const folded = plain(foldSession(events.slice(0, length)));
      const isShown = shown.some((state) => JSON.stringify(state) === JSON.stringify(folded));
      assert.ok(length <= 3 || isShown, `after ${events[length - 1]?.type}`);
    }
    assert.deepEqual(plain(foldSession(events)), plain(talk.session.state));
  });

  it('numbers its events without gaps, one a line', async () => {
    const talk = await eventfulTalk();
    await talk.ended;
    const seqs = readLog(talk.log()).map(({ seq }) => seq);
    assert.deepEqual(seqs, [...seqs.keys()]);
    assert.equal(talk.log().split('\n').length, seqs.length + 1);
  });

  it('gives a consistent state wherever the process was killed', async () => {
    const talk = await eventfulTalk();
    await talk.ended;
    const bytes = Buffer.from(talk.log(), 'utf8');
    const whole = readLog(talk.log());
    for (let length = 0; length <= bytes.length; length++) {
      const text = bytes.subarray(0, length).toString('utf8');
      const events = readLog(text);
      assert.deepEqual(events, whole.slice(0, events.length), 'no event is invented');
      const state = foldSession(events);
      assert.equal(state === undefined, events.length === 0);
      if (state) assertAtRest(interrupt(state));
    }
  });

  it('ignores damaged lines, foreign values and events of newer versions', async () => {
    const talk = await eventfulTalk();
    await talk.ended;
    const noise = [
      '{"seq":',
      'null',
      '7',
      '[]',
      '{}',
      '{"type":"x"}',
      '{"seq":1,"at":1,"type":"budget.spent","dollars":1}',
      '\u0000\ufffd',
      '',
    ];
    const expected = plain(foldSession(readLog(talk.log())));
    const lines = talk.log().trimEnd().split('\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(lines.length - 1), fc.constantFrom(...noise))), (insertions) => {
        const noisy = [...lines];
        for (const [index, line] of insertions) noisy.splice(index + 1, 0, line);
        assert.deepEqual(plain(foldSession(readLog(noisy.join('\n')))), expected);
      }),
      { seed: 7, numRuns: RUNS },
    );
  });

  it('folds any order of known events without failing', () => {
    const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 };
    const question = { subject: 'ls', capability: 'run', where: 'here', why: 'so' } as const;
    const bodies = [
      { type: 'user', text: 'x' },
      { type: 'turn.started', turn: 1 },
      {
        type: 'turn.ended',
        turn: 1,
        content: [{ type: 'text', text: 'x' }],
        stop: 'end_turn',
        usage,
        cost: 1,
        durationMs: 1,
      },
      { type: 'tool.started', call: 'a', name: 'read_file', input: {} },
      { type: 'permission.asked', call: 'a', question },
      { type: 'permission.answered', call: 'a', answer: 'deny' },
      { type: 'tool.ended', call: 'a', ok: false, output: '', durationMs: 1 },
      { type: 'check.started', command: 'ls' },
      { type: 'check.ended', command: 'ls', exitCode: 0, output: '', durationMs: 1 },
      { type: 'revision.decided', accepted: true },
      { type: 'session.ended', status: 'done' },
    ] as const;
    const start: SessionState = initialState(
      {
        type: 'session.started',
        version: 1,
        session: 's',
        kind: 'task',
        title: 't',
        root: '/',
        model: 'm',
        rehearsed: false,
        owner: 'o',
      },
      0,
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bodies)), (chosen) => {
        const events = chosen.map((body, seq): SessionEvent => ({ ...body, seq, at: seq }));
        assertAtRest(interrupt(events.reduce(foldEvent, start)));
      }),
      { seed: 11, numRuns: RUNS },
    );
  });
});

/** Nothing goes on in a session whose process is gone. */
function assertAtRest(state: SessionState): void {
  assert.notEqual(state.status, 'running');
  assert.equal(state.retrying === undefined || state.endedAt !== undefined, true);
  if (state.endedAt !== undefined) return;
  for (const item of state.items) {
    if (item.type === 'tool' || item.type === 'check')
      assert.ok(!['running', 'asking'].includes(item.status));
  }
}

describe('sessions of other processes', () => {
  const logPath = (id: string, ports = createTestPorts()) =>
    `${HOME}/workspaces/${ports.hasher.sha256('/project').slice(0, 16)}/sessions/${id}.jsonl`;
  const started = (owner: string, more: object = {}) =>
    JSON.stringify({
      type: 'session.started',
      version: 1,
      session: 's1',
      kind: 'task',
      title: '1 Sweep',
      root: '/project',
      model: 'm',
      rehearsed: false,
      owner,
      seq: 0,
      at: 1,
      ...more,
    });
  const tool = JSON.stringify({
    type: 'tool.started',
    call: 'a',
    name: 'run_command',
    input: {},
    seq: 1,
    at: 2,
  });

  it('are running while their process lives, interrupted when it is gone', async () => {
    const ports = createTestPorts({ files: { [logPath('s1')]: `${started('other')}\n${tool}\n` } });
    ports.processes.alive.add('other');
    const { core } = await startCore({ ports });
    assert.equal((await core.sessions.list())[0]?.state.status, 'running');
    ports.processes.alive.delete('other');
    const state = (await core.sessions.list())[0]?.state;
    assert.equal(state?.status, 'interrupted');
    assert.equal(state?.items[0]?.type === 'tool' && state.items[0].status, 'interrupted');
  });

  it('are interrupted when they bear this process’s token but it does not run them', async () => {
    const ports = createTestPorts({ files: { [logPath('s1')]: `${started('test-process')}\n` } });
    const { core } = await startCore({ ports });
    assert.equal((await core.sessions.list())[0]?.state.status, 'interrupted');
  });

  it('one damaged or unreadable log does not hide the others', async () => {
    const files = {
      [logPath('s1')]: `${started('other')}\n{"type":"turn.ended","seq":1,"at":2}\n`,
      [logPath('s2')]: 'not json at all',
      [logPath('s3')]: started('other'),
      [logPath('s4')]: `${started('other', { session: 's4' })}\n`,
    };
    const ports = createTestPorts({ files });
    ports.files.fail(logPath('s3'), 'read', 'permission', 99);
    const { core } = await startCore({ ports });
    assert.deepEqual(
      (await core.sessions.list()).map(({ id }) => id),
      ['s4'],
    );
  });

  it('go on after a torn line without losing what follows it', async () => {
    const torn = `${started('other')}\n${tool}\n{"type":"tool.en`;
    const ports = createTestPorts({ files: { [logPath('s1')]: torn } });
    const { core } = await startCore({ ports });
    await core.sessions.list();
    await core.sessions.append('s1', { type: 'note', level: 'info', text: 'One' });
    await core.sessions.append('s1', { type: 'note', level: 'info', text: 'Two' });
    const events = readLog(ports.files.text(logPath('s1')) ?? '');
    assert.deepEqual(
      events.map(({ seq }) => seq),
      [0, 1, 2, 3],
    );
    const again = await startCore({ ports });
    await again.core.sessions.list();
    assert.deepEqual(notes(again.core.sessions.known[0]?.state as SessionState), ['One', 'Two']);
  });

  it('leave a task marked as running: it is opened again, once, and only the task it was', async () => {
    const text = tasksText('- [-] 1. Sweep', '- [-] 2. Other');
    const session = started('gone', { spec: SPEC, task: '1' });
    const ports = createTestPorts({ files: { [logPath('s1')]: `${session}\n`, [`${SPEC}/tasks.md`]: text } });
    const { core } = await startCore({ ports });
    await core.workflow.reconcile();
    assert.equal(ports.files.text(`${SPEC}/tasks.md`), text.replace('[-] 1', '[ ] 1'));
    assert.match(notes(core.sessions.get('s1') as SessionState)[0] ?? '', /closed while this task ran/);
    assert.equal(core.sessions.get('s1')?.status, 'interrupted');

    await ports.files.writeText(`${SPEC}/tasks.md`, text);
    const { core: later } = await startCore({ ports });
    await later.workflow.reconcile();
    assert.equal(ports.files.text(`${SPEC}/tasks.md`), text, 'a later mark is somebody else’s');
  });

  it('do not touch the box of a task that another process still runs', async () => {
    const text = tasksText('- [-] 1. Sweep');
    const session = started('other', { spec: SPEC, task: '1' });
    const ports = createTestPorts({ files: { [logPath('s1')]: `${session}\n`, [`${SPEC}/tasks.md`]: text } });
    ports.processes.alive.add('other');
    const { core } = await startCore({ ports });
    await core.workflow.reconcile();
    await quiet();
    assert.equal(ports.files.text(`${SPEC}/tasks.md`), text);
  });
});
