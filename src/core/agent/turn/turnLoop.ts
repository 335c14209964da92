/**
 * One conversation with the model until it is done: ask, run the tools it calls, tell it the results, ask
 * again. Tools run only when the model stopped for them, and every step is in the log before the next.
 */
import { ActError } from '../../actError';
import type { TurnCheckpoints } from '../../checkpoints/turnCheckpoints';
import { errorMessage } from '../../util/errorMessage';
import { waitsForReview } from '../changes/foldChanges';
import type { Supervision } from '../changes/supervision';
import type { PermissionGate } from '../permissions';
import { callsIn } from '../session/dialogue';
import type { SessionEvent } from '../session/events';
import { type Replay, replay } from '../session/replay';
import type { Session } from '../session/sessions';
import type { TurnEvents } from '../surroundings/model';
import type { Tool, ToolContext } from '../tool';
import type { Attachment } from './attachments';
import { type Budget, createBudget } from './budget';
import { tokensOf, tooMany } from './compaction';
import type { Message, Model, ModelEvent, ToolUseBlock } from './model';
import type { Patience } from './patience';
import { runCalls } from './runCalls';

export interface Conversation {
  readonly session: Session;
  readonly model: Model;
  readonly system: string;
  readonly prompt: string;
  /** Of the prompt. */
  readonly attachments?: readonly Attachment[];
  readonly tools: readonly Tool[];
  readonly maxTokens: number;
  /** The most requests; reaching it is a failure that says so. */
  readonly maxTurns: number;
  /** Estimated tokens of a request, at the most: before it would be longer, its oldest steps are summed up. */
  readonly contextTokens: number;
  readonly gate: PermissionGate;
  /** Of what it changes; undefined where nothing is. */
  readonly supervision?: Supervision | undefined;
  /** Of the workspace, before it changes anything. */
  readonly checkpoints?: TurnCheckpoints | undefined;
  /** What happens around its steps. */
  readonly around?: TurnEvents;
  readonly context: Omit<ToolContext, 'onOutput'>;
  readonly now: () => number;
  /** A request that came to nothing is made once more; undefined: it is not. */
  readonly patience?: Patience;
  /** Hears text as it streams. */
  readonly onText?: (text: string) => void | Promise<void>;
  /** The log of a session that is gone on with: nothing that was answered is asked for or done again. */
  readonly past?: readonly SessionEvent[] | undefined;
  /** What is to be said to an answer that would be the last; undefined where it is. Throws what ends it badly. */
  readonly replyTo?: ((end: ModelEnd) => string | undefined | Promise<string | undefined>) | undefined;
  /** Puts the data of pictures into messages. */
  readonly withPictures?: ((messages: readonly Message[]) => Promise<readonly Message[]>) | undefined;
  /** Is there somebody who can say whether an interrupted call should run again? */
  readonly canAsk?: boolean;
}

export type ModelEnd = Extract<ModelEvent, { type: 'end' }>;

/** Resolves with the last answer when the model is done; throws what a person should read. */
export async function converse(conversation: Conversation): Promise<ModelEnd> {
  const { session, tools, past = [] } = conversation;
  // Where the answer is a document there is nothing to steer.
  session.listen(tools.length > 0);
  conversation.gate.recall(past);
  try {
    return await talk(conversation, replay(past));
  } finally {
    session.listen(false);
    await conversation.checkpoints?.ended(session);
  }
}

