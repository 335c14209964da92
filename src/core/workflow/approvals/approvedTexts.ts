/**
 * What documents said when this person approved them, by the approval's hash. The record beside the spec holds hashes
 * alone; whoever carries a change further has to know what the words were. Kept under `~/.earshot`.
 */
import type { FileSystem } from '../../ports';
import { joinPath } from '../../util/path';

export interface ApprovedTexts {
  /** Undefined where nobody approved it here. */
  textOf(hash: string): Promise<string | undefined>;
  keep(hash: string, text: string): Promise<void>;
}

const HASH = /^sha256:([0-9a-f]{64})$/;

export function createApprovedTexts(files: FileSystem, folder: string): ApprovedTexts {
  // A record may say anything: only a hash is part of a path.
  const pathOf = (hash: string) => {
    const name = HASH.exec(hash)?.[1];
    return name === undefined ? undefined : joinPath(folder, `${name}.md`);
  };
  return {
    async textOf(hash) {
      const path = pathOf(hash);
      return path === undefined ? undefined : files.readText(path);
    },
    async keep(hash, text) {
      const path = pathOf(hash);
      if (path !== undefined && (await files.stat(path)) === undefined) await files.writeText(path, text);
    },
  };
}
