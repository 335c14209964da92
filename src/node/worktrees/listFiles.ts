/** Which files a folder holds for git: tracked or not, but not ignored; those of repositories within it, too. */
import { join } from 'node:path';
import type { AbortSignal } from '../../core/util/abort';
import { TEMPORARY_PATTERN } from '../writeWhole';
import { type GitCall, git, namesIn } from './git';
import { exists } from './repository';

/** How to ask git about a folder, and about a repository within it. */
export interface Lister {
  call(folder: string): GitCall;
  /**
   * Its index is asked as well which files it has otherwise. Not the user's: there git may have to run a filter to know.
   */
  readonly compares: boolean;
}

/** By the user's own repository, and that of each submodule. */
export function ownLister(signal?: AbortSignal): Lister {
  return { call: (folder) => ({ cwd: folder, signal }), compares: false };
}

const LINK_TO_REPOSITORY = '160000';

export interface Listed {
  readonly files: readonly string[];
  /** Those of them that the index which was asked does not have as they are. */
  readonly differing: ReadonlySet<string>;
}

/** Relative to `folder`, with slashes. */
export async function listFiles(lister: Lister, folder: string): Promise<Listed> {
  const { files, differing, nested } = await look(lister, folder);
  for (const path of nested) {
    for (const file of (await listFiles(lister, join(folder, path))).files) {
      files.add(`${path}/${file}`);
      differing.add(`${path}/${file}`);
    }
  }
  return { files: [...files], differing };
}

/** One question: H is tracked, C is another than in the index, R is gone, ? is neither tracked nor ignored. */
async function look(lister: Lister, folder: string) {
  const compared = lister.compares ? ['-m'] : [];
  const kinds = ['-c', ...compared, '-d', '-o', '--exclude-standard', '--exclude', TEMPORARY_PATTERN];
  const { stdout } = await git(['ls-files', '-z', '-t', '-s', ...kinds], lister.call(folder));
  const files = new Set<string>();
  const differing = new Set<string>();
  const gone = new Set<string>();
  const nested = new Set<string>();
  for (const entry of namesIn(stdout)) {
    const isOther = entry.startsWith('?');
    const path = entry.slice(isOther ? 2 : entry.indexOf('\t') + 1);
    if (isOther && path.endsWith('/')) nested.add(path.slice(0, -1));
    else if (!isOther && entry.slice(2).startsWith(LINK_TO_REPOSITORY)) nested.add(path);
    else if (entry.startsWith('R')) gone.add(path);
    else files.add(path);
    if (!entry.startsWith('H')) differing.add(path);
  }
  for (const path of gone) files.delete(path);
  const there = await Promise.all([...nested].map((path) => exists(join(folder, path, '.git'))));
  return { files, differing, nested: [...nested].filter((_, index) => there[index]) };
}

export interface Ignored {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** What git leaves out, each folder as a whole. */
export async function listIgnored(lister: Lister, folder: string): Promise<Ignored> {
  const args = ['ls-files', '-z', '-o', '-i', '--exclude-standard', '--directory'];
  const [{ stdout }, { nested }] = await Promise.all([git(args, lister.call(folder)), look(lister, folder)]);
  const folders: string[] = [];
  const files: string[] = [];
  for (const path of namesIn(stdout)) {
    if (path.endsWith('/')) folders.push(path.slice(0, -1));
    else files.push(path);
  }
  for (const path of nested) {
    const inner = await listIgnored(lister, join(folder, path));
    folders.push(...inner.folders.map((name) => `${path}/${name}`));
    files.push(...inner.files.map((name) => `${path}/${name}`));
  }
  return { folders, files };
}
