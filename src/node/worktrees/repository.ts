/** The repository that a workspace folder lies in: looked at, never written to. */

import { lstat, readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ActError } from '../../core/actError';
import type { AbortSignal } from '../../core/util/abort';
import { basename } from '../../core/util/path';
import { fromNativePath, toNativePath } from '../nativePath';
import { TEMPORARY_PATTERN } from '../writeWhole';
import { GitError, git } from './git';

export interface Repository {
  /** Native. Links resolved. */
  readonly top: string;
  /** Of the workspace folder below it: `` or `packages/a/`. */
  readonly prefix: string;
  readonly objects: string;
  readonly format: string;
  /** Undefined: nothing was committed yet. */
  readonly head: string | undefined;
  /** Commits whose parents were not fetched. */
  readonly shallow: string | undefined;
  /** What the person lets git leave out, beside `.gitignore`. */
  readonly exclude: string;
}

const UNFINISHED: readonly (readonly [string, string])[] = [
  ['MERGE_HEAD', 'a merge'],
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
];

/** Rejects with an `ActError` that says why tasks cannot have copies of this folder. */
export async function findRepository(root: string, signal?: AbortSignal): Promise<Repository> {
  const cwd = await realpath(toNativePath(root));
  const call = { cwd, signal };
  const where = await git(
    [
      'rev-parse',
      '--show-toplevel',
      '--absolute-git-dir',
      '--git-path',
      'objects',
      '--git-path',
      'info/exclude',
      '--git-path',
      'shallow',
      '--show-object-format',
    ],
    call,
  ).catch((error: unknown) => refuse(root, error));
  const lines = where.stdout.toString('utf8').trimEnd().split('\n');
  const [top, folder, objects, exclude, shallow, format] = lines;
  if (!top || !folder || !objects || !exclude || !shallow || !format || lines.length !== 6)
    throw new ActError('refused', `The repository of ${root} lies where Git cannot tell it in a line.`);
  const prefix = (await git(['rev-parse', '--show-prefix'], call)).stdout.toString('utf8').replace(/\n$/, '');
  if (
    prefix !== '' &&
    (await git(['check-ignore', '-q', '.'], { ...call, accept: (code) => code === 1 })).code === 0
  )
    throw new ActError('refused', `The Git repository in ${fromNativePath(top)} ignores ${root}.`);
  for (const [name, what] of UNFINISHED) {
    if (await exists(join(folder, name)))
      throw new ActError('refused', `In the Git repository, ${what} is not finished.`);
  }
  const head = await git(['rev-parse', '-q', '--verify', 'HEAD'], { ...call, accept: () => true });
  return {
    top: await realpath(top),
    prefix,
    objects: resolve(cwd, objects),
    format,
    head: head.code === 0 ? head.stdout.toString('utf8').trim() : undefined,
    shallow: await textOf(resolve(cwd, shallow)),
    exclude: [
      await personalExcludes(cwd, signal),
      await textOf(resolve(cwd, exclude)),
      TEMPORARY_PATTERN,
    ].join('\n'),
  };
}

function refuse(root: string, error: unknown): never {
  if (!(error instanceof GitError)) throw error;
  if (error.kind === 'missing') throw new ActError('refused', 'Git was not found on this machine.', error);
  if (/not a git repository|must be run in a work tree/.test(error.message))
    throw new ActError('refused', `The folder “${basename(root)}” is in no Git repository.`, error);
  throw new ActError(
    'refused',
    `Git cannot read the repository of the folder “${basename(root)}”: ${error.message}.`,
    error,
  );
}

async function personalExcludes(cwd: string, signal?: AbortSignal): Promise<string | undefined> {
  const named = await git(['config', '--path', '--get', 'core.excludesFile'], {
    cwd,
    signal,
    accept: () => true,
  });
  const home = process.env.HOME ?? process.env.USERPROFILE ?? '';
  const usual = join(process.env.XDG_CONFIG_HOME || join(home, '.config'), 'git', 'ignore');
  return textOf(named.code === 0 ? resolve(cwd, named.stdout.toString('utf8').trim()) : usual);
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

export function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
