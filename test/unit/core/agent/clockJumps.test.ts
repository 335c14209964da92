// Feature: agent-engine, Property 14: A clock that is set changes no order
// Verifies: agent-engine#1.9, #2.7, #7.2
/** Conversations on a machine whose clock is set, or that sleeps. */
import assert from 'node:assert/strict';
import type { SessionEvent } from '../../../../src/core/agent/session/events';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import { createHome } from '../../../../src/core/home';
import { encodeEvent, messageEvents } from '../../../../src/node/models/messageEvents';
import { createMessagesModel } from '../../../../src/node/models/messagesModel';
import { createScriptedModel, type ModelTurn } from '../../../support/scriptedModel';
import { createTestPorts, type TestPorts } from '../../../support/testPorts';
import { HOME, startCore, toolItems, until } from '../coreHarness';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Forward by a day, back by an hour, back by more than a month. */
const JUMPS: readonly (readonly [string, number])[] = [
  ['forward by a day', DAY],
  ['back by an hour', -HOUR],
  ['back by forty days', -40 * DAY],
];
const PRICE = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };

const write = (path: string): ModelTurn => ({
  tools: [{ name: 'write_file', input: { path, content: 'x' }, id: path }],
});

function logOf(ports: TestPorts, id: string): readonly SessionEvent[] {
  const path = `${createHome(HOME, ports.hasher).sessions(ports.root)}/${id}.jsonl`;
  return readLog(ports.files.text(path) ?? '');
}

async function begin(turns: readonly ModelTurn[], settings: object = {}) {
  const model = { ...createScriptedModel({ turns }), priceOf: () => PRICE };
  const harness = await startCore({ model, settings });
  const { core, ports } = harness;
  const state = (id: string) => core.sessions.get(id);
  const isAsking = (id: string) => {
    const session = state(id);
    return session && toolItems(session).some(({ status }) => status === 'asking');
  };
  const settled = (id: string) => until(ports, () => !core.sessions.isLive(id));
  const chat = async (text: string) => {
    const id = await core.chats.start('/project', { text });
    await settled(id);
    return id;
  };
  return { ...harness, model, state, isAsking, settled, chat };
}

describe('a conversation while the clock is set', () => {
  for (const [how, jump] of JUMPS) {
    it(`${how}: its question waits, its log stays in order, and nothing lasts less than nothing`, async () => {
      const { core, ports, state, isAsking, settled } = await begin([
        write('a'),
        write('b'),
        { text: 'Done.' },
      ]);
      const id = await core.chats.start('/project', { text: 'Write two files' });
      await until(ports, () => isAsking(id));
      ports.clock.jump(jump);
      await ports.clock.advance(10 * HOUR);
      assert.ok(isAsking(id), 'it is for the person to answer, however late');
      core.sessions.answer(id, 'a', 'once');
      await until(ports, () => ports.files.text('a') !== undefined && isAsking(id));
      ports.clock.jump(-jump);
      core.sessions.answer(id, 'b', 'once');
      await settled(id);
      assert.equal(state(id)?.status, 'done');
      assert.deepEqual([ports.files.text('a'), ports.files.text('b')], ['x', 'x']);

      const events = logOf(ports, id);
      const times = events.map(({ at }) => at);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      assert.deepEqual(
        events.map(({ seq }) => seq),
        events.map((_, index) => index),
      );
      const lasted = events.flatMap((event) => ('durationMs' in event ? [event.durationMs] : []));
      assert.ok(lasted.length > 3 && lasted.every((ms) => ms >= 0), `${lasted}`);
    });

    it(`${how}: it is found in the list by another process, and goes on there`, async () => {
      const { core, ports, chat } = await begin([{ text: 'One.' }]);
      const id = await chat('First');
      await core.close();
      ports.clock.jump(jump);
      ports.setModel(createScriptedModel({ turns: [{ text: 'Two.' }, { text: 'Three.' }] }));
      const next = await startCore({ ports });
      await next.core.sessions.list();
      await next.core.chats.say(id, { text: 'And then?' });
      await until(ports, () => !next.core.sessions.isLive(id));
      const other = await next.core.chats.start('/project', { text: 'Second' });
      await until(ports, () => !next.core.sessions.isLive(other));
      const listed = await next.core.sessions.list();
      assert.deepEqual(new Set(listed.map((entry) => entry.id)), new Set([id, other]));
      const texts = logOf(ports, id).flatMap((event) => (event.type === 'user' ? [event.text] : []));
      assert.deepEqual(texts, ['First', 'And then?']);
      const session = next.core.sessions.get(id);
      assert.ok(session?.endedAt !== undefined && session.endedAt >= session.startedAt);
    });
  }
});

