/**
 * Whose approvals count on this machine: public keys that this person accepted, their own among them. Kept under
 * `~/.earshot`, never in a repository, which could accept for itself.
 */
import type { Clock, FileSystem } from '../../ports';
import { parseJsonLines } from '../../util/jsonLines';
import { SAMPLE_KEY } from './sampleKey';

export interface KeyRing {
  /** Public keys with the name under which each was accepted. */
  accepted(): Promise<ReadonlyMap<string, string>>;
  accept(key: string, name: string): Promise<void>;
}

/** Milliseconds: many specs are read at once, and other windows accept keys, too. */
const FRESH = 1000;

export function createKeyRing(
  { files, clock }: { readonly files: FileSystem; readonly clock: Pick<Clock, 'now'> },
  path: string,
): KeyRing {
  let known: { readonly at: number; readonly keys: Promise<ReadonlyMap<string, string>> } | undefined;

  async function read(): Promise<ReadonlyMap<string, string>> {
    const keys = new Map([[SAMPLE_KEY, 'Earshot’s sample']]);
    for (const value of parseJsonLines((await files.readText(path)) ?? '').values) {
      const { v, key, name } = value as { v?: unknown; key?: unknown; name?: unknown };
      if (v === 1 && typeof key === 'string' && typeof name === 'string') keys.set(key, name);
    }
    return keys;
  }

  return {
    accepted() {
      const now = clock.now();
      if (known === undefined || now - known.at >= FRESH) known = { at: now, keys: read() };
      return known.keys;
    },
    async accept(key, name) {
      known = undefined;
      if ((await read()).has(key)) return;
      // A line that was torn by a crash must not swallow this one.
      const text = (await files.readText(path)) ?? '';
      const gap = text === '' || text.endsWith('\n') ? '' : '\n';
      await files.appendText(path, `${gap}${JSON.stringify({ v: 1, key, name, at: clock.now() })}\n`);
      known = undefined;
    },
  };
}
