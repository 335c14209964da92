/** What is asked once more where nobody sits beside it: the machine slept, the network was away, an answer broke off. */
import type { Clock } from '../../ports';
import type { AbortSignal } from '../../util/abort';
import { wait } from '../../util/wait';
import { ModelError, type ModelErrorReason } from './model';

export interface Patience {
  /**
   * @param attempt From 1
   * @param answered Has it answered in this conversation? One that never did may be the wrong address
   * @returns milliseconds until the next try; undefined where it would not help
   */
  delayAfter(error: unknown, attempt: number, answered: boolean): number | undefined;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** A network that comes back after a sleep needs a moment, a service that is down a while. */
const DELAYS = [2_000, 15_000, 60_000, 300_000, 600_000];
const PASSES: readonly ModelErrorReason[] = ['cut', 'stalled', 'overloaded', 'rateLimit', 'server'];

export function createPatience(clock: Pick<Clock, 'after'>): Patience {
  return {
    delayAfter(error, attempt, answered) {
      if (!(error instanceof ModelError)) return undefined;
      const passes = PASSES.includes(error.reason) || (error.reason === 'network' && answered);
      return passes ? DELAYS[attempt - 1] : undefined;
    },
    wait: (ms, signal) => wait(clock, ms, signal),
  };
}
