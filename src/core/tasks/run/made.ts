/** What checks write (a build, a report) is nobody's work: it neither proves that something was done nor trespasses. */
import type { ChangedFile } from '../evidence/changes';

export interface Made {
  /** What is different from before the try, without what checks made. */
  work(): Promise<readonly ChangedFile[]>;
  /** Runs checks; files that were as before until then are theirs from now on. */
  during<T>(checks: () => Promise<T>, work: readonly ChangedFile[]): Promise<T>;
}

/** @param look What is different from before the try */
export function createMade(look: () => Promise<readonly ChangedFile[]>): Made {
  const made = new Map<string, string | undefined>();
  // Of what is no text nobody knows whether it was changed again.
  const isMade = ({ path, after, binary }: ChangedFile) =>
    made.has(path) && (binary === true || made.get(path) === after);
  return {
    work: async () => (await look()).filter((change) => !isMade(change)),
    async during(checks, work) {
      const result = await checks();
      const known = new Set(work.map(({ path }) => path));
      for (const { path, after } of await look()) if (!known.has(path)) made.set(path, after);
      return result;
    },
  };
}
