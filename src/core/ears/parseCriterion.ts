import type { Problem } from '../spec/model';
import type { Criterion } from './model';

/** stub */
export function parseCriterion(
  id: string,
  text: string,
  offset: number,
): { criterion: Criterion; problems: Problem[] } {
  const range = { start: offset, end: offset + text.length };
  return { criterion: { id, text, range, pattern: 'none', clauses: [] }, problems: [] };
}
