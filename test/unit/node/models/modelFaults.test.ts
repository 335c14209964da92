// Feature: agent-engine, Property 3: Every fault has a known end
// Verifies: agent-engine#1.7
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { ModelErrorReason } from '../../../../src/core/agent/turn/model';
import { createAbort } from '../../../../src/core/util/abort';
import { createMessagesModel, type MessagesModelOptions } from '../../../../src/node/models/messagesModel';
import { nodeClock } from '../../../../src/node/nodePorts';
import { collect, requestOf } from '../../../support/collect';
import { createFakeClock } from '../../../support/fakeClock';
import { type Fault, type MessagesServer, startMessagesServer } from '../../../support/messagesServer';

const KEY = 'sk-ant-test-0123456789abcdef';
const TEXT = 'Some words of an answer that is long enough.';

function modelAt(url: string, more: Partial<MessagesModelOptions> = {}) {
  return createMessagesModel({
    name: 'claude-test',
    apiKey: KEY,
    baseUrl: url,
    clock: nodeClock,
    maxRetries: 0,
    ...more,
  });
}

/** Short for the one fault that only time shows. */
function patience(fault: Fault): Partial<MessagesModelOptions> {
  return fault === 'stall' ? { idleTimeoutMs: 300 } : {};
}

/** Every fault of the server, what becomes of it, and what the person reads. */
const CASES: readonly (readonly [Fault, ModelErrorReason, RegExp])[] = [
  ['unauthorized', 'auth', /refused the API key. Set another with “Earshot: Set API Key”\.$/],
  ['forbidden', 'auth', /does not let this API key use “claude-test”/],
  ['notFound', 'notFound', /does not know the model “claude-test”/],
  ['badRequest', 'badRequest', /did not accept the request.*at least one is required/],
  ['rateLimited', 'rateLimit', /rate limit/],
  ['serverError', 'server', /failed \(500\)/],
  ['overloaded', 'overloaded', /is overloaded/],
  ['redirect', 'badRequest', /another address.*earshot\.baseUrl/],
  ['notSse', 'malformed', /text\/html instead of a stream/],
  ['resetConnection', 'network', /connection to http:.* failed/],
  ['cutByReset', 'cut', /broke in the middle/],
  ['cutByEnd', 'cut', /ended in the middle/],
  ['stall', 'stalled', /sent nothing for/],
  ['malformedEvent', 'malformed', /an event is not JSON/],
  ['malformedTool', 'malformed', /tool call is not a JSON object/],
  ['errorEvent', 'overloaded', /is overloaded/],
];

describe('faults of a model server', () => {
  for (const [fault, reason, message] of CASES) {
    it(`${fault} is ${reason}`, async () => {
      const turn = { text: TEXT, tools: [{ name: 'run', input: { a: 'long enough to be cut' } }], fault };
      const server = await startMessagesServer({ turns: [turn] });
      const { error, reason: found, end } = await collect(modelAt(server.url, patience(fault)));
      assert.equal(found, reason, inspect(error));
      assert.match(error instanceof Error ? error.message : '', message);
      assert.equal(end, undefined);
      if (fault === 'stall' || fault === 'notSse') assert.equal(await server.requests[0]?.closedEarly, true);
    });
  }

  it('says what to do when nothing answers, and when the key is missing', async () => {
    const server = await startMessagesServer({ turns: [{ fault: 'unauthorized' }] });
    const without = await collect(modelAt(server.url, { apiKey: undefined }));
    assert.match(String(without.error), /wants an API key. Set one with/);
    await server.close();
    const nobody = await collect(modelAt(server.url));
    assert.equal(nobody.reason, 'network');
    assert.match(String(nobody.error), /Nothing answers at http:\/\/127\.0\.0\.1:\d+ \(connection refused\)/);
  });

  it('refuses an address that is none', () => {
    for (const url of ['', 'api.anthropic.com', 'ftp://a', 'http://user:pass@host', 'file:///etc']) {
      assert.throws(() => modelAt(url), /not the address of a server/, url);
    }
  });

  it('never shows the key, whatever the server echoes', async () => {
    const echoes: readonly Fault[] = ['unauthorized', 'forbidden', 'badRequest', 'serverError', 'errorEvent'];
    for (const fault of echoes) {
      const errorMessage = `Your key ${KEY} (Bearer ${KEY}) is odd`;
      const server = await startMessagesServer({ turns: [{ text: TEXT, fault, errorMessage }] });
      const { error, events } = await collect(modelAt(server.url));
      const shown =
        inspect([error, events], { depth: 9, showHidden: true }) + JSON.stringify([error, events]);
      assert.equal(shown.includes(KEY), false, fault);
      assert.equal(shown.includes('0123456789abcdef'), false, fault);
    }
  });
});

