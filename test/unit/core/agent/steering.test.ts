// Feature: agent-engine, Property 12: Words arrive once
// Verifies: agent-engine#1.6, #2.5
import assert from 'node:assert/strict';
import type { SessionState } from '../../../../src/core/agent/session/sessionState';
import { quiet, startCore } from '../coreHarness';
import { call, logPath, resumeTalk, startTalk, type Talk } from './conversation';

const DONE = { text: 'Done.' };

const queued = ({ session }: Talk) => session.state.queued.map(({ text }) => text);
const said = (state: SessionState) =>
  state.items.flatMap((item) => (item.type === 'user' ? [item.text] : []));
const send = ({ sessions, session }: Talk, text: string) => sessions.send(session.id, text);

/** A command that runs until it is let go. */
function holding() {
  let release = () => {};
  const hold = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { release: () => release(), commands: { wait: { hold } } };
}

describe('words of the person while the agent works', () => {
  it('wait for the running call, and are told beside its result', async () => {
    const { release, commands } = holding();
    const talk = startTalk({
      settings: { autonomy: 'autopilot' },
      commands,
      script: [{ tools: [call('run_command', { command: 'wait' }, 'id')] }, DONE],
    });
    await quiet();
    await send(talk, 'Use tabs.');
    await send(talk, 'And no semicolons.');
    assert.deepEqual(queued(talk), ['Use tabs.', 'And no semicolons.']);
    assert.deepEqual(said(talk.session.state), ['Do it.']);
    assert.match(talk.log(), /user\.queued.*Use tabs/);
    release();
    await talk.ended;
    assert.deepEqual(queued(talk), []);
    assert.deepEqual(said(talk.session.state), ['Do it.', 'Use tabs.', 'And no semicolons.']);
    const [result, ...words] = talk.model.requests.at(-1)?.messages.at(-1)?.content ?? [];
    assert.equal(result?.type, 'tool_result');
    assert.deepEqual(words, [
      { type: 'text', text: 'Use tabs.' },
      { type: 'text', text: 'And no semicolons.' },
    ]);
  });

  it('after the last answer begin another turn of the same session', async () => {
    let release = () => {};
    const hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    const talk = startTalk({ maxTurns: 1, script: [{ text: 'First.', hold }, { text: 'Second.' }] });
    await quiet();
    await send(talk, 'Now the other one.');
    release();
    await talk.ended;
    assert.equal(talk.session.state.status, 'done', 'a follow-up has requests of its own');
    assert.deepEqual(
      talk.model.requests.at(-1)?.messages.map(({ role, content }) => [role, content]),
      [
        ['user', [{ type: 'text', text: 'Do it.' }]],
        ['assistant', [{ type: 'text', text: 'First.' }]],
        ['user', [{ type: 'text', text: 'Now the other one.' }]],
      ],
    );
  });

  it('do not end a question that waits for its answer', async () => {
    const talk = startTalk({
      script: [{ tools: [call('write_file', { path: 'a', content: 'a' }, 'id')] }, DONE],
    });
    await quiet();
    await send(talk, 'Wait.');
    assert.equal(talk.model.requests.length, 1);
    talk.sessions.answer(talk.session.id, 'id', 'once');
    await talk.ended;
    assert.equal(talk.ports.files.text('a'), 'a');
    assert.deepEqual(said(talk.session.state), ['Do it.', 'Wait.']);
  });

  it('can be taken back as long as they were not told', async () => {
    const { release, commands } = holding();
    const talk = startTalk({
      settings: { autonomy: 'autopilot' },
      commands,
      script: [{ tools: [call('run_command', { command: 'wait' }, 'id')] }, DONE],
    });
    await quiet();
    await send(talk, 'Use tabs.');
    await send(talk, 'And no semicolons.');
    const [tabs, semicolons] = talk.session.state.queued;
    assert.equal((await talk.sessions.takeBack(talk.session.id, tabs?.message ?? ''))?.text, 'Use tabs.');
    assert.deepEqual(queued(talk), ['And no semicolons.']);
    release();
    await talk.ended;
    assert.deepEqual(said(talk.session.state), ['Do it.', 'And no semicolons.']);
    const late = await talk.sessions.takeBack(talk.session.id, semicolons?.message ?? '');
    assert.equal(late, undefined, 'it was told already');
  });

  it('are taken back, too, where the session ended before they were told', async () => {
    const talk = startTalk({ script: [{ text: 'x', hold: new Promise(() => {}) }] });
    await quiet();
    await send(talk, 'Never told.');
    talk.sessions.stop(talk.session.id);
    await talk.ended;
    const [waiting] = talk.sessions.get(talk.session.id)?.queued ?? [];
    const back = await talk.sessions.takeBack(talk.session.id, waiting?.message ?? '');
    assert.equal(back?.text, 'Never told.');
    assert.deepEqual(talk.sessions.get(talk.session.id)?.queued, []);
    assert.match(talk.log(), /user\.takenBack/);
  });

  it('are refused, with a reason, where nobody listens any more; blank ones are nothing', async () => {
    const talk = startTalk({ script: [{ text: 'x', hold: new Promise(() => {}) }] });
    await quiet();
    await send(talk, '  \n');
    assert.deepEqual(queued(talk), []);
    await send(talk, 'Never told.');
    talk.sessions.stop(talk.session.id);
    await talk.ended;
    assert.deepEqual(queued(talk), ['Never told.'], 'shown as not sent');
    for (const id of [talk.session.id, 'nobody'])
      await assert.rejects(talk.sessions.send(id, 'Hello?'), { reason: 'notFound', message: /resume/ });
  });

  it('are not taken where the answer is a document', async () => {
    const talk = startTalk({ tools: [], script: [{ text: '# Title', hold: new Promise(() => {}) }] });
    await quiet();
    await assert.rejects(send(talk, 'Shorter.'), { reason: 'notFound' });
    talk.sessions.stop(talk.session.id);
    await talk.ended;
  });

  it('are on the disk before they count as sent', async () => {
    const talk = startTalk({ script: [{ text: 'x', hold: new Promise(() => {}) }] });
    await quiet();
    talk.ports.files.fail(logPath(talk.ports, talk.session.id), 'append', 'full');
    await assert.rejects(send(talk, 'Lost?'), /log cannot be written/);
    talk.sessions.stop(talk.session.id);
    await talk.ended;
  });

  it('outlive the process: they are told when the session goes on', async () => {
    const talk = startTalk({ script: [{ text: 'x', hold: new Promise(() => {}) }] });
    await quiet();
    await send(talk, 'Remember this.');
    const { ports } = talk;
    const again = await resumeTalk(talk.session.id, { ports, script: [DONE] });
    await again.ended;
    assert.deepEqual(said(again.session.state), ['Do it.', 'Remember this.']);
    assert.deepEqual(again.model.requests[0]?.messages, [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Do it.' },
          { type: 'text', text: 'Remember this.' },
        ],
      },
    ]);
  });
});

describe('a log of a newer version', () => {
  it('is shown with a note, and never written to', async () => {
    const talk = startTalk({ script: [{ text: 'x', hold: new Promise(() => {}) }] });
    await quiet();
    const { ports, session } = talk;
    const path = logPath(ports, session.id);
    const newer = `${talk.log().replace('"version":1', '"version":2')}{"type":"mood","seq":3,"at":3,"mood":"calm"}\n`;
    await ports.files.writeText(path, newer);
    const { core } = await startCore({ ports });
    await core.workflow.reconcile();
    const state = core.sessions.get(session.id);
    assert.equal(state?.status, 'interrupted');
    const [note, prompt] = state?.items ?? [];
    assert.match(note?.type === 'note' ? note.text : '', /newer version of Earshot/);
    assert.equal(prompt?.type, 'user');
    await assert.rejects(core.sessions.append(session.id, { type: 'note', level: 'info', text: 'x' }), {
      reason: 'changed',
    });
    await assert.rejects(core.sessions.resume(session.id), { reason: 'changed', message: /Update Earshot/ });
    assert.equal(ports.files.text(path), newer);
  });
});
