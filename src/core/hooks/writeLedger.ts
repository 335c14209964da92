/**
 * Who wrote what: the content (by hash) that somebody known left in a file, and the chain of hooks that led to it. A
 * file event whose content is in the ledger is that writer's doing, however late it arrives; any other is not.
 */
import type { Hasher } from '../ports';

export interface WriteLedger {
  /**
   * Records that the last hook of the chain left `text` in `path`; undefined: deleted it. An empty chain: the
   * person, or an agent that no hook started.
   */
  record(path: string, text: string | undefined, chain: readonly string[]): void;
  /** Has somebody known written there? Else nobody need read it. */
  knows(path: string): boolean;
  /** The hooks that led to this content; undefined when its writer is not known. */
  chainOf(path: string, text: string | undefined): readonly string[] | undefined;
  /** This moment, for `isKnownSince`. */
  mark(): number;
  /** Was the writer of this content recorded after that moment? */
  isKnownSince(mark: number, path: string, text: string | undefined): boolean;
}

/** Entries, as many as files of a burst; the oldest are forgotten first. */
const LIMIT = 20_000;

export function createWriteLedger(hasher: Hasher): WriteLedger {
  const entries = new Map<
    string,
    { readonly hash: string; readonly chain: readonly string[]; readonly at: number }
  >();
  let records = 0;
  const find = (path: string, text: string | undefined) => {
    const entry = entries.get(path);
    return entry?.hash === (text === undefined ? '' : hasher.sha256(text)) ? entry : undefined;
  };
  return {
    record(path, text, chain) {
      entries.delete(path);
      entries.set(path, { hash: text === undefined ? '' : hasher.sha256(text), chain, at: ++records });
      const oldest = entries.keys().next().value;
      if (entries.size > LIMIT && oldest !== undefined) entries.delete(oldest);
    },
    knows: (path) => entries.has(path),
    chainOf: (path, text) => find(path, text)?.chain,
    mark: () => records,
    isKnownSince: (mark, path, text) => (find(path, text)?.at ?? 0) > mark,
  };
}
