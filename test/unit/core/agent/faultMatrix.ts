/** The faults of a model server at every point of a turn, and what must become of each. */
import type { Fault, ScriptedTurn } from '../../../support/messagesServer';
import { eventsOf } from '../../../support/messagesServerTurn';
import { call, write } from './conversation';

/** What is left when a case is over. */
export interface Expected {
  readonly status: 'done' | 'failed' | 'cancelled';
  /** Of a failed session. */
  readonly reason?: RegExp;
  /** Requests beyond the one that went wrong, sent because of it. */
  readonly retries: number;
  /** Did the broken answer's tools run? */
  readonly ran: boolean;
}

export interface FaultCase {
  readonly name: string;
  readonly point: string;
  readonly turn: ScriptedTurn;
  readonly expected: Expected;
  /** The server says it this often, then answers well. */
  readonly times: number;
  /** Nobody listens at the address, instead of the turn. */
  readonly refused?: boolean;
  /** The person stops the session where the server falls silent. */
  readonly stops?: boolean;
}

const FIRST = { ...write('a.txt', 'the first of the two'), id: 'toolu_a' };
const SECOND = { ...write('b.txt', 'the second of the two'), id: 'toolu_b' };

/** An answer with everything in it, in small pieces. */
export const ANSWER = {
  text: 'I write two files, one after the other.',
  tools: [FIRST, SECOND],
} satisfies ScriptedTurn;

const EVENTS = eventsOf(ANSWER, { model: 'm', messageId: 'msg' }).map(({ event }) => event);
const [textEnd = 0, firstEnd = 0, secondEnd = 0] = EVENTS.flatMap((event, index) =>
  event === 'content_block_stop' ? [index] : [],
);

/** Name of a point → events that were sent before it. */
export const POINTS: Readonly<Record<string, number>> = {
  'after the headers': 0,
  'after the start': 1,
  'in text': 3,
  'before the calls': textEnd + 1,
  'before a call’s input': textEnd + 2,
  'in a call’s input': textEnd + 3,
  'between the calls': firstEnd + 1,
  'in the next call’s input': firstEnd + 3,
  'after the calls': secondEnd + 1,
  'before the stop': secondEnd + 2,
  'after the stop': EVENTS.length,
};

/** Before the person saw anything of the answer. */
const UNSEEN = new Set(['after the headers', 'after the start']);
const OVER = 'after the stop';
const DONE: Expected = { status: 'done', retries: 0, ran: true };
const AGAIN: Expected = { status: 'done', retries: 1, ran: true };
const CANCELLED: Expected = { status: 'cancelled', retries: 0, ran: false };
const failed = (reason: RegExp, retries = 0): Expected => ({ status: 'failed', reason, retries, ran: false });

type Rule = (point: string) => Expected | undefined;

/** A break: tried again while nothing was seen, fatal afterwards, nothing when all was said. */
const breaks =
  (reason: RegExp): Rule =>
  (point) =>
    point === OVER ? DONE : UNSEEN.has(point) ? AGAIN : failed(reason);
/** Trying again would not help, whenever it comes. */
const ends =
  (reason: RegExp): Rule =>
  (point) =>
    point === OVER ? DONE : failed(reason);
const harmless: Rule = () => DONE;

/** What a lost event does to the answer: text alone can lose a piece that nobody misses. */
const lost: Rule = (point) =>
  ({
    'after the headers': failed(/beginning is missing/),
    'after the start': failed(/before its start/),
    'before the calls': failed(/before its start/),
    'before a call’s input': failed(/not a JSON object/),
    'in a call’s input': failed(/not a JSON object/),
    'between the calls': failed(/before its start/),
    'in the next call’s input': failed(/not a JSON object/),
    'after the calls': failed(/stopped for a reason/),
    'before the stop': failed(/ended in the middle/),
  })[point];

const doubled: Rule = (point) =>
  ({
    'after the headers': failed(/begins twice/),
    'after the start': failed(/block begins twice/),
    'before the calls': failed(/block begins twice/),
    'before a call’s input': failed(/not a JSON object/),
    'in a call’s input': failed(/not a JSON object/),
    'between the calls': failed(/block begins twice/),
    'in the next call’s input': failed(/not a JSON object/),
    'after the calls': DONE,
    'before the stop': DONE,
  })[point];

const swapped: Rule = (point) =>
  ({
    'after the headers': failed(/beginning is missing/),
    'after the start': failed(/before its start/),
    'before the calls': failed(/before its start/),
    'before a call’s input': failed(/not a JSON object/),
    'in a call’s input': failed(/not a JSON object/),
    'between the calls': failed(/before its start/),
    'in the next call’s input': failed(/not a JSON object/),
    'after the calls': failed(/stopped for a reason/),
  })[point];

const STREAM: readonly (readonly [string, Partial<ScriptedTurn> & { readonly fault: Fault }, Rule])[] = [
  ['error: overloaded', { fault: 'errorEvent' }, breaks(/overloaded/)],
  ['error: server', { fault: 'errorEvent', errorType: 'api_error' }, breaks(/failed/)],
  ['error: bad request', { fault: 'errorEvent', errorType: 'invalid_request_error' }, ends(/did not accept/)],
  ['FIN', { fault: 'cutByEnd' }, breaks(/ended in the middle/)],
  ['reset', { fault: 'cutByReset' }, breaks(/broke in the middle/)],
  ['silence', { fault: 'stall' }, ends(/sent nothing for/)],
  ['half an event', { fault: 'malformedEvent' }, ends(/not JSON/)],
  ['hollow event', { fault: 'hollowEvent' }, ends(/beginning is missing|lacks a part|before its start/)],
  ['garbage', { fault: 'garbage' }, harmless],
  ['event of a newer server', { fault: 'newEvent' }, harmless],
  ['lost event', { fault: 'lostEvent' }, lost],
  ['doubled event', { fault: 'doubledEvent' }, doubled],
  ['swapped events', { fault: 'swappedEvents' }, swapped],
];

