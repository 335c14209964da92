/** The hook files of the open workspace folders, as they stand on the disk. */
import { later } from '../later';
import type { Ports } from '../ports';
import { errorMessage } from '../util/errorMessage';
import { isInside, joinPath } from '../util/path';
import type { Hook, HookFile, HookProblem } from './model';

export interface HookFiles {
  readonly hooks: readonly Hook[];
  readonly problems: readonly HookProblem[];
  /** Reads a folder's hooks again. */
  load(root: string): Promise<void>;
}

/** Does a change of this path, of one of its parents or of a file in it concern the hooks? */
export function concernsHooks(root: string, path: string): boolean {
  const folder = hooksFolder(root);
  return isInside(folder, path) || isInside(path, folder);
}

export function hooksFolder(root: string): string {
  return joinPath(root, '.kiro/hooks');
}

export function createHookFiles({ files, log }: Pick<Ports, 'files' | 'log'>): HookFiles {
  const found = new Map<string, { readonly reading: number; readonly files: readonly HookFile[] }>();
  let readings = 0;

  async function read(root: string, path: string): Promise<HookFile> {
    try {
      const { parseHooks } = await later.parseHooks();
      return parseHooks(root, path, (await files.readText(path)) ?? '');
    } catch (error) {
      log.warn(`Could not read ${path}`, error);
      const message = `This file cannot be read: ${errorMessage(error)}. No hook of it runs.`;
      return {
        path,
        hooks: [],
        problems: [{ path, severity: 'error', message, range: { start: 0, end: 0 } }],
      };
    }
  }

  const all = () => [...found.values()].flatMap((folder) => folder.files);
  return {
    get hooks() {
      return all().flatMap(({ hooks }) => hooks);
    },
    get problems() {
      return all().flatMap(({ problems }) => problems);
    },
    async load(root) {
      const reading = ++readings;
      const folder = hooksFolder(root);
      // Links are skipped, as Kiro skips them: they may lead out of the repository.
      const names = (await files.list(folder)).filter(
        ({ name, kind }) => kind === 'file' && name.endsWith('.json'),
      );
      const readNow = await Promise.all(names.map(({ name }) => read(root, joinPath(folder, name))));
      // One that began earlier may end later, and is out of date then.
      if ((found.get(root)?.reading ?? 0) < reading) found.set(root, { reading, files: readNow });
    },
  };
}