async function talk(conversation: Conversation, { dialogue, last, begun, turns }: Replay): Promise<ModelEnd> {
  const { session, model, maxTurns, contextTokens } = conversation;
  const budget = createBudget(model, session, contextTokens);
  await begin(conversation, dialogue);
  // A turn that was ended waits for the person before anything is done on top of it.
  if (waitsForReview(session.state.changes)) await conversation.supervision?.review(session, dialogue);
  let turn = turns;
  let limit = turns + maxTurns;
  let end: ModelEnd | undefined = last && { ...last, type: 'end' };
  let interrupted = begun;
  for (;;) {
    await runCalls(conversation, dialogue, interrupted);
    interrupted = NONE;
    // What the person says next is about what they left of it.
    if (end?.stop === 'end_turn') await conversation.checkpoints?.ended(session);
    if (end?.stop === 'end_turn') await conversation.supervision?.review(session, dialogue);
    const isTold = (await tellQueued(conversation, dialogue)) || (await reply(conversation, dialogue, end));
    if (end?.stop === 'end_turn' && !isTold && session.state.queued.length === 0) {
      // At once: what was sent after this look at the queue would never be told.
      session.listen(false);
      return end;
    }
    // What the person says after the last answer is work of its own.
    if (end?.stop === 'end_turn') limit = turn + maxTurns;
    if (turn >= limit) throw tooLong(maxTurns);
    await compact(conversation, dialogue, budget);
    end = await insist(conversation, dialogue.messages(), ++turn);
    check(conversation, end);
    dialogue.answer(end);
  }
}

/** A conversation begins with its prompt, or with what waits in the queue. */
async function begin(conversation: Conversation, dialogue: Replay['dialogue']): Promise<void> {
  const { session, prompt, attachments: own = [], around } = conversation;
  if (dialogue.messages().length > 0 || prompt === '') return;
  const attachments = [...((await around?.begun?.(session.abort.signal, prompt)) ?? []), ...own];
  session.append({ type: 'user', text: prompt, ...(attachments.length > 0 ? { attachments } : {}) });
  dialogue.say(prompt, attachments);
}

/** Keeps the next request within its budget. */
async function compact(
  { session, system, tools }: Conversation,
  dialogue: Replay['dialogue'],
  budget: Budget,
): Promise<void> {
  const fixed = tokensOf(system) + tokensOf(tools.map(({ definition }) => definition));
  const all = dialogue.messages();
  const before = fixed + tokensOf(all);
  const messages = tooMany(all, fixed, await budget.of(before, all.length));
  if (messages === 0) return budget.judge(before);
  dialogue.leaveOut(messages);
  const after = fixed + tokensOf(dialogue.messages());
  session.append({ type: 'context.compacted', messages, before, after });
  budget.judge(after);
}

const NONE: Replay['begun'] = new Map();

/** Says to the model what the person wrote meanwhile; true when there was something. */
async function tellQueued({ session, around }: Conversation, dialogue: Replay['dialogue']): Promise<boolean> {
  const { signal } = session.abort;
  const { queued } = session.state;
  for (const { message, text, attachments: own = [] } of queued) {
    const more = (await around?.said?.(text, signal)) ?? [];
    if ('refused' in more) {
      session.append({ type: 'user.refused', message, why: more.refused });
      throw new ActError('refused', more.refused);
    }
    // Looking around takes a while, in which the person may have taken it back.
    if (!session.state.queued.some((waiting) => waiting.message === message)) continue;
    const isFirst = dialogue.messages().length === 0;
    const start = isFirst ? ((await around?.begun?.(signal)) ?? []) : [];
    const attachments = [...start, ...own, ...more];
    session.append({ type: 'user', text, message, ...(attachments.length > 0 ? { attachments } : {}) });
    dialogue.say(text, attachments);
  }
  return queued.length > 0;
}

/** Says what the caller has to say to the answer; false when it has nothing. */
async function reply(
  { session, replyTo, around }: Conversation,
  dialogue: Replay['dialogue'],
  end: ModelEnd | undefined,
): Promise<boolean> {
  if (end?.stop !== 'end_turn') return false;
  const text = (await replyTo?.(end)) ?? (await around?.stopping?.(end, session.abort.signal));
  if (text === undefined) return false;
  session.append({ type: 'user', text });
  dialogue.say(text);
  return true;
}