describe('trying again', () => {
  async function serve(
    ...faults: readonly (Fault | { fault: Fault; retryAfter: string })[]
  ): Promise<MessagesServer> {
    const turns = faults.map((each) => (typeof each === 'string' ? { fault: each } : each));
    return startMessagesServer({ turns: [...turns, { text: TEXT }] });
  }

  it('shows each try and succeeds at last', async () => {
    const server = await serve('rateLimited', 'overloaded', 'serverError', 'resetConnection');
    const clock = createFakeClock();
    const model = modelAt(server.url, { clock, maxRetries: 4, random: () => 0 });
    const running = collect(model, requestOf(), createAbort().signal, (event) => {
      if (event.type === 'retry') setImmediate(() => void clock.advance(event.delayMs));
    });
    const { retries, text, error } = await running;
    assert.equal(error, undefined);
    assert.equal(text, TEXT);
    assert.deepEqual(
      retries.map(({ attempt, delayMs }) => [attempt, delayMs]),
      [
        [1, 500],
        [2, 1000],
        [3, 2000],
        [4, 4000],
      ],
    );
    assert.match(retries[1]?.message ?? '', /overloaded/);
    assert.equal(clock.waiting, 0);
  });

  it('gives up after the last try', async () => {
    const server = await startMessagesServer({ answer: () => ({ fault: 'overloaded' }) });
    const { retries, reason } = await collect(modelAt(server.url, { maxRetries: 2, maxRetryDelayMs: 1 }));
    assert.equal(reason, 'overloaded');
    assert.equal(retries.length, 2);
    assert.equal(server.requests.length, 3);
  });

  it('waits as the server asks, but not for ever, and spreads out', async () => {
    for (const [retryAfter, random, expected] of [
      ['2', 0, 2000],
      ['2', 1, 2500],
      ['86400', 0, 22_500],
      ['86400', 1, 30_000],
      ['Thu, 01 Jan 2026 00:00:05 GMT', 0, 5000],
      ['Thu, 01 Jan 2099 00:00:00 GMT', 1, 30_000],
      ['soon', 0, 500],
      ['-3', 0, 500],
    ] as const) {
      const server = await serve({ fault: 'rateLimited', retryAfter });
      const clock = createFakeClock(Date.UTC(2026, 0, 1));
      const model = modelAt(server.url, { clock, maxRetries: 1, random: () => random });
      const { retries } = await collect(model, requestOf(), createAbort().signal, (event) => {
        if (event.type === 'retry') setImmediate(() => void clock.advance(event.delayMs));
      });
      assert.equal(retries[0]?.delayMs, expected, retryAfter);
    }
  });

  it('stops waiting at once when it is cancelled', async () => {
    const server = await serve({ fault: 'rateLimited', retryAfter: '20' });
    const abort = createAbort();
    const reason = new Error('stop');
    const { error } = await collect(modelAt(server.url, { maxRetries: 3 }), requestOf(), abort.signal, () =>
      setImmediate(() => abort.abort(reason)),
    );
    assert.equal(error, reason);
    assert.equal(server.requests.length, 1);
  });

  it('never tries again what cannot help, or once an answer has begun', async () => {
    for (const fault of [
      'unauthorized',
      'badRequest',
      'notFound',
      'cutByEnd',
      'cutByReset',
      'errorEvent',
      'stall',
    ] as const) {
      const server = await startMessagesServer({ turns: [{ text: TEXT, fault }, { text: 'again' }] });
      const { retries } = await collect(
        modelAt(server.url, { maxRetries: 3, maxRetryDelayMs: 1, ...patience(fault) }),
      );
      assert.equal(retries.length, 0, fault);
      assert.equal(server.requests.length, 1, fault);
    }
  });

  it('tries again when a stream breaks before any part of the answer', async () => {
    for (const fault of ['errorEvent', 'cutByEnd'] as const) {
      const server = await startMessagesServer({
        turns: [{ text: TEXT, fault, faultAfter: 1 }, { text: 'again' }],
      });
      const { retries, text } = await collect(modelAt(server.url, { maxRetries: 3, maxRetryDelayMs: 1 }));
      assert.equal(retries.length, 1, fault);
      assert.equal(text, 'again');
    }
  });
});
