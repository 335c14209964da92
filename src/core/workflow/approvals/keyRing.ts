/**
 * Whose approvals count on this machine: public keys that this person accepted, their own among them. Kept under
 * `~/.earshot`, never in a repository, which could accept for itself.
 */
import type { Clock, FileSystem } from '../../ports';
import { parseJsonLines } from '../../util/jsonLines';
import { SAMPLE_KEY } from './sampleKey';

/** As this person knows the one who holds a key. */
export interface AcceptedKey {
  readonly name: string;
  /** For which their approval is asked: see `approverRules.ts`. */
  readonly roles: readonly string[];
}

export interface KeyRing {
  /** By public key. */
  accepted(): Promise<ReadonlyMap<string, AcceptedKey>>;
  accept(key: string, name: string, roles?: readonly string[]): Promise<void>;
}

/** Milliseconds: many specs are read at once, and other windows accept keys, too. */
const FRESH = 1000;

export function createKeyRing(
  { files, clock }: { readonly files: FileSystem; readonly clock: Pick<Clock, 'now'> },
  path: string,
): KeyRing {
  let known: { readonly at: number; readonly keys: Promise<ReadonlyMap<string, AcceptedKey>> } | undefined;

  async function read(): Promise<ReadonlyMap<string, AcceptedKey>> {
    const keys = new Map<string, AcceptedKey>([[SAMPLE_KEY, { name: 'Earshot’s sample', roles: [] }]]);
    for (const value of parseJsonLines((await files.readText(path)) ?? '').values) {
      const { v, key, name, roles } = value as { readonly [field: string]: unknown };
      const known = Array.isArray(roles) ? roles.filter((each) => typeof each === 'string') : [];
      if (v === 1 && typeof key === 'string' && typeof name === 'string')
        keys.set(key, { name, roles: known });
    }
    return keys;
  }

  return {
    accepted() {
      const now = clock.now();
      if (known === undefined || now - known.at >= FRESH) known = { at: now, keys: read() };
      return known.keys;
    },
    async accept(key, name, roles = []) {
      known = undefined;
      const before = (await read()).get(key);
      if (before && roles.every((role) => before.roles.includes(role))) return;
      const all = [...new Set([...(before?.roles ?? []), ...roles])];
      // A line that was torn by a crash must not swallow this one.
      const text = (await files.readText(path)) ?? '';
      const gap = text === '' || text.endsWith('\n') ? '' : '\n';
      const held = all.length > 0 ? { roles: all } : {};
      const line = { v: 1, key, name: before?.name ?? name, at: clock.now(), ...held };
      await files.appendText(path, `${gap}${JSON.stringify(line)}\n`);
      known = undefined;
    },
  };
}