function* streamCases(): Generator<FaultCase> {
  for (const [name, fault, rule] of STREAM) {
    for (const [point, faultAfter] of Object.entries(POINTS)) {
      const expected = rule(point);
      if (expected) yield { name, point, turn: { ...ANSWER, ...fault, faultAfter }, expected, times: 1 };
    }
  }
  for (const [point, faultAfter] of Object.entries(POINTS)) {
    if (point === OVER) continue;
    const turn: ScriptedTurn = { ...ANSWER, fault: 'stall', faultAfter };
    yield { name: 'stopped by the person', point, turn, expected: CANCELLED, times: 1, stops: true };
  }
}

const BEFORE = 'before the headers';
/** Of the adapter: it tries four more times. */
const RETRIES = 4;

const REPLIES: readonly (readonly [
  string,
  Partial<ScriptedTurn> & { readonly fault: Fault },
  RegExp,
  boolean,
])[] = [
  ['400', { fault: 'badRequest' }, /did not accept/, false],
  ['401', { fault: 'unauthorized' }, /refused the API key/, false],
  ['403', { fault: 'forbidden' }, /does not let this API key/, false],
  ['404', { fault: 'notFound' }, /does not know the model/, false],
  ['307', { fault: 'redirect' }, /another address/, false],
  ['a page', { fault: 'notSse' }, /instead of a stream/, false],
  ['429', { fault: 'rateLimited' }, /rate limit/, true],
  ['429 with retry-after', { fault: 'rateLimited', retryAfter: '7' }, /rate limit/, true],
  ['500', { fault: 'serverError' }, /failed \(500\)/, true],
  ['529', { fault: 'overloaded' }, /overloaded/, true],
  ['529 with retry-after', { fault: 'overloaded', retryAfter: '3600' }, /overloaded/, true],
  ['connection reset', { fault: 'resetConnection' }, /connection to .* failed/, true],
];

function* replyCases(): Generator<FaultCase> {
  for (const [name, turn, reason, helps] of REPLIES) {
    if (!helps) yield { name, point: BEFORE, turn, expected: failed(reason), times: 1 };
    else {
      for (const times of [1, RETRIES])
        yield { name, point: `${BEFORE}, ${times} ×`, turn, expected: { ...DONE, retries: times }, times };
      yield { name, point: `${BEFORE}, always`, turn, expected: failed(reason, RETRIES), times: 9 };
    }
  }
}

function* refusedCases(): Generator<FaultCase> {
  const [name, turn] = ['connection refused', {}];
  for (const times of [1, RETRIES])
    yield {
      name,
      point: `${BEFORE}, ${times} ×`,
      turn,
      expected: { ...DONE, retries: times },
      times,
      refused: true,
    };
  const expected = failed(/Nothing answers at/, RETRIES);
  yield { name, point: `${BEFORE}, always`, turn, expected, times: 9, refused: true };
}

const STOPS: readonly (readonly [string, RegExp])[] = [
  ['max_tokens', /length limit/],
  ['model_context_window_exceeded', /length limit/],
  ['refusal', /refused to answer/],
  ['pause_turn', /does not know/],
  ['', /does not know/],
];

const ENDS: Readonly<Record<string, ScriptedTurn>> = {
  'text alone': { text: ANSWER.text },
  'whole calls': ANSWER,
  'a call alone': { tools: [FIRST] },
};

function* stopCases(): Generator<FaultCase> {
  for (const [stop, reason] of STOPS) {
    for (const [point, turn] of Object.entries(ENDS))
      yield {
        name: stop || 'no stop reason',
        point,
        turn: { ...turn, stop },
        expected: failed(reason),
        times: 1,
      };
  }
  const cut = { ...ANSWER, fault: 'truncatedTool' } as const;
  yield { name: 'max_tokens', point: 'a cut call', turn: cut, expected: failed(/length limit/), times: 1 };
  const none = { text: 'I call nothing.', stop: 'tool_use' };
  yield { name: 'tool_use', point: 'text alone', turn: none, expected: failed(/called none/), times: 1 };
  const unasked: ScriptedTurn = { ...ANSWER, stop: 'end_turn' };
  const silent: Expected = { status: 'done', retries: 0, ran: false };
  yield { name: 'end_turn', point: 'whole calls', turn: unasked, expected: silent, times: 1 };
}

function* inputCases(): Generator<FaultCase> {
  const broken = { ...ANSWER, fault: 'malformedTool' } as const;
  const bad = failed(/not a JSON object/);
  yield { name: 'input cut', point: 'both calls', turn: broken, expected: bad, times: 1 };
  for (const [name, input] of Object.entries({ list: [1], text: 'a.txt', number: 7, nothing: null })) {
    const wrong = { ...call('write_file', input), id: 'toolu_x' };
    const orders = { 'first call': [wrong, FIRST], 'last call': [FIRST, wrong], 'only call': [wrong] };
    for (const [point, tools] of Object.entries(orders))
      yield { name: `input: ${name}`, point, turn: { tools }, expected: bad, times: 1 };
  }
  const twins = [FIRST, { ...SECOND, id: FIRST.id }];
  yield {
    name: 'calls with one id',
    point: 'both calls',
    turn: { tools: twins },
    expected: failed(/same id/),
    times: 1,
  };
}

export const CASES: readonly FaultCase[] = [
  ...refusedCases(),
  ...replyCases(),
  ...streamCases(),
  ...stopCases(),
  ...inputCases(),
];
