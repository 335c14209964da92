/** How many tests ran, as their runners say it. To add a runner: a row in `scriptReaders.ts` or `otherReaders.ts`. */
import type { TestCounts } from '../model';
import { OTHER_READERS } from './otherReaders';
import type { Counted, Reader } from './reader';
import { SCRIPT_READERS, tap } from './scriptReaders';

export interface ReadTests {
  readonly tests: TestCounts;
  readonly failing: readonly string[];
}

const READERS: readonly Reader[] = [...SCRIPT_READERS, ...OTHER_READERS];

/** @param text without colours; undefined where it tells of no tests */
export function readTests(text: string): ReadTests | undefined {
  const found = readWith(READERS, text) ?? readWith([tap], text);
  if (found === undefined) return undefined;
  const sum = (key: keyof Counted) => found.counts.reduce((all, counted) => all + counted[key], 0);
  return {
    tests: { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') },
    failing: [...new Set(found.failing)],
  };
}

function readWith(readers: readonly Reader[], text: string) {
  const told = readers
    .map((reader) => ({ reader, counts: reader.read(text) }))
    .filter(({ counts }) => counts.length > 0);
  if (told.length === 0) return undefined;
  return {
    counts: told.flatMap(({ counts }) => counts),
    // node:test says its failures in TAP, too.
    failing: told.flatMap(({ reader }) => {
      const own = reader.failing?.(text) ?? [];
      return own.length > 0 ? own : (tap.failing?.(text) ?? []);
    }),
  };
}
