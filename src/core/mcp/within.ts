/** Time limits of what another program is asked: whoever does not answer, and does not even end when told to, is left. */
import type { Clock } from '../ports';
import { type AbortSignal, createAbort } from '../util/abort';
import type { Disposable } from '../util/disposable';

export interface Limit {
  readonly clock: Pick<Clock, 'after'>;
  /** Milliseconds without a sign of life. */
  readonly ms: number;
  readonly signal: AbortSignal;
  readonly late: () => Error;
  /** Somebody else is waited for meanwhile, so that this time does not count. */
  readonly isHeld?: (() => boolean) | undefined;
}

/** @param run told how to say that it goes on */
export function within<T>(
  { clock, ms, signal, late, isHeld = () => false }: Limit,
  run: (signal: AbortSignal, goesOn: () => void) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const abort = createAbort();
  return new Promise<T>((resolve, reject) => {
    const stop = (reason: unknown) => {
      end();
      abort.abort(reason);
      reject(reason);
    };
    const cancel = () => stop(signal.reason);
    const arm = (): Disposable =>
      clock.after(ms, () => {
        if (isHeld()) timer = arm();
        else stop(late());
      });
    let timer = arm();
    let over = false;
    const end = () => {
      over = true;
      timer.dispose();
      signal.removeEventListener('abort', cancel);
    };
    signal.addEventListener('abort', cancel, { once: true });
    const goesOn = () => {
      if (over) return;
      timer.dispose();
      timer = arm();
    };
    run(abort.signal, goesOn).then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
  });
}
