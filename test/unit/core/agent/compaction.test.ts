// Feature: agent-engine, Property 9: A request only grows
// Verifies: agent-engine#6.1, #6.2, #6.3, #6.5
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { replay } from '../../../../src/core/agent/session/replay';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import { CODING_TOOLS } from '../../../../src/core/agent/tools/codingTools';
import { createBudget } from '../../../../src/core/agent/turn/budget';
import { lengthOf, summaryOf, tokensOf, tooMany } from '../../../../src/core/agent/turn/compaction';
import type { Message, Model, Window } from '../../../../src/core/agent/turn/model';
import { createScriptedModel, type ModelTurn } from '../../../support/scriptedModel';
import { runs } from '../../../support/soak';
import { answerAll, startTalk } from './conversation';

/** Thirty turns of reading, writing and running, each a few thousand tokens. */
function longScript(turns: number): ModelTurn[] {
  return Array.from({ length: turns }, (_, turn): ModelTurn => {
    const id = `call_${turn}`;
    if (turn === turns - 1) return { text: 'All is done.' };
    if (turn % 3 === 0)
      return {
        text: `I look at ${turn}.`,
        tools: [{ id, name: 'read_file', input: { path: `f${turn}.txt` } }],
      };
    if (turn % 3 === 1)
      return {
        tools: [
          { id, name: 'write_file', input: { path: `out${turn}.txt`, content: `${turn}\n`.repeat(200) } },
        ],
      };
    return {
      text: 'Does it hold?',
      tools: [{ id, name: 'run_command', input: { command: `check ${turn}` } }],
    };
  });
}

