/**
 * Who wrote what: the content (by hash) that a hook left in a file, and the chain of hooks that led to it. A file
 * event whose content is in the ledger is that hook's own doing, however late it arrives; any other content is not.
 */
import type { Hasher } from '../ports';

export interface WriteLedger {
  /** Records that the last hook of the chain left `text` in `path`; undefined: deleted it. */
  record(path: string, text: string | undefined, chain: readonly string[]): void;
  /** The hooks that led to this content; empty when somebody else wrote it. */
  chainOf(path: string, text: string | undefined): readonly string[];
}

/** Entries; the oldest are forgotten first. */
const LIMIT = 5000;

export function createWriteLedger(hasher: Hasher): WriteLedger {
  const entries = new Map<string, { readonly hash: string; readonly chain: readonly string[] }>();
  const hashOf = (text: string | undefined) => (text === undefined ? '' : hasher.sha256(text));
  return {
    record(path, text, chain) {
      entries.delete(path);
      entries.set(path, { hash: hashOf(text), chain });
      const oldest = entries.keys().next().value;
      if (entries.size > LIMIT && oldest !== undefined) entries.delete(oldest);
    },
    chainOf(path, text) {
      const entry = entries.get(path);
      return entry && entry.hash === hashOf(text) ? entry.chain : [];
    },
  };
}
