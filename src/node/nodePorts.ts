import { createHash, randomUUID } from 'node:crypto';
import type { Clock, Hasher, Ids } from '../core/ports';
import { toDisposable } from '../core/util/disposable';

/** The longest that a timer of Node can wait; a longer one would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export const nodeClock: Clock = {
  now: () => Date.now(),
  localDay(at) {
    const date = new Date(at);
    const two = (number: number) => String(number).padStart(2, '0');
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  },
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, MAX_DELAY_MS));
    return toDisposable(() => clearTimeout(timer));
  },
};

export const nodeHasher: Hasher = {
  sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
};

export const nodeIds: Ids = { uuid: () => randomUUID() };
