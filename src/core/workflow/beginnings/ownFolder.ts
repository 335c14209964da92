/** The folder of a spec that begins: made before its first document, and gone with it where that does not come to be. */
import { ActError } from '../../actError';
import type { FileSystem, Ids } from '../../ports';
import { CONFIG_NAME, FILE_NAMES } from '../../spec/readSpec';
import type { SpecStore } from '../../spec/specStore';
import { basename, joinPath } from '../../util/path';
import { plainly } from '../drafting/draftFile';
import { configText, type SpecStart } from './start';

export interface OwnFolder {
  make(path: string, start: SpecStart): Promise<void>;
  /** What comes of the work; where nothing was written when it fails, an empty spec would be listed that nobody wants. */
  orNothing<T>(path: string, work: Promise<T>): Promise<T>;
}

export function createOwnFolder(
  { files, ids }: { readonly files: FileSystem; readonly ids: Ids },
  specs: Pick<SpecStore, 'refresh'>,
): OwnFolder {
  async function remove(path: string): Promise<void> {
    const entries = await files.list(path).catch(() => []);
    if (entries.length === 0 || entries.some(({ name }) => name !== CONFIG_NAME)) return;
    // What went wrong before is what the person should read.
    await files.remove(path).catch(() => {});
    await specs.refresh(path);
  }

  return {
    async make(path, start) {
      const taken = new Set([...Object.values(FILE_NAMES), CONFIG_NAME]);
      // The list of specs follows the disk with a delay.
      if ((await files.list(path)).some(({ name }) => taken.has(name)))
        throw new ActError('invalid', `There is already a spec “${basename(path)}”.`);
      try {
        await files.writeText(joinPath(path, CONFIG_NAME), configText(ids.uuid(), start));
      } catch (error) {
        throw plainly(error);
      }
    },
    async orNothing(path, work) {
      try {
        return await work;
      } catch (error) {
        await remove(path);
        throw error;
      }
    },
  };
}
