/** The hook files of the open workspace folders and the person's own, as they stand on the disk. */
import { later } from '../later';
import type { Ports } from '../ports';
import { powerFolders } from '../powers/powerPlaces';
import { errorMessage } from '../util/errorMessage';
import { basename, joinPath } from '../util/path';
import { hooksFolder } from './hooksFolder';
import type { Hook, HookFile, HookProblem } from './model';

export interface HookFiles {
  readonly hooks: readonly Hook[];
  readonly problems: readonly HookProblem[];
  /** Reads a folder's hooks again; undefined: the person's own. */
  load(root: string | undefined): Promise<void>;
}

interface Found {
  readonly path: string;
  /** The folder of the power that brings it. */
  readonly power: string | undefined;
}

/** @param kiroHome `~/.kiro`; undefined: the person has no hooks of their own */
export function createHookFiles(
  { files, log }: Pick<Ports, 'files' | 'log'>,
  roots: readonly string[],
  kiroHome: string | undefined,
): HookFiles {
  const found = new Map<string, { readonly reading: number; readonly files: readonly HookFile[] }>();
  let readings = 0;
  const home = kiroHome === undefined ? undefined : joinPath(kiroHome, 'hooks');

  async function read(root: string, { path, power }: Found, before: HookFile | undefined): Promise<HookFile> {
    try {
      const text = (await files.readText(path)) ?? '';
      if (power === undefined)
        return goingOn((await later.parseHooks()).parseHooks(root, path, text), before);
      const { parsePowerHooks } = await later.parsePowerHooks();
      return goingOn(parsePowerHooks(root, power, path, text), before);
    } catch (error) {
      log.warn(`Could not read ${path}`, error);
      const message = `This file cannot be read: ${errorMessage(error)}.`;
      const problem = { path, severity: 'error', message, range: { start: 0, end: 0 } } as const;
      return goingOn({ path, hooks: [], problems: [problem], isBroken: true }, before);
    }
  }

  /** Links are skipped, as Kiro skips them: they may lead out of the repository. */
  async function filesIn(folder: string, power?: string): Promise<readonly Found[]> {
    const entries = await files.list(folder);
    return entries
      .filter(({ name, kind }) => kind === 'file' && /\.(json|kiro\.hook)$/.test(name))
      .map(({ name }) => ({ path: joinPath(folder, name), power }));
  }

  async function inPowers(base: string | undefined): Promise<readonly Found[]> {
    const powers = base === undefined ? [] : await powerFolders(files, base);
    return (await Promise.all(powers.map((power) => filesIn(joinPath(power, 'hooks'), power)))).flat();
  }

  const inFolder = (folder: string) => found.get(folder)?.files ?? [];
  const all = () => [...roots.map(hooksFolder), ...(home === undefined ? [] : [home])].flatMap(inFolder);
  return {
    get hooks() {
      const own = home === undefined ? [] : inFolder(home).flatMap(({ hooks }) => hooks);
      return roots.flatMap((root) => [
        ...inFolder(hooksFolder(root)).flatMap(({ hooks }) => hooks),
        ...own.map((hook) => ({ ...hook, root, isHome: true, id: `${hook.id}@${root}` })),
      ]);
    },
    get problems() {
      return all().flatMap(({ problems }) => problems);
    },
    async load(root) {
      const folder = root === undefined ? home : hooksFolder(root);
      if (folder === undefined) return;
      const reading = ++readings;
      const before = inFolder(folder);
      const readAll = (all: readonly Found[]) =>
        Promise.all(
          all.map((each) =>
            read(
              root ?? '',
              each,
              before.find(({ path }) => path === each.path),
            ),
          ),
        );
      const [own, brought] = await Promise.all([
        filesIn(folder).then(readAll),
        inPowers(root === undefined ? kiroHome : joinPath(root, '.kiro')).then(readAll),
      ]);
      // One that began earlier may end later, and is out of date then.
      if ((found.get(folder)?.reading ?? 0) < reading)
        found.set(folder, { reading, files: [...withoutDoubles(own), ...brought] });
    },
  };
}

/** While somebody types, what the file held before goes on running. */
function goingOn(now: HookFile, before: HookFile | undefined): HookFile {
  if (!now.isBroken) return now;
  const hooks = before?.hooks ?? [];
  const until =
    hooks.length === 0
      ? 'No hook of this file runs until it is mended.'
      : 'Until it is mended, the hooks that it held before go on running.';
  return {
    ...now,
    hooks,
    problems: now.problems.map((problem) => ({ ...problem, message: `${problem.message} ${until}` })),
  };
}

/** A migration that left the file of 0.x where it was must not make two hooks of one. */
function withoutDoubles(all: readonly HookFile[]): readonly HookFile[] {
  const newer = all.flatMap(({ hooks }) => hooks).filter(({ format }) => format === 'v1');
  return all.map((file) => {
    const twin = file.hooks
      .filter(({ format }) => format === '0.x')
      .map(({ name }) => newer.find((hook) => hook.name === name))[0];
    if (!twin) return file;
    const message = `“${twin.name}” stands in ${basename(twin.path)}, too, in the newer format: that one runs, and this one does not.`;
    const problem = { path: file.path, severity: 'warning', message, range: { start: 0, end: 0 } } as const;
    return { ...file, hooks: [], problems: [...file.problems, problem] };
  });
}
