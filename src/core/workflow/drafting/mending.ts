/**
 * The spec engine reads what a model wrote before a person does. Faults of form go back to the model, twice at the
 * most; the better text of two is kept, and what is left in it is shown as findings.
 */
import type { Session } from '../../agent/session/sessions';
import { mendPrompt } from '../prompts/mendPrompt';
import type { Faults } from './documentFaults';

const MOST_ROUNDS = 2;

/** One answer of the model's, as it streams. */
export interface Answer {
  feed(text: string): void | Promise<void>;
  /** The document that it gives; undefined when it is none. */
  end(): string | undefined | Promise<string | undefined>;
}

export interface Mending {
  /** Hears the text of the answer that is coming. */
  onText(text: string): Promise<void>;
  /** For the turn loop: what to say to an answer that is whole. */
  replyTo(): Promise<string | undefined>;
  /** The best document so far, with what is wrong with it; undefined before the first is whole. */
  readonly best: { readonly text: string; readonly faults: Faults } | undefined;
}

export interface MendingOptions {
  readonly session: Session;
  /** @param round 0 for the first answer */
  readonly answer: (round: number) => Answer;
  readonly faults: (text: string) => Faults | Promise<Faults>;
  /** The answer holds none and there is none yet: what to say to that. Throws what a person should read. */
  readonly noDocument: (answer: string) => string;
}

export function createMending({ session, answer, faults, noDocument }: MendingOptions): Mending {
  let round = 0;
  let current = answer(round);
  let best: Mending['best'];
  let heard = '';

  async function take(text: string): Promise<void> {
    const found = { text, faults: await faults(text) };
    if (best === undefined || isBetter(found.faults, best.faults)) best = found;
  }

  return {
    async onText(text) {
      heard += text;
      await current.feed(text);
    },
    async replyTo() {
      const text = await current.end();
      const answered = heard;
      heard = '';
      if (text !== undefined) await take(text);
      if (best === undefined) {
        const said = noDocument(answered);
        current = answer(round);
        return said;
      }
      const left = best.faults.lines;
      const asked = left.length > 0 && round < MOST_ROUNDS;
      if (left.length + round > 0) session.append({ type: 'draft.checked', round, faults: left, asked });
      if (!asked) return undefined;
      current = answer(++round);
      return mendPrompt(left);
    },
    get best() {
      return best;
    },
  };
}

function isBetter(a: Faults, b: Faults): boolean {
  if ((a.unusable === undefined) !== (b.unusable === undefined)) return a.unusable === undefined;
  // Of two that are alike, the one that was mended.
  return a.lines.length <= b.lines.length;
}