async function talk(turns: number, contextTokens: number, takesTokens?: Model['takesTokens']) {
  const files = Object.fromEntries(
    Array.from({ length: turns }, (_, turn) => [`f${turn}.txt`, `line of ${turn}\n`.repeat(400)]),
  );
  const commands = ({ command }: { readonly command: string }) => ({
    exitCode: command.endsWith('5') ? 1 : 0,
    output: 'not ok: the answer is 41\n'.repeat(50),
  });
  const model = { ...createScriptedModel({ turns: longScript(turns) }), ...(takesTokens && { takesTokens }) };
  const options = { script: [], model, files, commands, maxTurns: turns + 1, contextTokens };
  const spoken = startTalk(options);
  answerAll(spoken, 'session');
  await spoken.ended;
  return { ...spoken, model };
}

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe('the context of a long session', () => {
  it('only grows: each request begins with all of the one before', async () => {
    const { model, session } = await talk(30, 1_000_000);
    assert.equal(session.state.status, 'done');
    assert.equal(model.requests.length, 30);
    let shared = 0;
    let total = 0;
    for (const [index, request] of model.requests.entries()) {
      const before = model.requests[index - 1];
      if (before === undefined) continue;
      assert.equal(request.system, before.system);
      assert.deepEqual(request.tools, before.tools);
      total += bytes(before.messages);
      shared += bytes(
        before.messages.filter((message, at) => bytes(message) === bytes(request.messages[at])),
      );
      assert.deepEqual(request.messages.slice(0, before.messages.length), before.messages);
    }
    console.log(`      prefix: ${((100 * shared) / total).toFixed(1)} % of ${total} bytes`);
    assert.ok(shared >= total * 0.99);
  });

  it('stays within its budget, and is continued with what matters', async () => {
    const budget = 20_000;
    const { model, session, log } = await talk(30, budget);
    assert.equal(session.state.status, 'done', String(session.state.reason));
    const fixed = tokensOf(CODING_TOOLS.map(({ definition }) => definition));
    for (const { messages } of model.requests)
      assert.ok(tokensOf(messages) + fixed <= budget + 200, `${tokensOf(messages) + fixed} tokens`);
    const last = model.requests
      .at(-1)
      ?.messages[0]?.content.map((block) => ('text' in block ? block.text : ''));
    assert.equal(last?.[0], 'Do it.');
    const summary = last?.[1] ?? '';
    for (const words of [
      /Files that you changed:\n- out1\.txt\n- out4\.txt/,
      /Files that you read; read again what you need:\n- f0\.txt/,
      /`check 5` → failed/,
      /`check 2` → ok/,
      /The last that failed, `check \d*5`, said:\n[\s\S]*the answer is 41/,
      /You said:\n- I look at 0\./,
    ])
      assert.match(summary, words);
    assert.ok(
      session.state.items.some(
        (item) => item.type === 'note' && /oldest steps are summed up/.test(item.text),
      ),
    );
    // A process that goes on from the log says the same.
    const { dialogue } = replay(readLog(log()));
    assert.deepEqual(dialogue.messages().slice(0, -1), model.requests.at(-1)?.messages);
  });

  it('is compacted seldom: each time half of the budget is free again', async () => {
    const { log } = await talk(80, 20_000);
    const compacted = readLog(log()).filter(({ type }) => type === 'context.compacted');
    assert.ok(compacted.length >= 2 && compacted.length <= 10, `${compacted.length} times`);
  });

  it('stays within what the model takes, where that is less', async () => {
    let asked = 0;
    const { model, session, log } = await talk(30, 150_000, async () => {
      asked++;
      return { tokens: 16_000, sure: true };
    });
    const fixed = tokensOf(CODING_TOOLS.map(({ definition }) => definition));
    for (const { messages } of model.requests)
      assert.ok(tokensOf(messages) + fixed <= 12_200, `${tokensOf(messages) + fixed} tokens`);
    assert.equal(session.state.status, 'done', String(session.state.reason));
    assert.equal(session.state.budget, 12_000);
    assert.equal(readLog(log()).filter(({ type }) => type === 'context.bounded').length, 1);
    assert.equal(asked, 1);
  });

  it('is as long as was set where the model takes more, or nobody knows', async () => {
    for (const window of [200_000, undefined]) {
      const { session, log } = await talk(30, 20_000, async () =>
        window === undefined ? undefined : { tokens: window, sure: true },
      );
      assert.equal(session.state.budget, undefined);
      const first = readLog(log()).find((event) => event.type === 'context.compacted');
      assert.ok(first?.type === 'context.compacted' && first.before > 20_000);
    }
  });

  it('goes by what the model was loaded with, once that is known', async () => {
    const answers: Window[] = [
      { tokens: 131_072, sure: false },
      { tokens: 16_000, sure: true },
    ];
    const { session, log } = await talk(
      30,
      150_000,
      async () => answers.shift() ?? assert.fail('asked again'),
    );
    assert.equal(session.state.budget, 12_000);
    const bounds = readLog(log()).flatMap((event) =>
      event.type === 'context.bounded' ? [event.budget] : [],
    );
    assert.deepEqual(bounds, [98_304, 12_000]);
  });

  it('keeps the bound of a model that was put away meanwhile, and lifts it for one that takes more', async () => {
    const budgetAfter = async (window: Window | undefined): Promise<number | undefined> => {
      const events: { budget?: number }[] = [];
      const session = {
        state: { budget: 3072 },
        append: (event: { budget?: number }) => void events.push(event),
      };
      const model = { name: 'm', takesTokens: async () => window };
      const budget = createBudget(model, session as never, 150_000);
      const now = await budget.of(10_000, 9);
      assert.equal(events.at(-1)?.budget ?? 3072, now, 'the meter says the same');
      return now;
    };
    assert.equal(await budgetAfter({ tokens: 131_072, sure: false }), 3072);
    assert.equal(await budgetAfter({ tokens: 8192, sure: true }), 6144);
    assert.equal(await budgetAfter({ tokens: 200_000, sure: true }), 150_000);
    assert.equal(await budgetAfter(undefined), 150_000, 'another model, of which nobody knows');
  });

  it('says once that a request is longer than the model takes', async () => {
    const { session } = await talk(30, 150_000, async () => ({ tokens: 3000, sure: true }));
    const notes = session.state.items.flatMap((item) =>
      item.type === 'note' && item.level === 'warning' ? [item.text] : [],
    );
    assert.equal(notes.length, 1);
    assert.match(notes[0] ?? '', /This request has about [\d,]+ tokens, and scripted takes 3,000/);
  });

  it('asks a server once that says nothing, and twice where the model is never loaded', async () => {
    for (const [window, times] of [
      [undefined, 1],
      [{ tokens: 131_072, sure: false }, 2],
    ] as const) {
      let asked = 0;
      await talk(10, 150_000, async () => {
        asked++;
        return window;
      });
      assert.equal(asked, times);
    }
  });

  it('asks nobody while it is short', async () => {
    const { session } = await talk(2, 150_000, () => assert.fail('asked'));
    assert.equal(session.state.status, 'done', String(session.state.reason));
  });

  it('keeps what the person said, word for word', () => {
    const left: Message[] = [
      { role: 'assistant', content: [{ type: 'text', text: 'I begin.' }] },
      { role: 'user', content: [{ type: 'text', text: 'Use tabs,\nnot blanks.' }] },
    ];
    assert.match(summaryOf(left), /The person said meanwhile:\n- Use tabs,\nnot blanks\./);
  });

  it('gives up whole steps only, never the first message nor the last step, for any sizes', () => {
    const message = (role: Message['role'], size: number): Message => ({
      role,
      content: [{ type: 'text', text: 'x'.repeat(size) }],
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4000), fc.nat(4000)), { maxLength: 20 }),
        fc.nat(4000),
        fc.integer({ min: 1, max: 20_000 }),
        (steps, head, budget) => {
          const messages = [
            message('user', head),
            ...steps.flatMap(([said, told]) => [message('assistant', said), message('user', told)]),
          ];
          const count = tooMany(messages, 100, budget);
          assert.equal(count % 2, 0);
          const size = 100 + messages.reduce((sum, each) => sum + Math.ceil(lengthOf(each) / 4), 0);
          if (size <= budget) return assert.equal(count, 0);
          const kept = messages.length - count;
          assert.ok(kept >= Math.min(messages.length, 3), `${kept} kept of ${messages.length}`);
        },
      ),
      runs(300),
    );
  });
});
