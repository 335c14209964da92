/** Which part of a document became which of its later version. */
import { diffArrays } from 'diff';
import type { Part } from './parts';

export interface Alignment {
  /** For each part of the base, what it is now; undefined where it is gone. */
  readonly now: readonly (Part | undefined)[];
  /** What is new: before the first part of the base, then after each. */
  readonly inserted: readonly (readonly Part[])[];
}

/** As alike are two parts at least of which one is the other, reworded: shared words over all words, from 0 to 1. */
const ALIKE = 0.4;

export function align(base: readonly Part[], other: readonly Part[]): Alignment {
  const now = new Array<Part | undefined>(base.length).fill(undefined);
  const inserted: Part[][] = Array.from({ length: base.length + 1 }, () => []);
  let from = 0;
  for (const { same, gone, come } of runsOf(base, other)) {
    let next = 0;
    for (const part of come) {
      const match = same ? next : bestMatch(part, gone, next);
      if (match === undefined) {
        inserted[from + next]?.push(part);
        continue;
      }
      now[from + match] = part;
      next = match + 1;
    }
    from += gone.length;
  }
  return { now, inserted };
}

/** Parts next to one another that are the same in both, or that differ. */
interface Run {
  readonly same: boolean;
  readonly gone: Part[];
  readonly come: Part[];
}

function runsOf(base: readonly Part[], other: readonly Part[]): readonly Run[] {
  const runs: Run[] = [];
  const found = diffArrays([...base], [...other], { comparator: (a, b) => a.words === b.words });
  for (const { value, added = false, removed = false } of found) {
    const same = !added && !removed;
    const last = runs.at(-1);
    const run: Run = last === undefined || last.same || same ? { same, gone: [], come: [] } : last;
    if (run !== last) runs.push(run);
    if (!added) run.gone.push(...value);
    if (!removed) run.come.push(...value);
  }
  return runs;
}

/** The place among those that are gone, not before `first`, of what this part was; undefined where it is new. */
function bestMatch(part: Part, gone: readonly Part[], first: number): number | undefined {
  let best: number | undefined;
  let most = ALIKE;
  for (let index = first; index < gone.length; index++) {
    const likeness = likenessOf(part.words, gone[index]?.words ?? '');
    if (likeness > most) [best, most] = [index, likeness];
  }
  if (best !== undefined) return best;
  // Reworded altogether, in the place of the one that had its number.
  const same = gone.findIndex(({ id }, index) => index >= first && id === part.id);
  return same === -1 ? undefined : same;
}

function likenessOf(a: string, b: string): number {
  const [own, other] = [wordsOf(a), wordsOf(b)];
  let shared = 0;
  for (const word of own) if (other.has(word)) shared++;
  return shared / Math.max(1, own.size + other.size - shared);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
