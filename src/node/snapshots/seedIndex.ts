/**
 * The first snapshot need not read every file: the person's own index knows them already, with their sizes and times. What
 * it holds in another form than the disk (line ends, LFS, other filters) is read again, since a snapshot is exact.
 */
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AbortSignal } from '../../core/util/abort';
import { asInput, git, rawNames } from './git';
import {
  clearPromises,
  extensionsOf,
  forgetStat,
  type IndexEntry,
  MODE,
  readIndex,
  withExtensions,
} from './indexFile';
import type { UserRepository } from './userRepository';

export interface Seed {
  readonly store: string;
  readonly workTree: string;
  readonly repository: UserRepository;
  readonly signal?: AbortSignal | undefined;
}

/** False where the index is of no use; then nothing was written. The store already reads the repository's objects. */
export async function seedIndex({ store, workTree, repository, signal }: Seed): Promise<boolean> {
  const { index } = repository;
  const [file, found] = await Promise.all([readFile(index), stat(index)]).catch(() => []);
  const known = file && readIndex(file);
  if (!file || !found || !known) return false;
  const { entries, end } = known;
  // In parts, in another file, or sparse: rare, and git writes it anew at the first snapshot anyway.
  if (extensionsOf(file, end).some(({ name }) => name === 'link' || name === 'sdir')) return false;
  if (!entries.every(isPlain)) return false;
  const kept = entries.filter(({ mode }) => mode !== MODE.repository);
  const [sizes, filtered] = await Promise.all([
    sizesOf(store, workTree, kept, signal),
    filteredPaths(workTree, repository, kept, signal),
  ]);
  for (const entry of entries) {
    const isOther = sizes.get(entry.id) !== entry.size || filtered.has(entry.path);
    if (clearPromises(file, entry) || isOther) forgetStat(file, entry);
  }
  const target = join(store, 'index');
  await writeFile(target, withExtensions(file, known, ['TREE']));
  await keepTime(target, found.mtimeMs);
  const repositories = entries.filter(({ mode }) => mode === MODE.repository);
  if (repositories.length > 0) {
    // What is in a submodule is kept as files.
    const gone = repositories.map(({ path }) => `0 ${'0'.repeat(40)}\t${path}`);
    const options = { gitDir: store, workTree, input: asInput(gone), signal };
    await git(['update-index', '-z', '--index-info'], options);
  }
  return true;
}

/**
 * A file that is not older than the index may have changed since git looked: git reads it again by that, and a copy must
 * not be younger than what it was copied from.
 */
export async function keepTime(path: string, modified: number): Promise<void> {
  const seconds = Math.floor(modified) / 1000;
  await utimes(path, seconds, seconds);
}

/** A repository may bring an index that names what lies elsewhere. */
function isPlain({ path, mode }: IndexEntry): boolean {
  if (mode === MODE.folder) return false;
  return path
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/^\.git$/i.test(part));
}

async function sizesOf(
  gitDir: string,
  workTree: string,
  entries: readonly IndexEntry[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(entries.map(({ id }) => id))];
  const input = `${ids.join('\n')}\n`;
  const args = ['cat-file', '--buffer', '--batch-check=%(objectname) %(objectsize)'];
  const output = await git(args, { gitDir, workTree, input, signal });
  const sizes = new Map<string, number>();
  for (const line of output.toString('latin1').split('\n')) {
    const [id = '', size] = line.split(' ');
    // “missing” is no number, and no file is of that size.
    sizes.set(id, Number(size) % 2 ** 32);
  }
  return sizes;
}

/** Filters that need not change a size. */
const ATTRIBUTES = ['filter', 'ident', 'working-tree-encoding'];

/** Paths with such a filter by the attributes of now. */
async function filteredPaths(
  workTree: string,
  repository: UserRepository,
  entries: readonly IndexEntry[],
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const files = entries
    .filter(({ path }) => path === '.gitattributes' || path.endsWith('/.gitattributes'))
    .map(({ path }) => Buffer.from(join(workTree, Buffer.from(path, 'latin1').toString('utf8'))));
  files.push(Buffer.from(join(repository.commonDir, 'info', 'attributes')));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  if (!texts.some((text) => ATTRIBUTES.some((name) => text.includes(name)))) return new Set();
  const input = asInput(entries.map(({ path }) => path));
  const output = await git(['check-attr', '-z', '--stdin', ...ATTRIBUTES], { workTree, input, signal });
  const found = new Set<string>();
  const parts = rawNames(output);
  for (let i = 0; i + 2 < parts.length; i += 3) {
    const [path = '', , value] = parts.slice(i, i + 3);
    if (value !== 'unspecified' && value !== 'unset') found.add(path);
  }
  return found;
}
