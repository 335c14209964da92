/** Ctrl+C, and the system's wish that the process ends. */
import type { AbortSignal } from '../core/util/abort';
import { Cancelled, createAbort } from '../core/util/abort';
import { EXIT } from './command';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Aborted by the first signal; what runs is then ended in order. A second one ends the process at once. */
export function listenForInterrupt(): AbortSignal {
  const abort = createAbort();
  const onSignal = (): void => {
    if (abort.signal.aborted) process.exit(EXIT.cancelled);
    abort.abort(new Cancelled('Stopped'));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return abort.signal;
}
