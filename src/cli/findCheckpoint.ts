/** A checkpoint by what a person types: its number in the list, `latest`, or the beginning of its id. */
import type { Checkpoint } from '../core/checkpoints/model';
import { UsageError } from './command';

/** @param all Newest first. Throws `UsageError`. */
export function findCheckpoint(all: readonly Checkpoint[], wanted: string): Checkpoint {
  const numbered = /^\d{1,3}$/.test(wanted) ? all[Number(wanted) - 1] : undefined;
  const named = wanted === 'latest' ? all[0] : numbered;
  if (named) return named;
  // Shorter ones would be numbers.
  const found = wanted.length < 4 ? [] : all.filter(({ id }) => id.startsWith(wanted));
  const [newest] = found;
  if (newest && found.every(({ id }) => id === newest.id)) return newest;
  throw new UsageError(
    found.length > 1
      ? `Several checkpoints begin with ${wanted}. Write more of the id.`
      : `There is no checkpoint ${wanted}. “earshot checkpoint list” shows them.`,
  );
}
