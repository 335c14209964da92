/** Powers that are installed, under `~/.kiro/powers` or in a workspace folder; and how one gets there and goes. */
import { ActError } from '../actError';
import type { Consents } from '../consents';
import type { Ports } from '../ports';
import { joinPath } from '../util/path';
import { parsePowerHooks } from './parsePowerHooks';
import { powerFolders, powersFolder } from './powerPlaces';
import { type Power, readPower } from './readPower';
import { whatItBrings } from './whatItBrings';

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
  const folderIn = (root: string) => joinPath(root, '.kiro');

  async function readAll(base: string): Promise<readonly Power[]> {
    const found: Power[] = [];
    for (const folder of await powerFolders(files, base)) {
      const power = await readPower(files, folder).catch((error) => {
        log.warn(`The power ${folder} is left out`, error);
        return undefined;
      });
      if (power) found.push(power);
    }
    return found;
  }

  async function list(root: string): Promise<readonly Power[]> {
    const here = trust.trusted ? await readAll(folderIn(root)) : [];
    const own = kiroHome === undefined ? [] : await readAll(kiroHome);
    return [...here, ...own.filter(({ name }) => !here.some((each) => each.name === name))];
  }

  /** Names the content of all of it, as far as it is text. */
  async function hashOf(power: Power, folder: string): Promise<string> {
    const texts = power.files.map(async (path) => {
      const at = joinPath(folder, path);
      const [text, stat] = await Promise.all([files.readText(at).catch(() => ''), files.stat(at)]);
      return [path, text, stat?.size];
    });
    return hasher.sha256(JSON.stringify(await Promise.all(texts)));
  }

  async function hooksOf({ hooks }: Power, from: string, target: string) {
    const all = hooks.map(async (path) => {
      const at = joinPath(from, path);
      return parsePowerHooks('', target, at, (await files.readText(at)) ?? '').hooks;
    });
    return (await Promise.all(all)).flat();
  }

  async function removeFiles(power: Power, folder: string): Promise<void> {
    for (const path of power.files) await files.remove(joinPath(folder, path));
    // A folder with nothing in it may stay where the system wants it so; nothing is read from it.
    await files.remove(folder).catch(() => {});
  }

  return {
    list,
    async install(from, { root, scope }) {
      const power = await readPower(files, from);
      const base = scope === 'workspace' ? folderIn(root) : kiroHome;
      if (base === undefined) throw new ActError('notFound', 'There is no place for your own powers here.');
      const target = joinPath(powersFolder(base), power.name);
      if ((await files.stat(target)) !== undefined)
        throw new ActError('busy', `The power ${power.name} is there already. Remove it first.`);
      const content = await hashOf(power, from);
      const yes = await consents.obtain('power', root, content, {
        title: `Install the power “${power.displayName}”?`,
        detail: whatItBrings(power, await hooksOf(power, from, target), target),
        answers: [{ id: 'install', label: 'Install' }],
      });
      if (!yes)
        throw new ActError(
          'refused',
          `${power.displayName} is not installed: nobody has agreed to what it brings.`,
        );
      for (const path of power.files) await files.copy(joinPath(from, path), joinPath(target, path));
      if ((await hashOf(power, target)) !== content) {
        await removeFiles(power, target);
        throw new ActError('busy', `${power.displayName} changed while you looked at it. Try again.`);
      }
      return { ...power, folder: target };
    },
    async remove(root, name) {
      const power = (await list(root)).find((each) => each.name === name);
      if (!power) throw new ActError('notFound', `No power is called ${name}. See “earshot power list”.`);
      await removeFiles(power, power.folder);
      return power;
    },
  };
}
