/**
 * One conversation with the model until it is done: ask, run the tools it calls, tell it the results, ask
 * again. Tools run only when the model stopped for them, and every step is in the log before the next.
 */
import { ActError } from '../actError';
import type { AbortSignal } from '../util/abort';
import { errorMessage } from '../util/errorMessage';
import type { Message, Model, ModelEvent, ToolResultBlock, ToolUseBlock } from './model';
import type { PermissionGate } from './permissions';
import type { Session } from './sessions';
import { type PreparedCall, type Tool, type ToolContext, type ToolOutcome, ToolRefusal } from './tool';

export interface Conversation {
  readonly session: Session;
  readonly model: Model;
  readonly system: string;
  readonly prompt: string;
  readonly tools: readonly Tool[];
  readonly maxTokens: number;
  /** The most requests; reaching it is a failure that says so. */
  readonly maxTurns: number;
  readonly gate: PermissionGate;
  readonly context: Omit<ToolContext, 'onOutput'>;
  readonly now: () => number;
  /** Hears text as it streams. */
  readonly onText?: (text: string) => void | Promise<void>;
}

export type ModelEnd = Extract<ModelEvent, { type: 'end' }>;

/** Resolves with the last answer when the model is done; throws what a person should read. */
export async function converse(conversation: Conversation): Promise<ModelEnd> {
  const { session, prompt, maxTurns } = conversation;
  session.append({ type: 'user', text: prompt });
  const messages: Message[] = [{ role: 'user', content: [{ type: 'text', text: prompt }] }];
  for (let turn = 1; turn <= maxTurns; turn++) {
    const end = await ask(conversation, messages, turn);
    if (end.stop !== 'tool_use') return finish(end);
    messages.push({ role: 'assistant', content: end.content });
    messages.push({ role: 'user', content: await runCalls(conversation, callsOf(conversation, end)) });
  }
  throw new ActError(
    'modelFailed',
    `The model did not finish within ${maxTurns} requests. Raise “earshot.maxTurns”, or split the task.`,
  );
}

function finish(end: ModelEnd): ModelEnd {
  if (end.stop === 'end_turn') return end;
  const why: Record<string, string> = {
    max_tokens:
      'The answer was cut off at the model’s length limit, so nothing of its last step was run. Retry, or make the step smaller.',
    refusal: 'The model refused to answer. Rephrase the request, or choose another model.',
  };
  throw new ActError(
    'modelFailed',
    why[end.stop] ?? 'The model stopped for a reason that Earshot does not know. Retry.',
  );
}

/** The calls of an answer that stopped for some. */
function callsOf({ tools }: Conversation, { content }: ModelEnd): readonly ToolUseBlock[] {
  const calls = content.filter((block) => block.type === 'tool_use');
  if (tools.length === 0) {
    throw new ActError(
      'modelFailed',
      'The model called a tool, but it was given none: only its words are asked for here. Retry.',
    );
  }
  if (calls.length === 0)
    throw new ActError('modelFailed', 'The model stopped for a tool but called none. Retry.');
  if (new Set(calls.map(({ id }) => id)).size < calls.length)
    throw new ActError(
      'modelFailed',
      'The model gave two calls the same id, so none of them was run. Retry.',
    );
  return calls;
}

/** One request, streamed. */
async function ask(
  conversation: Conversation,
  messages: readonly Message[],
  turn: number,
): Promise<ModelEnd> {
  const { session, model, system, tools, maxTokens, now } = conversation;
  const { signal } = session.abort;
  signal.throwIfAborted();
  session.append({ type: 'turn.started', turn });
  await session.flush();
  const begun = now();
  const request = { system, messages: [...messages], tools: tools.map((tool) => tool.definition), maxTokens };
  for await (const event of model.stream(request, signal)) {
    if (event.type === 'end') {
      const { content, stop, usage, cost } = event;
      session.append({ type: 'turn.ended', turn, content, stop, usage, cost, durationMs: now() - begun });
      await session.flush();
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

/** Calls run one after another, in the model's order: a later one may need what an earlier one wrote. */
async function runCalls(
  conversation: Conversation,
  calls: readonly ToolUseBlock[],
): Promise<ToolResultBlock[]> {
  const results: ToolResultBlock[] = [];
  for (const call of calls) {
    conversation.session.abort.signal.throwIfAborted();
    const { ok, output } = await runCall(conversation, call);
    results.push({ type: 'tool_result', toolUseId: call.id, content: output, isError: !ok });
  }
  return results;
}

async function runCall(conversation: Conversation, call: ToolUseBlock): Promise<ToolOutcome> {
  const { session, now } = conversation;
  session.append({ type: 'tool.started', call: call.id, name: call.name, input: call.input });
  await session.flush();
  const begun = now();
  const outcome = await attempt(conversation, call);
  const { ok, output, edit } = outcome;
  const event = { type: 'tool.ended', call: call.id, ok, output, durationMs: now() - begun } as const;
  session.append(edit ? { ...event, edit } : event);
  await session.flush();
  return outcome;
}

/** What goes wrong in a tool is told to the model; only a cancellation ends the session. */
async function attempt(conversation: Conversation, call: ToolUseBlock): Promise<ToolOutcome> {
  const { session, tools, context } = conversation;
  const { signal } = session.abort;
  try {
    const tool = tools.find(({ definition }) => definition.name === call.name);
    if (!tool) throw new ToolRefusal(`There is no tool ${call.name}.`);
    const onOutput = (text: string) =>
      session.live({ type: 'output', session: session.id, call: call.id, text });
    const prepared = await tool.prepare(call.input, { ...context, onOutput });
    if (!(await isAllowed(conversation, call.id, prepared))) {
      return {
        ok: false,
        output: 'The person did not allow this. Do not try it in another way; go on without it or stop.',
      };
    }
    return await prepared.perform(signal);
  } catch (error) {
    rethrowCancellation(signal, error);
    return { ok: false, output: errorMessage(error) };
  }
}

function rethrowCancellation(signal: AbortSignal, error: unknown): void {
  if (signal.aborted) throw signal.reason ?? error;
}

async function isAllowed(
  { session, gate }: Conversation,
  call: string,
  prepared: PreparedCall,
): Promise<boolean> {
  const { question, edit } = prepared;
  if (!question) return true;
  const decision = gate.decide(question);
  if (decision === 'allow') return true;
  const asked = { type: 'permission.asked', call, question } as const;
  session.append(edit ? { ...asked, edit } : asked);
  const waiting = decision === 'deny' ? 'deny' : session.permission(call);
  await session.flush();
  const answer = await waiting;
  session.append({ type: 'permission.answered', call, answer });
  if (answer === 'session') gate.grant(question);
  return answer !== 'deny';
}
