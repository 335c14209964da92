import type { AbortSignal as CoreSignal } from '../../core/util/abort';

/** The core's signal as the host's own, for what looks closer than the core does. */
export function nativeSignal(signal: CoreSignal): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const abort = new AbortController();
  if (signal.aborted) abort.abort(signal.reason);
  else signal.addEventListener('abort', () => abort.abort(signal.reason), { once: true });
  return abort.signal;
}
