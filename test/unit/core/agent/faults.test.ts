// Feature: agent-engine, Property 3: Every fault has a known end
// Verifies: agent-engine#1.8
/**
 * Every fault of a model server at every point of a turn, over real HTTP and through the real SDK, the real turn
 * loop and the real log: as the session's first answer, and after an answer whose tool has written.
 */
import assert from 'node:assert/strict';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import type { Clock } from '../../../../src/core/ports';
import { type Disposable, toDisposable } from '../../../../src/core/util/disposable';
import { createMessagesModel } from '../../../../src/node/models/messagesModel';
import { nodeClock } from '../../../../src/node/nodePorts';
import { assertAccepted } from '../../../support/acceptedConversation';
import { startMessagesServer } from '../../../support/messagesServer';
import { startTalk, write } from './conversation';
import { CASES, type FaultCase } from './faultMatrix';

const IDLE_MS = 60_000;
/** Stands for the long silence, where one is awaited. */
const SILENCE_MS = 40;

/** Waits for nothing but a server's silence, and for that not long. */
function hurriedClock(isSilent: () => boolean): Clock {
  const hurry = (ms: number, run: () => void): Disposable => {
    let timer = nodeClock.after(ms, function wake() {
      if (ms === 0 || isSilent()) run();
      else timer = nodeClock.after(ms, wake);
    });
    return toDisposable(() => timer.dispose());
  };
  return { ...nodeClock, after: (ms, run) => hurry(ms === IDLE_MS ? SILENCE_MS : 0, run) };
}

/** Only the superuser could listen there. */
const NOBODY = 'http://127.0.0.1:2/v1/messages';

const BEFORE = { ...write('z.txt', 'written before'), id: 'toolu_z' };

async function runCase(
  { turn, expected, times, refused, stops }: FaultCase,
  isLater: boolean,
): Promise<void> {
  const before = isLater ? [{ text: 'First this.', tools: [BEFORE] }] : [];
  const { fault: _, faultAfter: __, ...whole } = turn;
  const heals = turn.text === undefined && turn.tools === undefined ? REPAIRED : whole;
  const server = await startMessagesServer({
    turns: [
      ...before,
      ...Array.from({ length: refused ? 0 : times }, () => turn),
      ...(expected.retries > 0 ? [heals] : []),
    ],
    answer: () => ({ text: 'Done.' }),
  });
  const isSilent = turn.fault === 'stall' && expected.status === 'failed';
  let attempts = 0;
  const refusing: typeof fetch = (input, init) => {
    attempts += 1;
    const isRefused = attempts > before.length && attempts <= before.length + times;
    return fetch(isRefused ? NOBODY : input, init);
  };
  const model = createMessagesModel({
    name: 'claude-test',
    apiKey: 'key',
    baseUrl: server.url,
    clock: hurriedClock(() => isSilent && server.requests.length > before.length),
    idleTimeoutMs: IDLE_MS,
    ...(refused && { fetch: refusing }),
  });
  const talk = startTalk({ script: [], model, settings: { autonomy: 'autopilot' } });
  if (stops) {
    await server.received(before.length + 1);
    // The pieces that were sent may still be under way: it must not matter.
    setImmediate(() => talk.sessions.stop(talk.session.id));
  }
  await talk.ended;

  const events = readLog(talk.log());
  const state = talk.session.state;
  assert.equal(state.status, expected.status, state.reason);
  assert.match(state.reason ?? '', expected.reason ?? /^/);
  const last = events.at(-1);
  assert.deepEqual(
    [last?.type, last?.type === 'session.ended' && last.status],
    ['session.ended', expected.status],
  );
  assert.equal(events.filter(({ type }) => type === 'turn.retrying').length, expected.retries);

  const written = talk.ports.files.journal.filter((line) => line.startsWith('write /project'));
  const own = expected.ran ? ['write /project/a.txt', 'write /project/b.txt'] : [];
  assert.deepEqual(written, [...(isLater ? ['write /project/z.txt'] : []), ...own]);
  const calls = { started: [] as string[], ended: [] as string[] };
  for (const event of events) {
    if (event.type === 'tool.started') calls.started.push(event.call);
    if (event.type === 'tool.ended') calls.ended.push(event.call);
  }
  const expectedCalls = [...(isLater ? ['toolu_z'] : []), ...(expected.ran ? ['toolu_a', 'toolu_b'] : [])];
  assert.deepEqual(calls, { started: expectedCalls, ended: expectedCalls });

  // One request for each answer and each announced try: nothing is paid twice.
  const answers = events.filter(({ type }) => type === 'turn.ended').length;
  const unanswered = events.filter(({ type }) => type === 'turn.started').length - answers;
  const unheard = refused ? Math.min(times, expected.retries + 1) : 0;
  assert.equal(server.requests.length, answers + unanswered + expected.retries - unheard);
  assert.equal(unanswered, hasAnswer(turn, expected) ? 0 : 1);
  for (const { body } of server.requests) assertAccepted(body.messages);
  await server.close();
}

/** What a server answers that had no words before. */
const REPAIRED = {
  text: 'I write.',
  tools: [
    { ...write('a.txt'), id: 'toolu_a' },
    { ...write('b.txt'), id: 'toolu_b' },
  ],
};

/** An answer came whole, whatever it was worth: it is in the log. */
function hasAnswer({ stop }: FaultCase['turn'], { status, reason }: FaultCase['expected']): boolean {
  return (
    status === 'done' ||
    stop !== undefined ||
    /length limit|called none|same id|stopped for a reason/.test(reason?.source ?? '')
  );
}

describe('faults of the model server in the turn loop', () => {
  const seen = new Map<string, string[]>();
  let count = 0;

  for (const name of new Set(CASES.map((each) => each.name))) {
    const cases = CASES.filter((each) => each.name === name);
    it(`${name}: ${[...new Set(cases.map(({ expected }) => expected.status))].join(' or ')}`, async () => {
      for (const isLater of [false, true]) {
        await Promise.all(
          cases.map(async (each) => {
            await runCase(each, isLater).catch((error: unknown) => {
              throw new Error(`${name} ${each.point}${isLater ? ', second answer' : ''}`, { cause: error });
            });
            count += 1;
          }),
        );
      }
      for (const { point, expected } of cases) {
        const more = expected.retries > 0 ? `, ${expected.retries} more requests` : '';
        const row = `${name} | ${expected.status}${more}`;
        seen.set(row, [...(seen.get(row) ?? []), point]);
      }
    });
  }

  it('are at least 150, and no two are the same', () => {
    const faults = CASES.map(({ expected: _, name: __, point: ___, ...fault }) => JSON.stringify(fault));
    assert.equal(new Set(faults).size, faults.length);
    assert.ok(faults.length >= 150, `${faults.length}`);
  });

  after(() => {
    const rows = [...seen].map(([row, points]) => `      | ${row} | ${points.join(', ')} |`);
    console.log(
      `      ${CASES.length} cases, ${count} runs; each as the first answer and after an answer whose tool has written`,
    );
    console.log(['      | fault | ends as | where |', '      |---|---|---|', ...rows].join('\n'));
  });
});
