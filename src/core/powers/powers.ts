/** Powers that are installed, under `~/.kiro/powers` or in a workspace folder; and how one gets there and goes. */
import { ActError } from '../actError';
import type { Consents } from '../consents';
import type { Ports } from '../ports';
import { joinPath } from '../util/path';
import { type Power, readPower } from './readPower';

export interface Powers {
  /** The workspace's first; one that cannot be read is left out, and the log says so. */
  list(root: string): Promise<readonly Power[]>;
  /** Shows all that it brings, and copies it when the person agrees. Rejects with an `ActError`. */
  install(from: string, to: { readonly root: string; readonly scope: 'user' | 'workspace' }): Promise<Power>;
  remove(root: string, name: string): Promise<Power>;
}

export function createPowers(
  { files, log, trust, hasher }: Pick<Ports, 'files' | 'log' | 'trust' | 'hasher'>,
  consents: Consents,
  kiroHome: string | undefined,
): Powers {
  const ownFolder = kiroHome === undefined ? undefined : joinPath(kiroHome, 'powers');
  const folderIn = (root: string) => joinPath(root, '.kiro/powers');

  async function readAll(folder: string): Promise<readonly Power[]> {
    const found: Power[] = [];
    for (const { name, kind } of await files.list(folder).catch(() => [])) {
      if (kind !== 'folder') continue;
      const power = await readPower(files, joinPath(folder, name)).catch((error) => {
        log.warn(`The power ${name} is left out`, error);
        return undefined;
      });
      if (power) found.push(power);
    }
    return found;
  }

  async function list(root: string): Promise<readonly Power[]> {
    const here = trust.trusted ? await readAll(folderIn(root)) : [];
    const own = ownFolder === undefined ? [] : await readAll(ownFolder);
    return [...here, ...own.filter(({ name }) => !here.some((each) => each.name === name))];
  }

  return {
    list,
    async install(from, { root, scope }) {
      const power = await readPower(files, from);
      const folder = scope === 'workspace' ? folderIn(root) : ownFolder;
      if (folder === undefined) throw new ActError('notFound', 'There is no place for your own powers here.');
      const target = joinPath(folder, power.name);
      if ((await files.stat(target)) !== undefined)
        throw new ActError('busy', `The power ${power.name} is there already. Remove it first.`);
      const texts = await Promise.all(
        power.files.map(async (path) => [path, await files.readText(joinPath(from, path)).catch(() => '')]),
      );
      const content = hasher.sha256(JSON.stringify(texts));
      const yes = await consents.obtain('power', root, content, {
        title: `Install the power “${power.displayName}”?`,
        detail: whatItBrings(power),
        answers: [{ id: 'install', label: 'Install' }],
      });
      if (!yes)
        throw new ActError(
          'refused',
          `${power.displayName} is not installed: nobody has agreed to what it brings.`,
        );
      for (const path of power.files) await files.copy(joinPath(from, path), joinPath(target, path));
      return { ...power, folder: target };
    },
    async remove(root, name) {
      const power = (await list(root)).find((each) => each.name === name);
      if (!power) throw new ActError('notFound', `No power is called ${name}. See “earshot power list”.`);
      for (const path of power.files) await files.remove(joinPath(power.folder, path));
      // A folder with nothing in it may stay where the system wants it so; nothing is read from it.
      await files.remove(power.folder).catch(() => {});
      return power;
    },
  };
}

/** All of it, and what of it would run. */
export function whatItBrings({
  description,
  keywords,
  steering,
  skills,
  servers,
  hooks,
  files,
}: Power): string {
  const list = (title: string, all: readonly string[]) =>
    all.length === 0 ? '' : `${title}: ${all.join(', ')}`;
  const commands = Object.entries(servers).map(
    ([name, config]) => `Server of tools ${name}: ${JSON.stringify(config)}`,
  );
  return [
    description,
    list('Brought in by these words', keywords),
    list('Steering', steering),
    list('Skills', skills),
    ...commands,
    list('Hooks', hooks),
    `${files.length} files in all. Nothing of it runs by being installed: servers and hooks are asked for by themselves.`,
  ]
    .filter(Boolean)
    .join('\n');
}
