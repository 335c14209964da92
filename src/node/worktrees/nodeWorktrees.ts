/**
 * The `Worktrees` port. All of it lies in a folder of ours: a repository with the trees of a run, and for each task a folder of
 * files with a repository of its own, so that git works in it. The user's repository is read and never written.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger, ProcessRunner } from '../../core/ports';
import type { Worktrees } from '../../core/tasks/run/worktrees';
import { toNativePath } from '../nativePath';
import { writeWhole } from '../writeWhole';
import { readJournal, takeBack } from './applyTree';
import { toActError } from './git';
import { findRepository, type Repository } from './repository';
import { createRunStore } from './runStore';
import { createTreeStore } from './treeStore';

export interface WorktreesOptions {
  /** A folder of ours. */
  readonly folder: string;
  readonly processes: Pick<ProcessRunner, 'owner' | 'isAlive'>;
  readonly log: Logger;
}

export function createNodeWorktrees({ folder, processes, log }: WorktreesOptions): Worktrees {
  /** Places that this process works in. */
  const open = new Set<string>();
  const folderOf = (root: string) =>
    join(toNativePath(folder), createHash('sha256').update(root).digest('hex').slice(0, 16));

  async function mend(place: string, repository: Repository): Promise<void> {
    const journal = join(place, 'merge.json');
    const begun = await readJournal(journal);
    if (!begun) return;
    const store = await createTreeStore(join(place, 'store.git'), repository);
    await takeBack(store, { ...begun, top: repository.top, journal });
  }

  /** Runs that are over, or whose process is gone. */
  async function leftovers(root: string): Promise<readonly string[]> {
    const names = await readdir(folderOf(root)).catch(() => []);
    const dead: string[] = [];
    for (const name of names) {
      const place = join(folderOf(root), name);
      const owner = await readFile(join(place, 'owner'), 'utf8').catch(() => '');
      const isOurs = owner === processes.owner;
      if (isOurs ? !open.has(place) : owner === '' || !processes.isAlive(owner)) dead.push(place);
    }
    return dead;
  }

  return {
    async open(root, run, signal) {
      const repository = await findRepository(root, signal);
      const place = join(folderOf(root), run);
      try {
        for (const dead of await leftovers(root)) {
          await mend(dead, repository);
          if (dead !== place) await rm(dead, { recursive: true, force: true });
        }
        await mkdir(place, { recursive: true, mode: 0o700 });
        await writeWhole(join(place, 'owner'), processes.owner);
        const store = await createTreeStore(join(place, 'store.git'), repository);
        open.add(place);
        return createRunStore({ place, repository, store, log, onClose: () => open.delete(place) });
      } catch (error) {
        throw toActError(error);
      }
    },
    async settle(root, run) {
      try {
        for (const dead of await leftovers(root)) {
          if (await readJournal(join(dead, 'merge.json'))) await mend(dead, await findRepository(root));
          if (run !== undefined && dead !== join(folderOf(root), run))
            await rm(dead, { recursive: true, force: true });
        }
      } catch (error) {
        log.error(`What an unfinished merge left in ${root} could not be taken back`, error);
      }
    },
  };
}
