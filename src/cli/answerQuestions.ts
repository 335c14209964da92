/** Asks whoever sits at the terminal what the agent's sessions wait for, one question after the other. */
import type { SessionEvent } from '../core/agent/session/events';
import type { ToolItem } from '../core/agent/session/sessionState';
import type { Sessions } from '../core/agent/session/sessions';
import type { AbortSignal } from '../core/util/abort';
import type { Event } from '../core/util/event';
import type { Prompt } from './prompt';
import { answerChoice, answerPermission } from './questions';
import type { LoggedEvent } from './sessionTap';

export interface Asking {
  readonly sessions: Pick<Sessions, 'get' | 'waits' | 'answer' | 'choose'>;
  /** Events when they are on the disk. */
  readonly onEvent: Event<LoggedEvent>;
  readonly prompt: Prompt;
  /** Called before a question is written. */
  readonly pause: () => void;
  readonly signal: AbortSignal;
}

const NOBODY = 'The person at the terminal gave no answer.';

export function answerQuestions({ sessions, onEvent, prompt, pause, signal }: Asking): void {
  let last = Promise.resolve();

  async function answer(session: string, call: string): Promise<void> {
    const item = sessions
      .get(session)
      ?.items.findLast((each): each is ToolItem => each.type === 'tool' && each.call === call);
    if (!item || !sessions.waits(session, call)) return;
    pause();
    if (item.choice)
      sessions.choose(session, call, (await answerChoice(prompt, item.choice, signal)) ?? NOBODY);
    else sessions.answer(session, call, await answerPermission(prompt, item, signal));
  }

  onEvent(({ session, event }) => {
    // A rule that denies is logged as a question, too; nobody waits for that one.
    if (!isQuestion(event) || !sessions.waits(session, event.call)) return;
    const { call } = event;
    // Stopped meanwhile: the session ends by the same signal.
    last = last.then(() => answer(session, call)).catch(() => {});
  });
}

function isQuestion(
  event: SessionEvent,
): event is Extract<SessionEvent, { type: 'permission.asked' | 'permission.refused' | 'choice.asked' }> {
  return ['permission.asked', 'permission.refused', 'choice.asked'].includes(event.type);
}
