/** Which two rounds are compared. Pure. */
import type { ReviewRound } from '../../protocol/review';
import { asRecord } from '../shared/guards';

export interface Compared {
  readonly from: string;
  readonly to: string;
}

export function readCompared(kept: unknown): Compared | undefined {
  const { from, to } = asRecord(kept);
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined;
}

/** The pair before or after; without one, the last two. Undefined where there are no rounds. */
export function stepRounds(
  rounds: readonly ReviewRound[],
  compared: Compared | undefined,
  delta: 1 | -1,
): Compared | undefined {
  if (rounds.length < 2) return undefined;
  const at = compared === undefined ? -1 : rounds.findIndex(({ key }) => key === compared.to);
  const to = at === -1 ? rounds.length - 1 : Math.min(rounds.length - 1, Math.max(1, at + delta));
  const [from, last] = [rounds[to - 1], rounds[to]];
  return from && last && { from: from.key, to: last.key };
}

/** What was chosen, where both are rounds of the document. */
export function among(rounds: readonly ReviewRound[], compared: Compared | undefined): Compared | undefined {
  const has = (key: string | undefined): boolean => rounds.some((round) => round.key === key);
  return has(compared?.from) && has(compared?.to) ? compared : undefined;
}
