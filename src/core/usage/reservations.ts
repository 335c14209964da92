/**
 * Dollars of requests that are under way, set aside at the most that they can cost: those that are asked side by side must not
 * each count on all that is left.
 */
import { type AbortSignal, onAbort } from '../util/abort';
import { type LimitState, type Spending, sharesScope } from './limits';

export interface Reservation {
  /** Its cost is in the ledger. A budget is not told of it before its session is. */
  settle(cost: number): void;
  release(): void;
}

/** @property budget Which run, or session of a hook, has one that it counts against. */
export interface Claim {
  readonly spending: Spending;
  readonly budget: string | undefined;
}

export interface Reservations {
  hold(claim: Claim, dollars: number): Reservation;
  /** What others hold of a limit that the claim counts against. */
  heldOf(scope: LimitState['scope'], claim: Claim): number;
  /** Hears from now on whether something is given back. */
  listen(signal: AbortSignal): Listening;
}

export interface Listening {
  /** Resolves when something is given back; rejects when the signal is aborted. */
  readonly freed: Promise<void>;
  /** Nobody waits any more. A session's signal outlives thousands of requests: none may leave a listener there. */
  end(): void;
}

interface Held extends Claim {
  dollars: number;
  ofBudget: number;
}

export function createReservations(): Reservations {
  const all = new Set<Held>();
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const each of [...waiting]) each();
  };

  return {
    hold(claim, dollars) {
      const held: Held = { ...claim, dollars, ofBudget: dollars };
      all.add(held);
      return {
        settle(cost) {
          held.dollars = 0;
          held.ofBudget = cost;
          wake();
        },
        release() {
          if (all.delete(held)) wake();
        },
      };
    },
    heldOf(scope, { spending, budget }) {
      let sum = 0;
      for (const held of all) {
        if (scope === 'run' || scope === 'hook') sum += held.budget === budget ? held.ofBudget : 0;
        else if (sharesScope(scope, held.spending, spending)) sum += held.dollars;
      }
      return sum;
    },
    listen(signal) {
      let end = () => {};
      const freed = new Promise<void>((resolve, reject) => {
        const settle = (act: () => void) => () => {
          end();
          act();
        };
        const wakeUp = settle(resolve);
        waiting.add(wakeUp);
        let unhear = () => {};
        end = () => {
          waiting.delete(wakeUp);
          unhear();
        };
        unhear = onAbort(
          signal,
          settle(() => reject(signal.reason)),
        );
      });
      // Whoever asked may need it no more.
      freed.catch(() => {});
      return { freed, end: () => end() };
    },
  };
}
