import type { Clock } from '../ports';

/** Was it less than `ms` ago? What lies ahead was not: the clock has been put back since, and nobody knows by how much. */
export function isLately(clock: Pick<Clock, 'now'>, at: number, ms: number): boolean {
  const ago = clock.now() - at;
  return ago >= 0 && ago < ms;
}
