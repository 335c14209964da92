/**
 * Runs the calls of an answer. What looks runs side by side, what writes or runs keeps the model's order; a call is in
 * the log, with what it is about to write, before it has any effect.
 */
import type { AbortSignal } from '../../util/abort';
import { errorMessage } from '../../util/errorMessage';
import type { Dialogue } from '../session/dialogue';
import type { Choice, PermissionAnswer, PermissionQuestion } from '../session/events';
import { recoveryOf, UNKNOWN_EFFECT } from '../session/recovery';
import type { BegunCall } from '../session/replay';
import type { Session } from '../session/sessions';
import { type PreparedCall, type Tool, type ToolOutcome, ToolRefusal } from '../tool';
import type { ToolUseBlock } from './model';
import { inBatches } from './sideBySide';
import type { Conversation } from './turnLoop';

/** All that have no result yet; `begun`: those that an earlier process has started. */
export async function runCalls(
  conversation: Conversation,
  dialogue: Dialogue,
  begun: ReadonlyMap<string, BegunCall>,
): Promise<void> {
  const { session, tools } = conversation;
  const isBeside = ({ name }: ToolUseBlock) => {
    const tool = toolOf(tools, name);
    return tool?.reads === true || tool?.beside === true;
  };
  await inBatches(dialogue.open, isBeside, async (call) => {
    session.abort.signal.throwIfAborted();
    const { ok, output } = await runCall(conversation, call, begun.get(call.id));
    dialogue.result(call.id, ok, output);
  });
}

function toolOf(tools: readonly Tool[], name: string): Tool | undefined {
  return tools.find(({ definition }) => definition.name === name);
}

async function runCall(
  conversation: Conversation,
  call: ToolUseBlock,
  begun: BegunCall | undefined,
): Promise<ToolOutcome> {
  const { session, now, tools, context, around, canAsk = false } = conversation;
  const recovery = await recoveryOf(begun, toolOf(tools, call.name), context.files, context.root);
  const begin = now();
  let outcome: ToolOutcome;
  if (typeof recovery === 'object') outcome = recovery;
  else if (recovery === 'ask' && !canAsk) outcome = UNKNOWN_EFFECT;
  else {
    session.append({ type: 'tool.started', call: call.id, name: call.name, input: call.input });
    outcome = await attempt(conversation, call, recovery === 'ask');
    const more = await around?.after?.(call, outcome, session.abort.signal);
    if (more) outcome = { ...outcome, output: `${outcome.output}\n\n${more}` };
  }
  const { ok, output, edit } = outcome;
  const durationMs = Math.max(0, now() - begin);
  const event = { type: 'tool.ended', call: call.id, ok, output, durationMs } as const;
  // On the disk before whatever is done next.
  session.append(edit ? { ...event, edit } : event);
  return outcome;
}

const DENIED: ToolOutcome = {
  ok: false,
  output: 'The person did not allow this. Do not try it in another way; go on without it or stop.',
};

/** @param again it may have run already: only a person can allow it */
async function attempt(conversation: Conversation, call: ToolUseBlock, again: boolean): Promise<ToolOutcome> {
  const { session, tools, context, gate, supervision, checkpoints, canAsk = false } = conversation;
  const { signal } = session.abort;
  const prepared = await guarded(signal, () => {
    const tool = toolOf(tools, call.name);
    if (!tool) throw new ToolRefusal(`There is no tool ${call.name}.`);
    const onOutput = (text: string) =>
      session.live({ type: 'output', session: session.id, call: call.id, text });
    const ask = canAsk ? { ask: (choice: Choice) => askPerson(session, call.id, choice) } : {};
    return tool.prepare(call.input, {
      ...context,
      ...ask,
      call: call.id,
      files: gate.reading(context.files),
      onOutput,
    });
  });
  if (!('perform' in prepared)) return prepared;
  const kept = await conversation.around?.before?.(call, signal);
  if (kept !== undefined) return { ok: false, output: kept };
  const decision = await decide(conversation, call.id, prepared, again);
  if (decision.is === 'deny') return again ? UNKNOWN_EFFECT : decision.outcome;
  if (decision.is === 'unasked' && prepared.edit)
    session.append({ type: 'tool.prepared', call: call.id, edit: prepared.edit });
  const { touch } = prepared;
  if (touch && supervision) {
    const touched = await guarded(signal, () => supervision.touch(touch));
    if (!('reviewed' in touched)) return touched;
    session.append({ type: 'change.began', call: call.id, touch: touched });
  }
  const looks = toolOf(tools, call.name)?.reads === true;
  const written = session.flush();
  // From here on it has an effect: what is known about it must outlive this process. What only looks at what is here, and
  // so asks nobody, need not wait for that.
  if (looks && !prepared.question) written.catch(() => {});
  else await Promise.all([written, !looks && checkpoints?.before(session, touch)]);
  return guarded(signal, async () => {
    await requireSamePlace(gate, prepared, decision.guarded);
    return prepared.perform(signal);
  });
}

