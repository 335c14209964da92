// Feature: agent-engine, Property 2: A stop reaches everything
// Verifies: agent-engine#1.5, #2.6
import assert from 'node:assert/strict';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import { foldSession } from '../../../../src/core/agent/session/sessionState';
import { createAbort } from '../../../../src/core/util/abort';
import { createTestPorts } from '../../../support/testPorts';
import { quiet, toolItems } from '../coreHarness';
import { call, startTalk, type Talk, write } from './conversation';

const DONE = { text: 'Done.' };

describe('cancellation', () => {
  async function cancelled(talk: Talk): Promise<void> {
    await talk.ended;
    await quiet();
    assert.equal(talk.session.state.status, 'cancelled');
    assert.equal(talk.sessions.isLive(talk.session.id), false);
    const last = talk.log().trimEnd().split('\n').at(-1) ?? '';
    assert.match(last, /"session\.ended","status":"cancelled"/);
    assert.ok(
      toolItems(talk.session.state).every(({ status }) => status !== 'running' && status !== 'asking'),
    );
  }

  it('while the answer streams', async () => {
    const talk = startTalk({ script: [{ text: 'I think', hold: new Promise(() => {}) }] });
    await quiet();
    talk.sessions.stop(talk.session.id);
    await cancelled(talk);
  });

  it('while the person is asked: the question is withdrawn', async () => {
    const talk = startTalk({ script: [{ tools: [write('a.txt')] }, DONE] });
    await quiet();
    const item = toolItems(talk.session.state)[0];
    assert.equal(item?.status, 'asking');
    talk.sessions.stop(talk.session.id);
    await cancelled(talk);
    talk.sessions.answer(talk.session.id, item?.call ?? '', 'once');
    await quiet();
    assert.equal(talk.ports.files.text('a.txt'), undefined);
  });

  it('while a command runs: it gets the signal', async () => {
    let ended = false;
    const hold = new Promise<never>(() => {});
    const talk = startTalk({
      settings: { autonomy: 'autopilot' },
      commands: { 'sleep 99': { hold } },
      script: [{ tools: [call('run_command', { command: 'sleep 99' }), write('after.txt')] }, DONE],
    });
    await quiet();
    assert.equal(talk.ports.processes.runs.length, 1);
    talk.session.abort.signal.addEventListener('abort', () => {
      ended = true;
    });
    talk.sessions.stop(talk.session.id);
    await cancelled(talk);
    assert.ok(ended);
    assert.equal(talk.ports.files.text('after.txt'), undefined, 'later calls do not run');
  });

  for (const phase of ['prepare', 'flush'] as const) {
    it(`between two steps (${phase}) nothing hangs and nothing is asked in vain`, async () => {
      const ports = createTestPorts();
      const files = {
        ...ports.files,
        async stat(path: string) {
          if (phase === 'prepare') talk.sessions.stop(talk.session.id);
          return ports.files.stat(path);
        },
        async appendLines(path: string, text: string) {
          await ports.files.appendLines(path, text);
          if (phase === 'flush' && text.includes('permission.asked')) talk.sessions.stop(talk.session.id);
        },
      };
      const talk = startTalk({ ports: { ...ports, files }, script: [{ tools: [write('a.txt')] }, DONE] });
      await cancelled(talk);
      assert.equal(ports.files.text('a.txt'), undefined);
    });
  }

  it('before the first request', async () => {
    const talk = startTalk({ script: [DONE] });
    talk.sessions.stop(talk.session.id);
    await cancelled(talk);
    assert.equal(talk.model.requests.length, 0);
  });

  it('when Earshot closes: all sessions, and none begins after it', async () => {
    const talk = startTalk({ script: [{ text: 'x', hold: new Promise(() => {}) }] });
    await quiet();
    await talk.sessions.stopAll();
    await cancelled(talk);
    const late = talk.sessions.start({
      kind: 'task',
      title: 'Late',
      root: '/project',
      model: 'm',
      rehearsed: false,
    });
    assert.ok(late.abort.signal.aborted);
  });

  it('a parent that is aborted already aborts at once', () => {
    const parent = createAbort();
    parent.abort('why');
    assert.equal(createAbort(parent.signal).signal.reason, 'why');
  });
});

describe('a log that cannot be written', () => {
  it('and took a part of a line, is whole when there is room again', async () => {
    for (const kept of [0, 1, 30, 100_000]) {
      const ports = createTestPorts({ settings: { autonomy: 'autopilot' } });
      let writes = 0;
      const files = {
        ...ports.files,
        async appendLines(path: string, text: string) {
          if (writes++ === 1) ports.files.tear(path, kept);
          return ports.files.appendLines(path, text);
        },
      };
      const talk = startTalk({ ports: { ...ports, files }, script: [{ tools: [write('a.txt')] }, DONE] });
      await talk.ended;
      assert.match(talk.session.state.reason ?? '', /log cannot be written.*full/);
      const events = readLog(talk.log());
      assert.deepEqual(
        events.map(({ seq }) => seq),
        [...events.keys()],
      );
      assert.deepEqual(foldSession(events)?.items, talk.session.state.items);
      assert.equal(events.at(-1)?.type, 'session.ended');
    }
  });

  for (const after of [0, 1, 2]) {
    it(`ends the session visibly after ${after} writes`, async () => {
      const ports = createTestPorts({ settings: { autonomy: 'autopilot' } });
      let writes = 0;
      const files = {
        ...ports.files,
        async appendLines(path: string, text: string) {
          if (writes++ >= after) ports.files.fail(path, 'append', 'full');
          return ports.files.appendLines(path, text);
        },
      };
      const talk = startTalk({ ports: { ...ports, files }, script: [{ tools: [write('a.txt')] }, DONE] });
      await talk.ended;
      assert.equal(talk.session.state.status, 'failed');
      assert.match(talk.session.state.reason ?? '', /log cannot be written.*full/);
      assert.equal(talk.sessions.isLive(talk.session.id), false);
      await talk.sessions.stopAll();
    });
  }
});

describe('a clock that is put back while a session runs', () => {
  it('turns no order around, and nothing lasts less than no time', async () => {
    const ports = createTestPorts({ settings: { autonomy: 'autopilot' } });
    let now = 1_000_000;
    const clock = { ...ports.clock, now: () => (now -= 1000) };
    const talk = startTalk({ ports: { ...ports, clock }, script: [{ tools: [write('a.txt')] }, DONE] });
    await talk.ended;
    const { startedAt, endedAt = 0, status } = talk.session.state;
    assert.equal(status, 'done');
    assert.ok(endedAt >= startedAt, `${startedAt} to ${endedAt}`);
    const events = readLog(talk.log());
    const ats = events.map(({ at }) => at);
    assert.deepEqual(
      ats,
      [...ats].sort((a, b) => a - b),
    );
    const lasted = events.flatMap((event) => ('durationMs' in event ? [event.durationMs] : []));
    assert.ok(lasted.length >= 3 && lasted.every((each) => each >= 0), `${lasted}`);
  });
});
