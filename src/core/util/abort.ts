/**
 * Cancellation. The core is compiled without the DOM's and Node's types, so the standard `AbortController`,
 * which every host has, is declared here as far as it is used; at run time it is the host's own.
 */
export interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

export interface Abort {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

/** The reason of every cancellation that a person asked for. */
export class Cancelled extends Error {
  constructor(message = 'Cancelled') {
    super(message);
    this.name = 'Cancelled';
  }
}

/** A controller that also aborts when its parent does, until it is released: a long life gathers many short ones. */
export function createAbort(parent?: AbortSignal): Abort & { release(): void } {
  const controller = new AbortController();
  const release = parent === undefined ? () => {} : onAbort(parent, () => controller.abort(parent.reason));
  return { signal: controller.signal, abort: (reason) => controller.abort(reason), release };
}

/** Hears of an abort, also of one that has been. @returns what ends the hearing */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
  return () => signal.removeEventListener('abort', act);
}
