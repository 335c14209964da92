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
    const matches = same ? gone.map((_, index) => index) : matchesOf(gone, come);
    let next = 0;
    come.forEach((part, index) => {
      const match = matches[index];
      if (match === undefined) {
        inserted[from + next]?.push(part);
        return;
      }
      now[from + match] = part;
      next = match + 1;
    });
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

/** More pairs than this are not weighed against each other: it was written anew, and no part is another's. */
const MOST_PAIRS = 40_000;

/**
 * For each part that came, the place among those that are gone of what it was; undefined where it is new. Places
 * ascend, and all together are as alike as can be: a new criterion takes no other's place by being read first.
 */
function matchesOf(gone: readonly Part[], come: readonly Part[]): readonly (number | undefined)[] {
  const matches = new Array<number | undefined>(come.length).fill(undefined);
  if (gone.length * come.length <= MOST_PAIRS) pair(gone, come, matches);
  let first = 0;
  come.forEach((part, index) => {
    const next = matches.slice(index).find((match) => match !== undefined) ?? gone.length;
    // Reworded altogether, in the place of the one that had its number.
    if (matches[index] === undefined) {
      const same = gone.findIndex(({ id }, at) => at >= first && at < next && id === part.id);
      if (same !== -1) matches[index] = same;
    }
    first = (matches[index] ?? first - 1) + 1;
  });
  return matches;
}

/** Pairs what is alike, in order, for the greatest likeness in all. */
function pair(gone: readonly Part[], come: readonly Part[], matches: (number | undefined)[]): void {
  const likeness = likenesses(gone, come);
  const alike = (c: number, g: number) => likeness[c]?.[g] ?? 0;
  const width = gone.length + 1;
  // Of those from c and g on.
  const best = new Array<number>((come.length + 1) * width).fill(0);
  const bestAt = (c: number, g: number) => best[c * width + g] ?? 0;
  const paired = (c: number, g: number) => (alike(c, g) > 0 ? alike(c, g) + bestAt(c + 1, g + 1) : 0);
  for (let c = come.length - 1; c >= 0; c--)
    for (let g = gone.length - 1; g >= 0; g--)
      best[c * width + g] = Math.max(bestAt(c + 1, g), bestAt(c, g + 1), paired(c, g));
  let g = 0;
  for (let c = 0; c < come.length; c++) {
    // One of those that are gone and no part's is passed over where that costs nothing.
    while (g < gone.length && bestAt(c, g) === bestAt(c, g + 1) && bestAt(c, g) > bestAt(c + 1, g)) g++;
    if (g < gone.length && paired(c, g) > 0 && bestAt(c, g) === paired(c, g)) matches[c] = g++;
  }
}

/** For each that came, how alike it is to each that is gone; 0 where it is another. */
function likenesses(gone: readonly Part[], come: readonly Part[]): readonly (readonly number[])[] {
  const old = gone.map(({ words }) => wordsOf(words));
  return come.map(({ words }) => {
    const own = wordsOf(words);
    return old.map((other) => {
      const alike = likenessOf(own, other);
      return alike > ALIKE ? alike : 0;
    });
  });
}

function likenessOf(own: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of own) if (other.has(word)) shared++;
  return shared / Math.max(1, own.size + other.size - shared);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
