/** A session of this process while it runs: what writes to its log, what asks the person, what stops it. */
import type { Logger } from '../../ports';
import { type Abort, createAbort } from '../../util/abort';
import { errorMessage } from '../../util/errorMessage';
import type { Choices } from '../changes/model';
import { decisionOf, type ReviewAct } from '../changes/supervision';
import type { LiveUpdate, PermissionAnswer, SessionEvent, SessionEventBody } from './events';
import type { SessionLog } from './sessionLog';
import type { SessionState } from './sessionState';

export interface Session {
  readonly id: string;
  readonly state: SessionState;
  readonly abort: Abort;
  append(body: SessionEventBody): void;
  live(update: LiveUpdate): void;
  /** Resolves when the log is on the disk; rejects with what a person should read. */
  flush(): Promise<void>;
  /** Waits for the person's answer to the call's question; rejects when the session is stopped. */
  permission(call: string): Promise<PermissionAnswer>;
  /** Waits for what the person says to the model's question; rejects when the session is stopped. */
  choice(call: string): Promise<string>;
  /** Waits until the person has decided about the changes of the turn; rejects when the session is stopped. */
  review(): Promise<Choices>;
  /** May the person send messages now? They are in `state.queued`; whoever talks to the model takes them from there. */
  listen(listens: boolean): void;
  /** The last word; further ones are not heard. Never rejects: what has ended stays so when the disk is full. */
  end(status: 'done' | 'failed' | 'cancelled', reason?: string): Promise<void>;
}

export interface LiveSession extends Session {
  answer(call: string, answer: PermissionAnswer): void;
  choose(call: string, answer: string): void;
  /** False: nothing waits for it. */
  reviewed(act: ReviewAct): boolean;
  readonly listens: boolean;
  /** Does the call wait for the person's word? */
  waits(call: string): boolean;
  /** Resolves when the session has ended and its log is closed. */
  readonly ended: Promise<void>;
}

export interface LiveSessionOptions {
  readonly id: string;
  readonly log: SessionLog;
  readonly logger: Logger;
  readonly state: () => SessionState;
  readonly onEvent: (event: SessionEvent) => void;
  readonly onLive: (update: LiveUpdate) => void;
  /** Called twice: when the session has said its last word, and when that was written. */
  readonly onEnd: () => void;
}

export function createLiveSession({
  id,
  log,
  logger,
  state,
  onEvent,
  onLive,
  onEnd,
}: LiveSessionOptions): LiveSession {
  const abort = createAbort();
  const answers = new Map<string, (answer: PermissionAnswer) => void>();
  const choices = new Map<string, (answer: string) => void>();
  const reviews = new Map<string, (refused: Choices) => void>();
  let isOver = false;
  let listens = false;
  let over = () => {};
  const ended = new Promise<void>((resolve) => {
    over = resolve;
  });
  const append = (body: SessionEventBody) => onEvent(log.append(body));

  return {
    id,
    abort,
    ended,
    append,
    get state() {
      return state();
    },
    live: onLive,
    get listens() {
      return listens;
    },
    listen(now) {
      listens = now;
    },
    async flush() {
      try {
        await log.flush();
      } catch (error) {
        throw new Error(`The session was stopped because its log cannot be written. ${errorMessage(error)}`, {
          cause: error,
        });
      }
    },
    permission: (call) => waitForAnswer(abort, answers, call),
    choice: (call) => waitForAnswer(abort, choices, call),
    review: () => waitForAnswer(abort, reviews, REVIEW),
    answer: (call, answer) => answers.get(call)?.(answer),
    choose: (call, answer) => choices.get(call)?.(answer),
    waits: (call) => answers.has(call) || choices.has(call),
    reviewed(act) {
      const decide = reviews.get(REVIEW);
      if (!decide) return false;
      if (act.type === 'decide') decide(decisionOf(state(), act.how));
      else {
        const { path, refused } = act;
        append({ type: 'review.chosen', path, ...(refused === undefined ? {} : { refused }) });
      }
      return true;
    },
    async end(status, reason) {
      if (isOver) return;
      isOver = true;
      append({ type: 'session.ended', status, ...(reason === undefined ? {} : { reason }) });
      onEnd();
      await log
        .flush()
        .catch((error) => logger.error(`The log of session ${id} could not be written`, error));
      over();
      onEnd();
    },
  };
}

/** One review at a time. */
const REVIEW = 'review';

function waitForAnswer<Answer>(
  { signal }: Abort,
  answers: Map<string, (answer: Answer) => void>,
  call: string,
): Promise<Answer> {
  const waiting = new Promise<Answer>((resolve, reject) => {
    const stop = () => {
      answers.delete(call);
      reject(signal.reason);
    };
    // A signal that was aborted before tells nobody.
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    answers.set(call, (answer) => {
      answers.delete(call);
      signal.removeEventListener('abort', stop);
      resolve(answer);
    });
  });
  // The caller writes its log first and may be stopped meanwhile: nobody listens yet then.
  waiting.catch(() => {});
  return waiting;
}
