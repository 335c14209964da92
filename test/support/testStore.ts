import { type Disposable, DisposableStore, toDisposable } from '../../src/core/util/disposable';

let store = new DisposableStore();
const pending: Promise<unknown>[] = [];

/** Owns a disposable until the running test ends. */
export function own<T extends Disposable>(item: T): T {
  return store.add(item);
}

/** Runs when the running test ends, last added first; a promise is awaited. */
export function onTestEnd(run: () => unknown): void {
  store.add(
    toDisposable(() => {
      pending.push(Promise.resolve(run()));
    }),
  );
}

/** Ends everything at once: for programs outside mocha. */
export async function disposeOwned(): Promise<void> {
  const ended = store;
  store = new DisposableStore();
  ended.dispose();
  await Promise.all(pending.splice(0));
}

// The file is also imported outside of mocha (a server for the browser tests).
if (typeof afterEach === 'function') afterEach(disposeOwned);

/** For `mocha --parallel --require`: a worker runs many files but imports this one once. */
export const mochaHooks = { afterEach: disposeOwned };
