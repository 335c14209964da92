import assert from 'node:assert/strict';
import { Cancelled, createAbort } from '../../../../src/core/util/abort';
import { createMessagesModel } from '../../../../src/node/models/messagesModel';
import { createRehearsedFetch } from '../../../../src/node/models/rehearsedFetch';
import { parseScenario } from '../../../../src/node/models/scenario';
import { nodeClock } from '../../../../src/node/nodePorts';
import { collect, requestOf } from '../../../support/collect';

const scenario = parseScenario({
  steps: [
    { role: 'draft requirements', contains: 'coupon', text: '# Coupons\n\nWHEN a coupon  is used 🙂\n' },
    { role: 'draft requirements', text: '# Anything\n' },
    {
      role: 'task',
      text: 'I write it.',
      tools: [{ name: 'write_file', input: { path: 'a.ts', text: 'x\n' } }],
    },
    { role: 'task', turn: 1, text: 'Done.' },
  ],
});

function rehearsedModel(delayMs = 0) {
  return createMessagesModel({
    name: 'rehearsed',
    apiKey: undefined,
    baseUrl: 'http://127.0.0.1',
    fetch: createRehearsedFetch(scenario, { delayMs }),
    rehearsed: true,
    clock: nodeClock,
  });
}

function asking(role: string, text: string, turns = 0) {
  const user = { role: 'user', content: [{ type: 'text', text }] } as const;
  const turn = [{ role: 'assistant', content: [{ type: 'text', text: '…' }] } as const, user];
  return requestOf({
    system: `Role: ${role}\nMore words.`,
    messages: [user, ...Array(turns).fill(turn).flat()],
  });
}

describe('rehearsedFetch', () => {
  it('speaks word by word through the real client', async () => {
    const { events, text, end, error } = await collect(
      rehearsedModel(),
      asking('draft requirements', 'A coupon!'),
    );
    assert.equal(error, undefined);
    assert.equal(text, '# Coupons\n\nWHEN a coupon  is used 🙂\n');
    assert.ok(events.length > 6);
    assert.equal(end?.stop, 'end_turn');
    assert.ok((end?.usage.outputTokens ?? 0) > 0);
    assert.equal(end?.cost, undefined);
    assert.equal(rehearsedModel().rehearsed, true);
  });

  it('takes the first step whose role, turn and words match', async () => {
    const model = rehearsedModel();
    assert.equal((await collect(model, asking('draft requirements', 'Else'))).text, '# Anything\n');
    const first = await collect(model, asking('task', 'Go'));
    assert.equal(first.end?.stop, 'tool_use');
    const [, tool] = first.end?.content ?? [];
    assert.deepEqual(tool?.type === 'tool_use' && tool.input, { path: 'a.ts', text: 'x\n' });
    assert.equal((await collect(model, asking('task', 'Go', 1))).text, 'Done.');
  });

  it('gives tool calls of different answers different ids', async () => {
    const model = rehearsedModel();
    const ids = new Set<string>();
    for (let count = 0; count < 3; count++) {
      for (const block of (await collect(model, asking('task', 'Go'))).end?.content ?? []) {
        if (block.type === 'tool_use') ids.add(block.id);
      }
    }
    assert.equal(ids.size, 3);
  });

  it('says so when it has no words, and how to go on', async () => {
    const { reason, error, retries } = await collect(rehearsedModel(), asking('task', 'Go', 2));
    assert.equal(reason, 'notFound');
    assert.match(String(error), /The guided demo has no words written for “task”, answer 3\..*Set API Key/);
    assert.equal(retries.length, 0);
  });

  it('stops at once', async () => {
    const abort = createAbort();
    const reason = new Cancelled();
    const request = asking('draft requirements', 'coupon');
    let heard = 0;
    const { error } = await collect(rehearsedModel(20), request, abort.signal, () => {
      heard += 1;
      if (heard === 3) abort.abort(reason);
    });
    assert.equal(error, reason);
    assert.equal(heard, 3);
  });
});

describe('scenario', () => {
  it('names what is wrong', () => {
    assert.throws(() => parseScenario({ steps: [] }));
    assert.throws(() => parseScenario({ steps: [{ role: '', text: 'x' }] }));
    assert.throws(() => parseScenario({ steps: [{ role: 'a', txt: 'typo' }] }), /txt/);
  });
});
