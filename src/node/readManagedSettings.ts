/** An administrator's file of this machine, read and followed. */
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Administration, createAdministration } from '../core/administration/administration';
import type { ReadPolicy } from '../core/administration/policy';
import { STRICTEST } from '../core/administration/strictest';
import type { Disposable } from '../core/util/disposable';
import { errorMessage } from '../core/util/errorMessage';
import { managedSettingsPath } from './managedSettingsPath';
import { nodeHasher } from './nodePorts';

export interface ManagedSettings {
  readonly administration: Administration;
  /** Reads what changed since it was looked at. */
  look(): Promise<void>;
  /** Follows the file, and the registry that it names, until disposed. */
  follow(): Disposable;
}

/** Milliseconds between two looks: the file, or its folder, may not be there yet, where the system watches nothing. */
const PATIENCE = 3000;
/** Milliseconds that a file may be on its way to the disk: emptied and half written, or put in the place of one that went. */
const GRACE = 10_000;

/**
 * What cannot be read fixes everything at the strictest; only a file that is not there fixes nothing. While one is being
 * saved, what it said before holds.
 */
export function readManagedSettings(
  path = managedSettingsPath(),
  { patience = PATIENCE, grace = GRACE } = {},
): ManagedSettings {
  let registry: string | undefined;
  let latest = 0;
  /** As the files were when they were read. */
  let seen = stateOf(path);

  // Its reader is loaded where there is such a file: few machines have one.
  async function read(text: string): Promise<ReadPolicy> {
    const { readPolicy, withRegistry } = await import('../core/administration/policy');
    const found = readPolicy(text);
    const { mcp } = found.policy;
    registry = typeof mcp === 'object' ? mcp.registry : undefined;
    if (registry === undefined) return found;
    seen = [seen, stateOf(registry)].join();
    return withRegistry(found, text, await readFile(registry, 'utf8').catch(() => undefined));
  }

  const first = firstOf(path);
  const ready = 'text' in first ? read(first.text).then((found) => administration.learn(found)) : undefined;
  const administration = createAdministration(path, first.read, nodeHasher, ready);

  /** Since when it is not whole while what it said before holds. */
  let savedSince: number | undefined;

  function isBeingSaved(now: ReadPolicy | undefined): boolean {
    const { policy, problems } = administration;
    // What was strict already, or never there, has nothing to hold on to.
    const isLess = now === undefined ? policy !== undefined : now.isPartial === true;
    if (!isLess || problems.length > 0) return false;
    savedSince ??= performance.now();
    return performance.now() - savedSince < grace;
  }

  async function reload(): Promise<void> {
    const mine = ++latest;
    registry = undefined;
    seen = stateOf(path);
    const found = firstOf(path);
    const now = 'text' in found ? await read(found.text) : found.read;
    if (mine !== latest || isBeingSaved(now)) return;
    savedSince = undefined;
    administration.learn(now);
  }

  async function look(): Promise<void> {
    if (savedSince !== undefined || stateOf(path, registry) !== seen) await reload();
  }

  return {
    administration,
    look,
    follow() {
      const timer = setInterval(() => void look(), patience);
      timer.unref();
      return { dispose: () => clearInterval(timer) };
    },
  };
}

/** Changes when one of the files does, comes or goes. */
function stateOf(...paths: readonly (string | undefined)[]): string {
  const states = paths.flatMap((path) => {
    if (path === undefined) return [];
    try {
      const found = statSync(path, { throwIfNoEntry: false });
      return [found === undefined ? 'none' : `${found.mtimeMs} ${found.size} ${found.ino}`];
    } catch {
      return ['hidden'];
    }
  });
  return states.join();
}

type First = { readonly read: ReadPolicy | undefined } | { readonly read: ReadPolicy; readonly text: string };

function firstOf(path: string): First {
  const strict = (message: string): ReadPolicy => ({
    policy: STRICTEST,
    problems: [{ line: 1, range: { start: 0, end: 0 }, message }],
  });
  try {
    return { text: readFileSync(path, 'utf8'), read: strict('It is being read.') };
  } catch (error) {
    const isThere = !(
      error instanceof Error &&
      'code' in error &&
      ['ENOENT', 'ENOTDIR'].includes(String(error.code))
    );
    const until = 'Until your administrator mends it, the strictest holds.';
    const message = `It cannot be read: ${errorMessage(error)}. ${until}`;
    return { read: isThere ? { ...strict(message), isPartial: true } : undefined };
  }
}
