/** How many tokens a request may have: as the person set it, or less where the model takes less. */
import type { Session } from '../session/sessions';
import { LEAST_TO_SUM_UP } from './compaction';
import type { Model, Window } from './model';

/** Estimates are rough, and most servers count the answer in. */
const SHARE = 0.75;
/** Every model that works with tools takes so many: nobody is asked about shorter requests. */
const ASKED_FROM = 2000;
/** Of a conversation in which nothing can be summed up yet: by its next request the server has loaded the model, and knows. */
const ASKED_AT_ONCE_FROM = 6000;

export interface Budget {
  /** Estimated tokens of a request, at the most. @param size Of the next one @param messages How many it has */
  of(size: number, messages: number): Promise<number>;
  /** Says once where a request is longer than all that the model takes: servers cut it without a word. */
  judge(size: number): void;
}

/**
 * The model is asked, and once more where it was not loaded yet. Where it takes less than was set, the session's log says so.
 * @param wanted Estimated tokens of a request, at the most
 */
export function createBudget(
  model: Pick<Model, 'name' | 'takesTokens'>,
  session: Pick<Session, 'append' | 'state'>,
  wanted: number,
): Budget {
  let window: Window | undefined;
  /** So often it is asked yet: who says nothing once says nothing, and who has loaded it by the next request knows. */
  let asks = 2;
  let told = false;

  async function ask(): Promise<number> {
    if (asks > 0) {
      window = await model.takesTokens?.();
      asks = window === undefined || window.sure ? 0 : asks - 1;
    }
    const { budget: before = wanted } = session.state;
    const takes = Math.min(wanted, Math.floor((window?.tokens ?? Number.POSITIVE_INFINITY) * SHARE));
    // What it was loaded with before it was put away for a while says more than what it was made for.
    const budget = window && !window.sure ? Math.min(takes, before) : takes;
    if (budget !== before)
      session.append({ type: 'context.bounded', budget, ...(window && { window: window.tokens }) });
    return budget;
  }

  return {
    async of(size, messages) {
      return size > (messages < LEAST_TO_SUM_UP ? ASKED_AT_ONCE_FROM : ASKED_FROM) ? ask() : wanted;
    },
    judge(size) {
      if (told || window === undefined || size <= window.tokens) return;
      told = true;
      const count = (tokens: number) => tokens.toLocaleString('en');
      const text = `This request has about ${count(size)} tokens, and ${model.name} takes ${count(window.tokens)}: its server may cut it. Load the model with a longer context (Ollama: OLLAMA_CONTEXT_LENGTH), attach less, or choose another model.`;
      session.append({ type: 'note', level: 'warning', text });
    },
  };
}