function tooLong(maxTurns: number): ActError {
  return new ActError(
    'modelFailed',
    `The model did not finish within ${maxTurns} requests. Raise “earshot.maxTurns”, or split the task.`,
  );
}

const WHY_STOPPED: Readonly<Record<string, string>> = {
  max_tokens:
    'The answer was cut off at the model’s length limit, so nothing of its last step was run. Retry, or make the step smaller.',
  refusal: 'The model refused to answer. Rephrase the request, or choose another model.',
};

/** Throws when the answer is none that the work can go on or end with: nothing of it is run then. */
function check({ tools }: Conversation, end: ModelEnd): void {
  const why = end.stop === 'tool_use' ? wrongCalls(tools, callsIn(end)) : WHY_STOPPED[end.stop];
  if (why) throw new ActError('modelFailed', why);
  if (end.stop !== 'tool_use' && end.stop !== 'end_turn')
    throw new ActError('modelFailed', 'The model stopped for a reason that Earshot does not know. Retry.');
}

/** What is wrong with the calls of an answer that stopped for some. */
function wrongCalls(tools: readonly Tool[], calls: readonly ToolUseBlock[]): string | undefined {
  if (tools.length === 0)
    return 'The model called a tool, but it was given none: only its words are asked for here. Retry.';
  if (calls.length === 0) return 'The model stopped for a tool but called none. Retry.';
  return new Set(calls.map(({ id }) => id)).size < calls.length
    ? 'The model gave two calls the same id, so none of them was run. Retry.'
    : undefined;
}

/** Nothing of an answer that broke off was kept or run: it is the same request once more. */
async function insist(
  conversation: Conversation,
  messages: readonly Message[],
  turn: number,
): Promise<ModelEnd> {
  const { session, patience } = conversation;
  const { signal } = session.abort;
  const answered = messages.some(({ role }) => role === 'assistant');
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(conversation, messages, turn);
    } catch (error) {
      signal.throwIfAborted();
      const delayMs = patience?.delayAfter(error, attempt, answered);
      if (patience === undefined || delayMs === undefined) throw error;
      session.append({ type: 'turn.retrying', attempt, delayMs, message: errorMessage(error) });
      await patience.wait(delayMs, signal);
    }
  }
}

/** One request, streamed. */
async function ask(
  conversation: Conversation,
  messages: readonly Message[],
  turn: number,
): Promise<ModelEnd> {
  const { session, model, system, tools, maxTokens, now, withPictures } = conversation;
  const { signal } = session.abort;
  signal.throwIfAborted();
  session.append({ type: 'turn.started', turn });
  // The disk works while the model thinks.
  const written = session.flush();
  written.catch(() => {});
  const begun = now();
  const request = {
    system,
    messages: withPictures ? await withPictures(messages) : messages,
    tools: tools.map((tool) => tool.definition),
    maxTokens,
    session: session.id,
  };
  for await (const event of model.stream(request, signal)) {
    await written;
    if (event.type === 'end') {
      const { content, thinking, stop, usage, cost } = event;
      // On the disk with what comes of it: nothing that could have an effect is run before, and nothing asked.
      const durationMs = Math.max(0, now() - begun);
      const said = { content, ...(thinking && { thinking }), stop };
      session.append({ type: 'turn.ended', turn, ...said, usage, cost, durationMs });
      return event;
    }
    await hear(conversation, event);
  }
  throw new ActError('modelFailed', 'The model’s answer ended before it was complete. Retry.');
}

async function hear({ session, onText }: Conversation, event: Exclude<ModelEvent, ModelEnd>): Promise<void> {
  if (event.type === 'text') {
    session.live({ type: 'text', session: session.id, text: event.text });
    await onText?.(event.text);
  } else if (event.type === 'toolStart') {
    session.live({ type: 'toolStart', session: session.id, call: event.id, name: event.name });
  } else {
    const { attempt, delayMs, message } = event;
    session.append({ type: 'turn.retrying', attempt, delayMs, message });
  }
}
