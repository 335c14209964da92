/** Which folder is the workspace. */
import { realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fromNativePath } from '../node/nativePath';
import { UsageError } from './command';

export interface StartFolder {
  readonly cwd: string;
  /** Value of `--cwd`; relative to `cwd`. */
  readonly given: string | undefined;
  readonly homeFolder: string;
}

/**
 * The nearest folder from the start upwards that holds a `.kiro` folder, else the start itself; as the core
 * writes paths, links resolved. The person's own folder counts only when started in it: its `.kiro` holds
 * Kiro's settings for all projects, and an agent must not be let loose on everything.
 */
export function workspaceRoot({ cwd, given, homeFolder }: StartFolder): string {
  const start = realFolder(resolve(cwd, given ?? '.'));
  const home = existing(homeFolder);
  for (let folder = start; ; folder = dirname(folder)) {
    if (folder === home || folder === dirname(folder)) break;
    if (isFolder(join(folder, '.kiro'))) return fromNativePath(folder);
  }
  return fromNativePath(start);
}

function realFolder(path: string): string {
  const real = existing(path);
  if (real === undefined || !isFolder(real)) throw new UsageError(`There is no folder ${path}.`);
  return real;
}

function existing(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
