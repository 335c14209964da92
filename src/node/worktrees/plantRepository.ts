/**
 * A repository of its own in a worktree, so that git works there for the agent and for checks: it stands at the user's
 * commit and shares objects with the user's repository, but has none of its branches, settings, hooks or remotes.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, OWN_CONFIGURATION } from './git';
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
  await git(['init', '-q', '--template=', `--object-format=${repository.format}`, tree], {
    cwd: tree,
    env: OWN_CONFIGURATION,
  });
  await mkdir(join(folder, 'info'), { recursive: true });
  await writeFile(join(folder, 'objects', 'info', 'alternates'), `${repository.objects}\n${objects}\n`);
  await copyFile(index, join(folder, 'index'));
  await writeFile(
    join(folder, 'info', 'exclude'),
    [repository.exclude, ...brought.map(literally)].join('\n'),
  );
  if (repository.shallow !== undefined) await writeFile(join(folder, 'shallow'), repository.shallow);
  if (repository.head !== undefined) await writeFile(join(folder, 'HEAD'), `${repository.head}\n`);
}

function literally(path: string): string {
  return `/${path.replace(/[\\*?[\] ]/g, '\\$&')}`;
}
