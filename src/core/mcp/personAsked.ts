/** What a server asks of the person: one thing after the other, and a few at most. While it waits for them, it is not late. */
import { ActError } from '../actError';
import type { AbortSignal } from '../util/abort';
import { createTurns } from '../util/turns';
import type { McpHost } from './ports';

type Questions = Pick<McpHost, 'elicit' | 'sample'>;

export interface PersonAsked extends Questions {
  /** The person, or the model with their word, is being asked. */
  readonly isAsking: boolean;
}

/** More would be a flood: nobody answers ten forms of one server. */
const MOST_WAITING = 10;

export function createPersonAsked(asked: Questions): PersonAsked {
  const inTurn = createTurns();
  let waiting = 0;

  async function ask<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
    if (waiting >= MOST_WAITING)
      throw new ActError('limit', `${waiting} questions of this server wait for the person already.`);
    waiting += 1;
    try {
      return await inTurn(async () => {
        signal.throwIfAborted();
        return await act();
      });
    } finally {
      waiting -= 1;
    }
  }

  return {
    get isAsking() {
      return waiting > 0;
    },
    elicit: (request, signal) => ask(signal, () => asked.elicit(request, signal)),
    sample: (request, signal) => ask(signal, () => asked.sample(request, signal)),
  };
}
