/**
 * Ignored files that a person would miss: settings and secrets (`.env`, `local.properties`), which a command may change
 * though nobody names them. Those are small texts beside files that are kept; what lies in ignored folders is made by tools,
 * and so is what there is much of.
 */
import { lstat, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asInput, type GitOptions, rawNames } from './git';
import { parentOf, placeOf } from './names';
import type { Store } from './store';

/** Bytes. */
export const SMALL = 100_000;
/** In one folder. */
const MANY = 20;
/** What programs write as they run. */
const MADE = /(\.(log|pid|lock|tmp|swp|tsbuildinfo)|cache|\.DS_Store)$/i;

/** Raw names of those that were found once: from then on the index has them. */
export async function knownSmall({ folder }: Store): Promise<ReadonlySet<string>> {
  return new Set(rawNames(await readFile(join(folder, 'small')).catch(() => Buffer.alloc(0))));
}

/**
 * Those that are in no index.
 * @param options Of a repository in the workspace: names are below it then
 */
export async function findSmall(store: Store, options: Partial<GitOptions>): Promise<readonly string[]> {
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];
  const { workTree = store.workTree } = options;
  const byFolder = new Map<string, string[]>();
  for (const name of rawNames(await store.run(args, options))) {
    if (name.endsWith('/') || MADE.test(name)) continue;
    const folder = parentOf(name);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), name]);
  }
  const found: string[] = [];
  for (const names of byFolder.values()) {
    if (names.length > MANY) continue;
    for (const name of names) if (await isSmallText(placeOf(workTree, name))) found.push(name);
  }
  return found;
}

export async function rememberSmall({ folder }: Store, names: Iterable<string>): Promise<void> {
  await writeFile(join(folder, 'small'), asInput(names));
}

async function isSmallText(place: Buffer): Promise<boolean> {
  const stats = await lstat(place).catch(() => undefined);
  if (!stats?.isFile() || stats.size > SMALL) return false;
  return (await readFile(place).catch(() => undefined))?.includes(0) === false;
}