describe('a limit while the clock is set', () => {
  // It costs nearly a dollar: what is left is not worth a request.
  const dear: ModelTurn = { text: 'Dear.', outputTokens: 99_500 };

  it('of a day is that of the day that the clock says, and counts what was spent there before', async () => {
    const { core, ports, chat, state, settled } = await begin([dear, dear, dear], { limits: { day: 1 } });
    const first = await chat('One');
    assert.equal(state(first)?.status, 'done');
    const refused = await chat('Two');
    assert.match(state(refused)?.reason ?? '', /limit of \$1\.00 for today/);
    ports.clock.jump(DAY);
    await core.chats.say(refused, { text: 'Go on' });
    await settled(refused);
    assert.equal(state(refused)?.status, 'done', 'a new day');
    ports.clock.jump(-DAY);
    const back = await chat('Three');
    assert.match(state(back)?.reason ?? '', /limit of \$1\.00 for today/, 'the first day again');
    ports.clock.jump(DAY);
    assert.match(state(await chat('Four'))?.reason ?? '', /for today/, 'and the second');
    const days = (await core.usage.month('2026-01')).map(({ day }) => day);
    assert.deepEqual(days, ['2026-01-01', '2026-01-02']);
  });

  it('of a month holds when the clock goes back into it', async () => {
    const { core, ports, chat, state } = await begin([dear, dear], { limits: { month: 1 } });
    await chat('One');
    ports.clock.jump(31 * DAY);
    assert.equal(state(await chat('Two'))?.status, 'done');
    ports.clock.jump(-DAY);
    assert.match(state(await chat('Three'))?.reason ?? '', /limit of \$1\.00 for this month/);
    assert.deepEqual(await core.usage.months(), ['2026-02', '2026-01']);
  });

  it('counts a request under way once, for the day on which it ends, and it lasts no less than nothing', async () => {
    let end = () => {};
    const hold = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { core, ports, model, settled } = await begin([{ ...dear, hold }], {
      limits: { day: 1 },
    });
    const id = await core.chats.start('/project', { text: 'One' });
    await until(ports, () => model.requests.length === 1);
    ports.clock.jump(-HOUR);
    end();
    await settled(id);
    assert.deepEqual(await core.usage.months(), ['2025-12']);
    assert.deepEqual(
      (await core.usage.month('2025-12')).map(({ day, durationMs }) => [day, durationMs]),
      [['2025-12-31', 0]],
    );
  });
});

describe('a request to a server', () => {
  /** The answers of a server, in turn: `busy`, one that stops after its first events, or a whole one. */
  async function talking(...answers: readonly ('busy' | 'half' | 'whole')[]) {
    const ports = createTestPorts();
    const asked: string[] = [];
    const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
      const answer = answers[asked.length] ?? 'whole';
      asked.push(answer);
      if (answer === 'busy') return new Response('{}', { status: 529 });
      return streamed(answer === 'half', init?.signal ?? undefined);
    };
    const { clock } = ports;
    const options = { name: 'm', apiKey: 'k', baseUrl: 'http://127.0.0.1', random: () => 0 };
    ports.setModel(createMessagesModel({ ...options, clock, fetch }));
    const { core } = await startCore({ ports });
    const id = await core.chats.start('/project', { text: 'Tell me' });
    return { ports, core, id, asked, state: () => core.sessions.get(id) };
  }

  function streamed(half: boolean, signal: AbortSignal | undefined): Response {
    const options = { model: 'm', messageId: 'msg', chunk: (text: string) => [text] };
    const events = [...messageEvents({ text: 'Hello.' }, options)];
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
        for (const event of half ? events.slice(0, 3) : events)
          controller.enqueue(new TextEncoder().encode(encodeEvent(event)));
        if (!half) controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  const isOver = ({ core, id }: Awaited<ReturnType<typeof talking>>) => !core.sessions.isLive(id);

  for (const [how, jump] of JUMPS) {
    it(`is made again after the time that was said, the clock being set ${how}`, async () => {
      const talk = await talking('busy', 'whole');
      const { ports, asked, state } = talk;
      await until(ports, () => state()?.retrying !== undefined);
      ports.clock.jump(jump);
      await ports.clock.advance(100);
      assert.deepEqual(asked, ['busy'], 'not at once');
      await ports.clock.advance(1000);
      await until(ports, () => isOver(talk));
      assert.deepEqual([state()?.status, asked], ['done', ['busy', 'whole']]);
    });

    it(`is given up where nothing more comes, and not before, the clock being set ${how}`, async () => {
      const talk = await talking('half', 'whole');
      const { ports, core, id, state } = talk;
      await until(ports, () => ports.clock.waiting > 0);
      ports.clock.jump(jump);
      await ports.clock.advance(60_000);
      assert.equal(state()?.status, 'running', 'the server may still be thinking');
      await ports.clock.advance(70_000);
      await until(ports, () => isOver(talk));
      assert.equal(state()?.status, 'failed');
      assert.match(state()?.reason ?? '', /has sent nothing for 120 s/);
      await core.chats.say(id, { text: 'Again' });
      await until(ports, () => isOver(talk));
      assert.equal(state()?.status, 'done', 'and the conversation goes on');
    });
  }

  it('whose connection is dead when the machine wakes ends with its reason, and can be gone on with', async () => {
    const talk = await talking('half', 'whole');
    const { ports, core, id, state } = talk;
    await until(ports, () => ports.clock.waiting > 0);
    await ports.clock.advance(100_000);
    ports.clock.sleep(8 * HOUR);
    await ports.clock.advance(30_000);
    await until(ports, () => isOver(talk));
    assert.deepEqual([state()?.status, ports.clock.waiting], ['failed', 0]);
    await core.chats.resume(id);
    await until(ports, () => isOver(talk));
    assert.equal(state()?.status, 'done');
  });
});
