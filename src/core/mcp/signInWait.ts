/** Calls that wait until the person has signed in: asked once for all of them, and done however they do it. */
import { ActError } from '../actError';
import type { Clock } from '../ports';
import { type Abort, type AbortSignal, createAbort } from '../util/abort';
import { errorMessage } from '../util/errorMessage';
import { isLately } from '../util/lately';
import { SignInNeeded } from './ports';
import { within } from './within';

/** Milliseconds: who signs in has to read and type. */
export const SIGN_IN_TIME = 5 * 60_000;
/** Who said no is not asked again at once: an agent tries twice. */
const SAID_NO = 2 * 60_000;

export interface SignInWaitOptions {
  readonly clock: Pick<Clock, 'after' | 'now'>;
  readonly name: string;
  /** Undefined: nobody can be asked. */
  readonly ask: ((signal: AbortSignal) => Promise<boolean>) | undefined;
  readonly signIn: () => Promise<unknown>;
}

export interface SignInWait {
  /** Tells the person, unless they are told already. */
  tell(): void;
  /** Resolves when it runs again. */
  wait(signal: AbortSignal): Promise<void>;
  /** The person said no in another place. */
  decline(): void;
  /** It runs. */
  done(): void;
  giveUp(why: unknown): void;
}

interface Question {
  readonly asking: Abort;
  readonly answered: Promise<void>;
  isOpen: boolean;
  settle(why?: unknown): void;
}

export function createSignInWait({ clock, name, ask, signIn }: SignInWaitOptions): SignInWait {
  let last: Question | undefined;
  let saidNo = Number.NEGATIVE_INFINITY;
  const needed = (why: string) => new ActError('refused', `“${name}” wants to know who you are, and ${why}.`);

  async function hear(question: Question, asked: NonNullable<typeof ask>): Promise<void> {
    const { signal } = question.asking;
    try {
      const yes = await asked(signal);
      if (signal.aborted) return;
      if (yes) return void (await signIn());
      decline(question);
    } catch (error) {
      if (!signal.aborted) question.settle(new ActError('refused', errorMessage(error), error));
    }
  }

  function decline(question: Question | undefined): void {
    saidNo = clock.now();
    question?.settle(needed('you did not sign in'));
  }

  return {
    decline: () => decline(last),
    tell() {
      if (!ask || last?.isOpen || isLately(clock, saidNo, SAID_NO)) return;
      last = createQuestion();
      void hear(last, ask);
    },
    async wait(signal) {
      const { answered } = last ?? createQuestion();
      const late = () => needed('nobody signed in');
      await within({ clock, ms: SIGN_IN_TIME, signal, late }, () => answered);
    },
    done() {
      saidNo = Number.NEGATIVE_INFINITY;
      last?.settle();
    },
    giveUp: (why) => last?.settle(why),
  };
}

function createQuestion(): Question {
  let end: { resolve(): void; reject(why: unknown): void } | undefined;
  const answered = new Promise<void>((resolve, reject) => {
    end = { resolve, reject };
  });
  answered.catch(() => {});
  const question: Question = {
    asking: createAbort(),
    answered,
    isOpen: true,
    settle(why) {
      if (!question.isOpen) return;
      question.isOpen = false;
      if (why === undefined) end?.resolve();
      else end?.reject(why);
      question.asking.abort();
    },
  };
  return question;
}

/** It refused before it did anything, so that it can be asked again. */
export function wantsSignIn(error: unknown): boolean {
  return error instanceof SignInNeeded || (error instanceof ActError && error.cause instanceof SignInNeeded);
}
