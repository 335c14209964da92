/** While a person signs in: their page in the browser, which can be opened again, and what ends the waiting. */
import { ActError } from '../actError';
import { type Abort, type AbortSignal, createAbort } from '../util/abort';
import { errorMessage } from '../util/errorMessage';
import { SignInNeeded, type SignInPage } from './ports';
import { SIGN_IN_TIME } from './signInWait';

/** The person said that they do not sign in now. */
export class SignInDeclined extends SignInNeeded {}

/** One start of a server, which may be given up. */
interface Start {
  /** Ends with its parent, too. */
  readonly signal: AbortSignal;
  /** What it tells. Undefined: they are back. */
  show(page: SignInPage | undefined): void;
  over(): void;
}

export interface SignInPages {
  /** They are in the browser: waiting for them is no fault of the server. */
  readonly isOpen: boolean;
  begin(parent: AbortSignal): Start;
  openAgain(): Promise<void>;
  decline(): void;
  late(): SignInNeeded;
}

export function createSignInPages(
  name: string,
  onChange: (page: SignInPage | undefined) => void,
): SignInPages {
  let start: (Abort & { release(): void }) | undefined;
  let page: SignInPage | undefined;
  return {
    get isOpen() {
      return page !== undefined;
    },
    begin(parent) {
      const mine = createAbort(parent);
      start = mine;
      return {
        signal: mine.signal,
        show(next) {
          // One that was given up may still come to its page.
          if (start !== mine || mine.signal.aborted || page === next) return;
          page = next;
          onChange(next);
        },
        over() {
          mine.release();
          if (start !== mine) return;
          start = undefined;
          page = undefined;
        },
      };
    },
    async openAgain() {
      if (!page) throw new ActError('notFound', `“${name}” does not wait for you to sign in any more.`);
      await page.open().catch((error: unknown) => {
        throw new ActError('refused', `The page could not be opened: ${errorMessage(error)}`, error);
      });
    },
    decline() {
      if (page) start?.abort(new SignInDeclined(`You did not sign in to “${name}”.`));
    },
    late: () =>
      new SignInNeeded(
        `Nobody signed in to “${name}” within ${SIGN_IN_TIME / 60_000} minutes. Sign in when you are ready.`,
      ),
  };
}
