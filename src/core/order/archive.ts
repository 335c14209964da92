/** Specs that are put away in the repository, in their groups. */
import type { FileSystem } from '../ports';
import { CONFIG_NAME, FILE_NAMES } from '../spec/readSpec';
import { joinPath } from '../util/path';
import { ARCHIVE_FOLDER, type PutAway } from './places';

const DOCUMENTS: ReadonlySet<string> = new Set([...Object.values(FILE_NAMES), CONFIG_NAME]);
const DEEPEST = 4;
const MOST = 2000;

export function createArchive(files: FileSystem) {
  /** The folders in it that may hold archived specs; undefined where it is one. */
  async function foldersIn(root: string, key: string): Promise<readonly string[] | undefined> {
    const entries = await files.list(joinPath(root, ARCHIVE_FOLDER, key)).catch(() => []);
    if (key !== '' && entries.some(({ name }) => DOCUMENTS.has(name))) return undefined;
    const folders = entries.filter(({ kind }) => kind === 'folder').map(({ name }) => name);
    return folders.map((name) => (key === '' ? name : `${key}/${name}`));
  }

  return {
    async list(root: string): Promise<readonly PutAway[]> {
      const found: PutAway[] = [];
      const queue = [''];
      for (let index = 0; index < queue.length && index < MOST; index++) {
        const key = queue[index] ?? '';
        const folders = await foldersIn(root, key);
        const path = joinPath(root, ARCHIVE_FOLDER, key);
        if (folders === undefined) found.push({ kind: 'archived', root, key, path, at: undefined });
        else queue.push(...folders.filter((each) => each.split('/').length <= DEEPEST));
      }
      return found.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
  };
}
