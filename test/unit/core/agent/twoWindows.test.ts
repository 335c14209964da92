// Feature: agent-engine, Property 4: The log is the session
// Verifies: agent-engine#2.2, #2.4
/** Two windows with one home: whoever goes on with a session first is alone with its log. */
import assert from 'node:assert/strict';
import { ActError } from '../../../../src/core/actError';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import { createScriptedModel, type ModelTurn } from '../../../support/scriptedModel';
import { createTestPorts, type TestPorts } from '../../../support/testPorts';
import { startCore, until } from '../coreHarness';
import { logPath } from './conversation';

/** Ports of another process on the same disk; each takes the other for alive. */
function anotherWindow(ports: TestPorts, turns: readonly ModelTurn[]): TestPorts {
  const own = createTestPorts({ model: createScriptedModel({ turns }) });
  const isAlive = (owner: string) => owner === 'other' || owner === ports.processes.owner;
  ports.processes.alive.add('other');
  return {
    ...own,
    files: ports.files,
    clock: ports.clock,
    processes: { ...own.processes, owner: 'other', isAlive },
  };
}

const hold = new Promise<never>(() => {});

describe('two windows that go on with one session', () => {
  async function start() {
    const model = createScriptedModel({ turns: [{ text: 'Hello.' }, { text: 'Mine', hold }] });
    const here = await startCore({ model });
    const there = await startCore({ ports: anotherWindow(here.ports, [{ text: 'Mine', hold }]) });
    const id = await here.core.chats.start('/project', { text: 'Hi' });
    await until(here.ports, () => here.core.sessions.get(id)?.status === 'done', 'its first answer');
    await there.core.sessions.list();
    const events = () => readLog(here.ports.files.text(logPath(here.ports, id)) ?? '');
    return { here, there, id, events };
  }

  it('at once: one does, and the other is told where it runs', async () => {
    const { here, there, id, events } = await start();
    const say = (core: typeof here.core) => core.chats.say(id, { text: 'Go on.' });
    const results = await Promise.allSettled([say(here.core), say(there.core)]);
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    assert.equal(refused.length, 1);
    assert.ok(refused[0] instanceof ActError && refused[0].reason === 'busy', String(refused[0]));
    assert.match(refused[0].message, /is running in another window or terminal\. Stop it there first/);
    assert.equal(events().filter(({ type }) => type === 'session.resumed').length, 1);
    assert.equal([here, there].filter(({ core }) => core.sessions.isLive(id)).length, 1);
    const seqs = events().map(({ seq }) => seq);
    assert.deepEqual(seqs, [...seqs.keys()]);
  });

  it('one after the other: the first is in the log before anything else happens', async () => {
    const { here, there, id, events } = await start();
    await here.core.sessions.resume(id);
    assert.equal(events().at(-1)?.type, 'session.resumed');
    await assert.rejects(there.core.sessions.resume(id), /running in another window/);
  });

  it('leave it as it was where its log cannot be written', async () => {
    const { here, there, id } = await start();
    here.ports.files.fail(logPath(here.ports, id), 'append', 'full');
    await assert.rejects(here.core.sessions.resume(id), /its log cannot be written/);
    assert.equal(here.core.sessions.isLive(id), false);
    await there.core.sessions.resume(id);
    assert.ok(there.core.sessions.isLive(id));
  });
});
