import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeEvent, messageEvents, type ServerSentEvent } from '../../src/node/models/messageEvents';
import type { Fault, ScriptedTurn } from './messagesServer';

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

/** Faults that are an answer of their own instead of a stream. */
const REPLIES: Readonly<Partial<Record<Fault, Reply>>> = {
  unauthorized: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' },
  forbidden: { status: 403, type: 'permission_error', message: 'This key may not use the model.' },
  notFound: { status: 404, type: 'not_found_error', message: 'model: no-such-model' },
  badRequest: { status: 400, type: 'invalid_request_error', message: 'messages: at least one is required' },
  rateLimited: { status: 429, type: 'rate_limit_error', message: 'Too many requests.' },
  serverError: { status: 500, type: 'api_error', message: 'Internal server error' },
  overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded' },
};

interface TurnContext {
  readonly model: string;
  readonly messageId: string;
}

/** Answers one request as the turn says, faults included. */
export async function sendTurn(
  response: ServerResponse,
  turn: ScriptedTurn,
  context: TurnContext,
): Promise<void> {
  const reply = turn.fault && REPLIES[turn.fault];
  if (reply) return sendReply(response, turn, reply);
  if (turn.fault === 'redirect') return void response.writeHead(307, { location: '/elsewhere' }).end();
  if (turn.fault === 'notSse') {
    // Left open: the client must close it.
    return void response.writeHead(200, { 'content-type': 'text/html' }).write('<h1>Sign in</h1>');
  }
  if (turn.fault === 'resetConnection') return void response.socket?.destroy();
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  await sendStream(response, turn, context);
}

function sendReply(response: ServerResponse, turn: ScriptedTurn, reply: Reply): void {
  const { status, type, message } = reply;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(turn.retryAfter !== undefined && { 'retry-after': turn.retryAfter }),
  });
  response.end(JSON.stringify({ type: 'error', error: { type, message: turn.errorMessage ?? message } }));
}

/** What is sent for a turn without its faults. */
export function eventsOf(turn: ScriptedTurn, context: TurnContext): readonly ServerSentEvent[] {
  const chunk = (text: string): readonly string[] => cut(text, turn.chunkSize ?? 12);
  const events = [...messageEvents(withStop(turn), { ...context, chunk })];
  return turn.fault === 'truncatedTool' || turn.fault === 'malformedTool' ? spoilTool(events) : events;
}

async function sendStream(response: ServerResponse, turn: ScriptedTurn, context: TurnContext): Promise<void> {
  const whole = eventsOf(turn, context);
  const last = turn.fault === undefined ? Number.POSITIVE_INFINITY : (turn.faultAfter ?? firstContent(whole));
  // A fault before the first event comes after the headers.
  response.flushHeaders();
  for (const [index, event] of disorder(whole, turn.fault, last).entries()) {
    if (index === last && (await breakStream(response, turn))) return;
    if (!(await write(response, encodeEvent(event), turn.bytesPerWrite))) return;
    if (turn.delayMs !== undefined) await delay(turn.delayMs);
  }
  if (last === whole.length && (await breakStream(response, turn))) return;
  response.end();
}

function disorder(
  events: readonly ServerSentEvent[],
  fault: Fault | undefined,
  at: number,
): readonly ServerSentEvent[] {
  const [event, next] = [events[at], events[at + 1]];
  if (!event) return events;
  if (fault === 'lostEvent') return events.toSpliced(at, 1);
  if (fault === 'doubledEvent') return events.toSpliced(at, 0, event);
  return fault === 'swappedEvents' && next ? events.toSpliced(at, 2, next, event) : events;
}

function withStop(turn: ScriptedTurn): ScriptedTurn {
  if (turn.fault === 'truncatedTool') return { ...turn, stop: 'max_tokens' };
  if (turn.fault === 'refusal') return { ...turn, stop: 'refusal' };
  return turn;
}

/** Does the fault end the stream here? */
async function breakStream(response: ServerResponse, turn: ScriptedTurn): Promise<boolean> {
  switch (turn.fault) {
    case 'cutByReset':
      // What was written must have left, or the client would see no part of it.
      await delay(20);
      response.socket?.destroy();
      return true;
    case 'cutByEnd':
      response.end();
      return true;
    case 'stall':
      return true;
    case 'malformedEvent':
      await write(response, 'event: content_block_delta\ndata: {"type":"content_block_del\n\n');
      return false;
    case 'garbage':
      await write(response, '\ufffd\u0000\u0007 502 Bad Gateway\r\n\r\n');
      return false;
    case 'hollowEvent':
      await write(
        response,
        encodeEvent({ event: 'content_block_delta', data: { type: 'content_block_delta' } }),
      );
      return false;
    case 'newEvent':
      await write(response, encodeEvent({ event: 'mood', data: { type: 'mood', mood: 'calm' } }));
      return false;
    case 'errorEvent': {
      const { errorMessage: message = 'Overloaded', errorType: type = 'overloaded_error' } = turn;
      await write(
        response,
        encodeEvent({ event: 'error', data: { type: 'error', error: { type, message } } }),
      );
      response.end();
      return true;
    }
    default:
      return false;
  }
}

function firstContent(events: readonly ServerSentEvent[]): number {
  return events.findIndex(({ event }) => event === 'content_block_delta') + 1;
}

/** Leaves out the last piece of each tool's input: JSON that ends too early. */
function spoilTool(events: readonly ServerSentEvent[]): readonly ServerSentEvent[] {
  return events.filter((event, index) => {
    const isInput = encodeEvent(event).includes('input_json_delta');
    return !(isInput && events[index + 1]?.event === 'content_block_stop');
  });
}

function cut(text: string, size: number): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start += size) pieces.push(text.slice(start, start + size));
  return pieces;
}

/** False when the client is gone. */
async function write(response: ServerResponse, text: string, bytesPerWrite?: number): Promise<boolean> {
  const bytes = Buffer.from(text, 'utf8');
  const step = bytesPerWrite ?? bytes.length;
  for (let start = 0; start < bytes.length; start += step) {
    if (response.destroyed) return false;
    if (!response.write(bytes.subarray(start, start + step))) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    // One write, one packet: otherwise the system joins them again.
    if (bytesPerWrite !== undefined) await delay(1);
  }
  return !response.destroyed;
}
