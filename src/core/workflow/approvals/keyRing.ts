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
  /** By public key: whose approvals count in this workspace folder. */
  accepted(root: string): Promise<ReadonlyMap<string, AcceptedKey>>;
  /**
   * Lets approvals by the holder of a key count in one workspace folder; without one, in all: that is for this person's own key.
   * Roles are added to those that it has there.
   */
  accept(key: string, name: string, roles: readonly string[], root: string | undefined): Promise<void>;
}

/** Milliseconds: many specs are read at once, and other windows accept keys, too. */
const FRESH = 1000;

export function createKeyRing(
  { files, clock }: { readonly files: FileSystem; readonly clock: Pick<Clock, 'now'> },
  path: string,
): KeyRing {
  let known: { readonly at: number; readonly lines: Promise<readonly Line[]> } | undefined;

  const read = async () =>
    parseJsonLines((await files.readText(path)) ?? '').values.flatMap((value) => lineOf(value) ?? []);

  return {
    async accepted(root) {
      const now = clock.now();
      if (known === undefined || now - known.at >= FRESH) known = { at: now, lines: read() };
      return heldIn(await known.lines, root);
    },
    async accept(key, name, roles, root) {
      known = undefined;
      const lines = await read();
      const before = heldIn(lines, root).get(key);
      if (before && roles.every((role) => before.roles.includes(role))) return;
      const all = [...new Set([...(before?.roles ?? []), ...roles])];
      const held = { ...(all.length > 0 ? { roles: all } : {}), ...(root === undefined ? {} : { root }) };
      const line = { v: 1, key, name: before?.name ?? name, at: clock.now(), ...held };
      await files.appendLines(path, `${JSON.stringify(line)}\n`);
      known = undefined;
    },
  };
}

interface Line extends AcceptedKey {
  readonly key: string;
  /** Undefined: in every workspace. */
  readonly root: string | undefined;
}

function lineOf(value: unknown): Line | undefined {
  const { v, key, name, roles, root } = value as { readonly [field: string]: unknown };
  if (v !== 1 || typeof key !== 'string' || typeof name !== 'string') return undefined;
  // What says a folder in a way that is not understood counts in none.
  if (root !== undefined && typeof root !== 'string') return undefined;
  const held = Array.isArray(roles) ? roles.filter((each) => typeof each === 'string') : [];
  return { key, name, roles: held, root };
}

/** @param root Undefined: what counts everywhere. */
function heldIn(lines: readonly Line[], root: string | undefined): ReadonlyMap<string, AcceptedKey> {
  const keys = new Map<string, AcceptedKey>([[SAMPLE_KEY, { name: 'Earshot’s sample', roles: [] }]]);
  for (const { key, name, roles, root: only } of lines) {
    if (only !== undefined && only !== root) continue;
    const more = keys.get(key)?.roles ?? [];
    keys.set(key, { name, roles: [...new Set([...more, ...roles])] });
  }
  return keys;
}
