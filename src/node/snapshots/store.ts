/**
 * The store of a workspace folder: a bare repository of our own under Earshot's home. Its index stays, so that git need
 * only look at what changed; the person's repository is read once and never written.
 */

import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { AbortSignal } from '../../core/util/abort';
import { TEMPORARY_PATTERN } from '../writeWhole';
import { type GitOptions, git } from './git';
import { keepTime, seedIndex } from './seedIndex';
import { findRepository, type UserRepository } from './userRepository';

export interface Store {
  /** Native, as all here. */
  readonly folder: string;
  readonly workTree: string;
  readonly repository: UserRepository | undefined;
  run(args: readonly string[], options?: Partial<GitOptions>): Promise<Buffer>;
}

/** Every filter is off: what is on the disk is kept, byte for byte. */
const ATTRIBUTES = '* -text -eol -crlf -filter -ident -working-tree-encoding -diff -merge\n';
const LAST = 'last';
const SEEDING = 'seeding';
const ALTERNATES = join('objects', 'info', 'alternates');

export function storeAt(folder: string, workTree: string, repository: UserRepository | undefined): Store {
  return {
    folder,
    workTree,
    repository,
    run: (args, options) => git(args, { gitDir: folder, workTree, ...options }),
  };
}

/** Under the lock. Makes it where there is none. */
export async function openStore(
  folder: string,
  workTree: string,
  signal: AbortSignal | undefined,
): Promise<Store> {
  const repository = await findRepository(workTree, signal);
  const store = storeAt(folder, workTree, repository);
  const isMade = await exists(join(folder, 'ready'));
  if (!isMade) await make(store, signal);
  await writeExcludes(store, signal);
  await removeLeftovers(folder);
  return store;
}

async function make(store: Store, signal: AbortSignal | undefined): Promise<void> {
  const { folder, workTree, repository } = store;
  // It took too long once: without it files are read in steps, each of which stays.
  const wasCutOff = await exists(join(folder, SEEDING));
  // What an earlier attempt left is begun anew; the lock lies beside it.
  for (const name of await readdir(folder))
    if (!name.startsWith('lock')) await rm(join(folder, name), { recursive: true, force: true });
  await git(['init', '-q', '--bare', '--template=', '--object-format=sha1', folder], {
    workTree: folder,
    signal,
  });
  await mkdir(join(folder, 'info'), { recursive: true });
  await writeFile(join(folder, 'info', 'attributes'), ATTRIBUTES);
  await writeFile(join(folder, 'workspace.txt'), `${workTree}\n`);
  if (repository?.isTop && repository.format === 'sha1' && !wasCutOff) {
    await writeFile(join(folder, SEEDING), '');
    await seed(store, repository, signal);
    await unlink(join(folder, SEEDING));
  }
  await writeFile(join(folder, 'ready'), '');
}

/** What goes wrong here costs time, and nothing else. */
async function seed(
  store: Store,
  repository: UserRepository,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { folder, workTree } = store;
  // A path that such a file cannot hold.
  if (/[\n"]/.test(repository.objects)) return;
  const alternates = join(folder, ALTERNATES);
  await mkdir(join(folder, 'objects', 'info'), { recursive: true });
  await writeFile(alternates, `${repository.objects.replaceAll('\\', '/')}\n`);
  try {
    if (await seedIndex({ store: folder, workTree, repository, signal })) {
      // Whatever is missing there is found now, and not when somebody needs it.
      await store.run(['write-tree'], { signal });
      return;
    }
  } catch {
    signal?.throwIfAborted();
  }
  await unlink(alternates);
  await rm(join(folder, 'index'), { force: true });
}

export function borrowsObjects(folder: string): Promise<boolean> {
  return exists(join(folder, ALTERNATES));
}

export function stopBorrowing(folder: string): Promise<void> {
  return unlink(join(folder, ALTERNATES));
}

/** What the person never wants to see in git, they do not want here: their own rules, and those of this clone. */
async function writeExcludes({ folder, repository }: Store, signal: AbortSignal | undefined): Promise<void> {
  const files = [await personalExcludes(signal)];
  if (repository) files.push(join(repository.commonDir, 'info', 'exclude'));
  const texts = await Promise.all(
    files.map((file) => (file === undefined ? '' : readFile(file, 'utf8').catch(() => ''))),
  );
  const target = join(folder, 'info', 'exclude');
  const text = `${[...texts, TEMPORARY_PATTERN].join('\n')}\n`;
  if ((await readFile(target, 'utf8').catch(() => undefined)) !== text) await writeFile(target, text);
}

let excludes: Promise<string | undefined> | undefined;

/** Asked once: it is a setting that hardly ever changes. */
function personalExcludes(signal: AbortSignal | undefined): Promise<string | undefined> {
  excludes ??= findExcludes(signal);
  return excludes;
}

async function findExcludes(signal: AbortSignal | undefined): Promise<string | undefined> {
  const home = homedir();
  const config = process.env.XDG_CONFIG_HOME || join(home, '.config');
  for (const file of [join(home, '.gitconfig'), join(config, 'git', 'config')]) {
    const args = ['config', '--file', file, '--includes', '--type=path', '--get', 'core.excludesFile'];
    const said = await git(args, { workTree: home, signal }).catch(() => undefined);
    const path = said?.toString('utf8').trim();
    if (path) return isAbsolute(path) ? path : undefined;
  }
  return join(config, 'git', 'ignore');
}

/** Of processes that were ended in the middle. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (/^index\..+/.test(name) || name.endsWith('.lock')) await rm(join(folder, name), { force: true });
}

/**
 * Works on a copy of the index that takes its place when the work is done: whoever was ended in the middle, or goes on
 * without us, spoils nothing.
 */
export async function withIndexCopy<T>(
  { folder }: Pick<Store, 'folder'>,
  act: (index: string, keep: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const index = join(folder, 'index');
  const copy = join(folder, `index.${randomUUID()}`);
  async function refresh(): Promise<void> {
    const found = await stat(index).catch(() => undefined);
    if (!found) return;
    await copyFile(index, copy);
    await keepTime(copy, found.mtimeMs);
  }
  await refresh();
  try {
    return await act(copy, async () => {
      if (!(await exists(copy))) return;
      await rename(copy, index);
      await refresh();
    });
  } finally {
    await rm(copy, { force: true });
    await rm(`${copy}.lock`, { force: true });
  }
}

/** The tree that the index holds, as long as nothing writes it. */
export async function lastTree({ folder }: Store): Promise<string | undefined> {
  return readFile(join(folder, LAST), 'latin1').catch(() => undefined);
}

export function forgetLast({ folder }: Pick<Store, 'folder'>): Promise<void> {
  return rm(join(folder, LAST), { force: true });
}

export function rememberLast({ folder }: Store, tree: string): Promise<void> {
  return writeFile(join(folder, LAST), tree);
}

export function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
