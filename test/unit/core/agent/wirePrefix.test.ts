// Feature: agent-engine, Property 9: A request only grows
// Verifies: agent-engine#6.1
/**
 * What a service could take from its cache, by the bytes that it is sent: a chat of three messages and thirty requests, each
 * message by an adapter of its own, the last in another process.
 */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createMessagesModel } from '../../../../src/node/models/messagesModel';
import { nodeClock } from '../../../../src/node/nodePorts';
import { assertAccepted } from '../../../support/acceptedConversation';
import {
  type RecordedRequest,
  type ScriptedTurn,
  startMessagesServer,
} from '../../../support/messagesServer';
import { createTestPorts } from '../../../support/testPorts';
import { type Harness, startCore } from '../coreHarness';

const REQUESTS = 30;

/** Steps as a local server gives them: the same ids in each answer, and every sixth says what an earlier one said. */
function step(index: number): ScriptedTurn {
  const call = (nth: number, name: string, input: unknown) => ({ id: `call_${nth}`, name, input });
  if (index % 10 === 9) return { thinking: `Is ${index} all?`, text: `Part ${index} is done.` };
  if (index % 6 === 0)
    return {
      thinking: `Once more, for the ${index}th time.`,
      text: 'I look again.',
      tools: [call(0, 'read_file', { path: 'ä.txt' }), call(1, 'list_files', {})],
    };
  if (index % 6 === 3) return { text: '\n\n', tools: [call(0, 'search', { pattern: 'line' })] };
  return {
    thinking: `Now ${index}.`,
    tools: [call(0, 'write_file', { path: `out${index}.txt`, content: `${index} “ü”\n`.repeat(50) })],
  };
}

const MARK = ',"cache_control":{"type":"ephemeral"}';

/** What the service caches, in its order, as the bytes came; and what must be the same beside it. */
function cached({ text, body }: RecordedRequest) {
  assert.equal(JSON.stringify(body), text, 'as it was sent');
  const { tools, system, messages, ...around } = body;
  const said = messages.map(
    ({ role, content }) => `${role} ${content.map((each) => JSON.stringify(each)).join()}`,
  );
  const all = `${JSON.stringify(tools)}\n${JSON.stringify(system)}\n${said.join('\n')}`;
  return { prefix: all.replaceAll(MARK, ''), around };
}

async function ended({ core }: Harness, id: string): Promise<void> {
  while (core.sessions.isLive(id) || core.sessions.get(id)?.status === 'running') await delay(5);
  const state = core.sessions.get(id);
  assert.equal(state?.status, 'done', state?.reason);
}

describe('the bytes of a long conversation', () => {
  it('begin with all bytes of the request before, with thinking, in another message and another process', async () => {
    const server = await startMessagesServer({ answer: (_, index) => step(index) });
    const adapter = () =>
      createMessagesModel({ name: 'claude-test', apiKey: 'key', baseUrl: server.url, clock: nodeClock });
    const ports = createTestPorts({
      files: { 'ä.txt': 'a line of “it”\n'.repeat(100) },
      settings: { autonomy: 'autopilot', contextTokens: 1_000_000 },
      with: {
        clock: nodeClock,
        models: { current: async () => ({ model: adapter() }), onDidChange: () => ({ dispose() {} }) },
      },
    });
    const first = await startCore({ ports });
    const id = await first.core.chats.start('/project', { text: 'Write ten.' });
    await ended(first, id);
    await first.core.chats.say(id, { text: 'Ten more.' });
    await ended(first, id);
    first.core.dispose();
    const second = await startCore({ ports });
    await second.core.sessions.list();
    await second.core.chats.say(id, { text: 'And ten.' });
    await ended(second, id);

    assert.equal(server.requests.length, REQUESTS);
    let shared = 0;
    let total = 0;
    for (const [index, request] of server.requests.entries()) {
      assertAccepted(request.body.messages);
      const before = server.requests[index - 1];
      if (before === undefined) continue;
      const [earlier, later] = [cached(before), cached(request)];
      assert.deepEqual(later.around, earlier.around);
      const bytes = Buffer.from(earlier.prefix);
      const same = commonLength(bytes, Buffer.from(later.prefix));
      total += bytes.length;
      shared += same;
      assert.equal(same, bytes.length, `request ${index + 1}: …${bytes.subarray(same - 80, same + 80)}`);
    }
    console.log(`      prefix on the wire: ${((100 * shared) / total).toFixed(1)} % of ${total} bytes`);
  });
});

function commonLength(a: Buffer, b: Buffer): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
