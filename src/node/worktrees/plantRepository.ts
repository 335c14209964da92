/**
 * A repository of its own in a worktree, so that git works there for the agent and for checks: it stands at the user's
 * commit and shares objects with the user's repository, but has none of its branches, settings, hooks or remotes.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './repository';

export interface Planting {
  readonly tree: string;
  readonly repository: Repository;
  /** Of our store. */
  readonly objects: string;
  readonly index: string;
  /** What was brought beside the files that git knows. */
  readonly brought: readonly string[];
}

export async function plantRepository(planting: Planting): Promise<void> {
  const { tree, repository, objects, index, brought } = planting;
  const folder = join(tree, '.git');
  for (const part of ['info', 'objects/info', 'refs/heads', 'refs/tags'])
    await mkdir(join(folder, part), { recursive: true });
  await writeFile(join(folder, 'config'), settings(repository.format));
  await writeFile(join(folder, 'objects', 'info', 'alternates'), `${repository.objects}\n${objects}\n`);
  await copyFile(index, join(folder, 'index'));
  await writeFile(
    join(folder, 'info', 'exclude'),
    [repository.exclude, ...brought.map(literally)].join('\n'),
  );
  if (repository.shallow !== undefined) await writeFile(join(folder, 'shallow'), repository.shallow);
  await writeFile(join(folder, 'HEAD'), `${repository.head ?? 'ref: refs/heads/main'}\n`);
}

/** As `git init` writes them: what else it needs, git finds out. */
function settings(format: string): string {
  const isUsual = format === 'sha1';
  const core = `[core]\n\trepositoryformatversion = ${isUsual ? 0 : 1}\n\tbare = false\n`;
  return isUsual ? core : `${core}[extensions]\n\tobjectformat = ${format}\n`;
}

function literally(path: string): string {
  return `/${path.replace(/[\\*?[\] ]/g, '\\$&')}`;
}