async function askPerson(session: Session, call: string, choice: Choice): Promise<string> {
  session.append({ type: 'choice.asked', call, choice });
  const waiting = session.choice(call);
  await session.flush();
  const answer = await waiting;
  session.append({ type: 'choice.made', call, answer });
  return answer;
}

/** What goes wrong in a tool is told to the model; only a cancellation ends the session. */
async function guarded<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T | ToolOutcome> {
  try {
    return await run();
  } catch (error) {
    if (signal.aborted) throw signal.reason ?? error;
    return { ok: false, output: errorMessage(error) };
  }
}

type Decision =
  | { readonly is: 'deny'; readonly outcome: ToolOutcome }
  /** `guarded`: why no rule could allow it. */
  | { readonly is: 'unasked' | 'allowed'; readonly guarded: string | undefined };

async function decide(
  { session, gate }: Conversation,
  call: string,
  prepared: PreparedCall,
  again: boolean,
): Promise<Decision> {
  const { edit } = prepared;
  if (!prepared.question) return { is: 'unasked', guarded: undefined };
  const judged = await gate.judge(prepared.question, edit);
  const guarded = judged.question.onceOnly;
  const decision = again && judged.decision === 'allow' ? 'ask' : judged.decision;
  if (decision === 'allow') return { is: 'unasked', guarded };
  const question = again ? { ...judged.question, why: RUN_AGAIN } : judged.question;
  const asked = { type: 'permission.asked', call, question } as const;
  session.append(edit ? { ...asked, edit } : asked);
  const waiting = decision === 'deny' ? undefined : session.permission(call);
  await session.flush();
  if (!waiting) {
    session.append({ type: 'permission.answered', call, answer: 'deny', unasked: true });
    return { is: 'deny', outcome: deniedBy(guarded) };
  }
  const answer = await taken({ session, gate }, call, question, waiting);
  session.append({ type: 'permission.answered', call, answer });
  return answer === 'deny' ? { is: 'deny', outcome: DENIED } : { is: 'allowed', guarded };
}

function deniedBy(reason: string | undefined): ToolOutcome {
  const why = reason ?? 'Nobody is there to allow it.';
  return {
    ok: false,
    output: `This is not allowed. ${why} Do not try it in another way; go on without it or stop.`,
  };
}

/** The person may have thought for long, and a link been put where a folder was: what was judged must still be so. */
async function requireSamePlace(
  gate: Conversation['gate'],
  { question, edit }: PreparedCall,
  guarded: string | undefined,
): Promise<void> {
  if (question?.capability !== 'run') return;
  const now = await gate.judge(question, edit);
  if (now.decision === 'deny' || (now.question.onceOnly !== undefined && now.question.onceOnly !== guarded))
    throw new ToolRefusal(
      `It was not run: what it names has changed meanwhile. ${now.question.onceOnly ?? ''}`.trim(),
    );
}

/** The first answer that can be taken: what is to be remembered is then. */
async function taken(
  { session, gate }: Pick<Conversation, 'session' | 'gate'>,
  call: string,
  question: PermissionQuestion,
  waiting: Promise<PermissionAnswer>,
): Promise<PermissionAnswer> {
  const answer = await waiting;
  const refusal = await gate.take(question, answer);
  if (refusal === undefined) return answer;
  const next = session.permission(call);
  session.append({ type: 'permission.refused', call, ...refusal });
  await session.flush();
  return taken({ session, gate }, call, question, next);
}

const RUN_AGAIN =
  'Earshot ended while this ran, so it may have had its effect already. Allow to run it again';
