/** Which files a folder holds for git: tracked or not, but not ignored; those of repositories within it, too. */
import { join } from 'node:path';
import type { AbortSignal } from '../../core/util/abort';
import { type GitCall, git, namesIn } from './git';
import { exists } from './repository';

/** How to ask git about a folder, and about a repository within it. */
export interface Lister {
  call(folder: string): GitCall;
}

/** By the user's own repository, and that of each submodule. */
export function ownLister(signal?: AbortSignal): Lister {
  return { call: (folder) => ({ cwd: folder, signal }) };
}

const LINK_TO_REPOSITORY = '160000';

/** Relative to `folder`, with slashes. */
export async function listFiles(lister: Lister, folder: string): Promise<readonly string[]> {
  const call = lister.call(folder);
  const [tracked, others, deleted] = await Promise.all([
    git(['ls-files', '-z', '-s'], call),
    git(['ls-files', '-z', '-o', '--exclude-standard'], call),
    git(['ls-files', '-z', '-d'], call),
  ]);
  const gone = new Set(namesIn(deleted.stdout));
  const files = new Set<string>();
  const nested = new Set<string>();
  for (const entry of namesIn(tracked.stdout)) {
    const path = entry.slice(entry.indexOf('\t') + 1);
    if (entry.startsWith(LINK_TO_REPOSITORY)) nested.add(path);
    else if (!gone.has(path)) files.add(path);
  }
  for (const path of namesIn(others.stdout)) {
    if (path.endsWith('/')) nested.add(path.slice(0, -1));
    else files.add(path);
  }
  for (const path of nested) {
    if (!(await exists(join(folder, path, '.git')))) continue;
    for (const file of await listFiles(lister, join(folder, path))) files.add(`${path}/${file}`);
  }
  return [...files];
}

export interface Ignored {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** What git leaves out, each folder as a whole. */
export async function listIgnored(lister: Lister, folder: string): Promise<Ignored> {
  const call = lister.call(folder);
  const [found, tracked] = await Promise.all([
    git(['ls-files', '-z', '-o', '-i', '--exclude-standard', '--directory'], call),
    git(['ls-files', '-z', '-s'], call),
  ]);
  const folders: string[] = [];
  const files: string[] = [];
  for (const path of namesIn(found.stdout)) {
    if (path.endsWith('/')) folders.push(path.slice(0, -1));
    else files.push(path);
  }
  for (const entry of namesIn(tracked.stdout)) {
    const path = entry.slice(entry.indexOf('\t') + 1);
    if (!entry.startsWith(LINK_TO_REPOSITORY) || !(await exists(join(folder, path, '.git')))) continue;
    const inner = await listIgnored(lister, join(folder, path));
    folders.push(...inner.folders.map((name) => `${path}/${name}`));
    files.push(...inner.files.map((name) => `${path}/${name}`));
  }
  return { folders, files };
}
