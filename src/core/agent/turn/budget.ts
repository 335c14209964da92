/** How many tokens a request may have: as the person set it, or less where the model takes less. */
import type { Session } from '../session/sessions';
import type { Model } from './model';

/** Estimates are rough, and most servers count the answer in. */
const SHARE = 0.75;
/** Who works with tools takes so many: shorter requests ask nobody. */
const ASKED_FROM = 6000;

/** @param size Estimated tokens of the request. */
export type Budget = (size: number) => Promise<number>;

/**
 * The model is asked once, with the first request that might be too long for one: by then a server has loaded it. What it
 * takes is said in the session's log where it is less than was set.
 * @param wanted Estimated tokens of a request, at the most
 */
export function createBudget(
  model: Pick<Model, 'takesTokens'>,
  session: Pick<Session, 'append' | 'state'>,
  wanted: number,
): Budget {
  let known: Promise<number> | undefined;
  async function ask(): Promise<number> {
    const window = await model.takesTokens?.();
    if (window === undefined || window * SHARE >= wanted) return wanted;
    const budget = Math.floor(window * SHARE);
    if (session.state.budget !== budget) session.append({ type: 'context.bounded', window, budget });
    return budget;
  }
  return async (size) => {
    if (size <= ASKED_FROM) return wanted;
    known ??= ask();
    return known;
  };
}
