/** The person's own repository, which is only read: where it stands, and what of it saves us work. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { AbortSignal } from '../../core/util/abort';
import { git } from './git';

export interface UserRepository {
  /** Of this work tree. */
  readonly gitDir: string;
  /** Shared by all work trees. */
  readonly commonDir: string;
  readonly index: string;
  readonly objects: string;
  readonly format: string;
  /** The workspace folder is its top, so that its index names our paths. */
  readonly isTop: boolean;
}

const known = new Map<string, { readonly inode: number; readonly repository: UserRepository }>();

/** Undefined where there is none, or where git does not trust it. git is asked once for each `.git`. */
export async function findRepository(
  workTree: string,
  signal?: AbortSignal,
): Promise<UserRepository | undefined> {
  const inode = await inodeOf(join(workTree, '.git'));
  const before = known.get(workTree);
  if (before && before.inode === inode) return before.repository;
  if (inode === undefined && !(await isBelowRepository(workTree))) return undefined;
  const repository = await ask(workTree, signal);
  if (repository && inode !== undefined) known.set(workTree, { inode, repository });
  return repository;
}

async function inodeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.ino;
}

async function isBelowRepository(folder: string): Promise<boolean> {
  const parent = dirname(folder);
  if (parent === folder) return false;
  return (await inodeOf(join(parent, '.git'))) !== undefined || isBelowRepository(parent);
}

async function ask(workTree: string, signal: AbortSignal | undefined): Promise<UserRepository | undefined> {
  try {
    const asked = ['--show-prefix', '--absolute-git-dir', '--git-common-dir', '--show-object-format'];
    const output = await git(['rev-parse', ...asked], { workTree, signal });
    const [prefix = '', gitDir = '', common = '', format = ''] = output.toString('utf8').split('\n');
    if (gitDir === '' || common === '') return undefined;
    const commonDir = resolve(workTree, common);
    return {
      gitDir,
      commonDir,
      index: join(gitDir, 'index'),
      objects: join(commonDir, 'objects'),
      format,
      isTop: prefix === '',
    };
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/** Commit and branch, `3f2a… main`; only the branch before the first commit, only the commit where none is checked out. */
export async function headOf({
  gitDir,
  commonDir,
}: Pick<UserRepository, 'gitDir' | 'commonDir'>): Promise<string | undefined> {
  const head = (await textOf(join(gitDir, 'HEAD')))?.trim();
  if (head === undefined) return undefined;
  const ref = /^ref: (?<name>refs\/[^\0]+)$/.exec(head)?.groups?.name;
  if (ref === undefined) return OBJECT.test(head) ? head : undefined;
  const commit = await commitOf(commonDir, ref);
  return [commit, ref.replace(/^refs\/heads\//, '')].filter((part) => part !== undefined).join(' ');
}

const OBJECT = /^[0-9a-f]{40,64}$/;

async function commitOf(commonDir: string, ref: string): Promise<string | undefined> {
  if (ref.split('/').includes('..')) return undefined;
  const loose = (await textOf(join(commonDir, ref)))?.trim();
  if (loose !== undefined) return OBJECT.test(loose) ? loose : undefined;
  const packed = await textOf(join(commonDir, 'packed-refs'));
  const line = packed?.split('\n').find((each) => each.endsWith(` ${ref}`));
  return line?.split(' ')[0];
}

const UNDERWAY: readonly (readonly [file: string, what: string])[] = [
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase'],
  ['MERGE_HEAD', 'a merge'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
  ['BISECT_LOG', 'a bisect'],
];

/** What the person began and has not ended: `a rebase`. */
export async function underwayIn({ gitDir }: Pick<UserRepository, 'gitDir'>): Promise<string | undefined> {
  for (const [file, what] of UNDERWAY)
    if (
      await stat(join(gitDir, file)).then(
        () => true,
        () => false,
      )
    )
      return what;
  return undefined;
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
