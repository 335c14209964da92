/** What is wrong in a folder's agent files, and what of their resources is left out. */
import { hooksOfAgent } from '../../hooks/agentHooks';
import type { Hook } from '../../hooks/model';
import type { FileSystem } from '../../ports';
import type { ProfileProblem } from './readProfile';
import { readProfiles } from './readProfiles';
import { concernsResources, readResources } from './resources';

export interface ProfileProblems {
  /** Of each workspace folder. */
  readonly hooks: readonly Hook[];
  readonly problems: readonly ProfileProblem[];
  /** May a change of this path, which is no agent's file, change them? */
  concerns(path: string): boolean;
}

/**
 * @param root The workspace folder; undefined: the person's own agents, which have resources in each of them
 * @param roots All that are open
 */
export async function profileProblems(
  files: FileSystem,
  folder: string,
  root: string | undefined,
  roots: readonly string[],
): Promise<ProfileProblems> {
  const { profiles, problems, resourcesAt } = await readProfiles(files, folder, root);
  const hooks = (root === undefined ? roots : [root]).flatMap((each) =>
    profiles.flatMap((profile) => hooksOfAgent(each, profile)),
  );
  if (root === undefined) return { hooks, problems, concerns: () => false };
  const left = profiles.map(async ({ id, path, resources }) => {
    const found = await readResources({ files }, root, resources);
    return found.left.flatMap(({ at, why }): readonly ProfileProblem[] => {
      const place = resourcesAt?.get(id)?.[at];
      return place ? [{ path, ...place, severity: 'warning', message: why }] : [];
    });
  });
  return {
    hooks,
    problems: [...problems, ...(await Promise.all(left)).flat()],
    concerns: (path) => profiles.some(({ resources }) => concernsResources(root, path, resources)),
  };
}
