// Feature: agent-engine, Property 12: Words arrive once
// Verifies: agent-engine#8.4
/** A question of the model's, from asking to the answer in the log. */
import assert from 'node:assert/strict';
import type { ToolItem } from '../../../../src/core/agent/session/sessionState';
import { ALL_TOOLS } from '../../../../src/core/agent/tools/codingTools';
import { quiet, toolItems } from '../coreHarness';
import { call, startTalk, type Talk, told } from './conversation';

const ASK = call('ask_user', { question: 'Which port?', options: ['80', '8080'] });

function asking({ session }: Talk): ToolItem | undefined {
  return toolItems(session.state).find(({ status }) => status === 'asking');
}

describe('ask_user', () => {
  const start = (present: boolean) =>
    startTalk({ tools: ALL_TOOLS, present, script: [{ tools: [ASK] }, { text: 'Done.' }] });

  it('waits for the person, and tells the model the answer', async () => {
    const talk = start(true);
    await quiet();
    const item = asking(talk);
    assert.deepEqual(item?.choice, { question: 'Which port?', options: ['80', '8080'] });
    assert.equal(talk.model.requests.length, 1);
    talk.sessions.choose(talk.session.id, item?.call ?? '', 'None of these: 3000');
    await talk.ended;
    assert.deepEqual(told(talk), [{ ok: true, text: 'The person answers: None of these: 3000' }]);
    const [done] = toolItems(talk.session.state);
    assert.deepEqual([done?.status, done?.choice?.answer], ['ok', 'None of these: 3000']);
    assert.match(talk.log(), /"choice\.made".*None of these/);
  });

  it('goes on without an answer where nobody is', async () => {
    const talk = start(false);
    await talk.ended;
    assert.equal(talk.session.state.status, 'done');
    assert.equal(told(talk)[0]?.ok, false);
    assert.match(told(talk)[0]?.text ?? '', /Nobody is there to answer\. Choose what is safest/);
  });

  it('is withdrawn when the session is stopped', async () => {
    const talk = start(true);
    await quiet();
    assert.ok(asking(talk));
    talk.sessions.stop(talk.session.id);
    await talk.ended;
    assert.equal(talk.session.state.status, 'cancelled');
    assert.equal(toolItems(talk.session.state)[0]?.status, 'interrupted');
  });

  it('takes at most five options', async () => {
    const many = call('ask_user', { question: 'Which?', options: ['1', '2', '3', '4', '5', '6'] });
    const talk = startTalk({ tools: ALL_TOOLS, script: [{ tools: [many] }, { text: 'Done.' }] });
    await talk.ended;
    assert.match(told(talk)[0]?.text ?? '', /Invalid input/);
  });
});
