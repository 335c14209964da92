import { createHash } from 'node:crypto';
import { type FileCopies, FileError, type FileSystem } from '../../src/core/ports';

/** The `FileCopies` port in memory, of files that hold text only. */
export function createMemoryFileCopies(files: FileSystem): FileCopies {
  const copies = new Map<string, string>();
  return {
    async keep(path) {
      const text = await files.readText(path);
      if (text === undefined) return undefined;
      const id = createHash('sha256').update(text).digest('hex');
      copies.set(id, text);
      return { id, text: id, size: Buffer.byteLength(text), executable: false };
    },
    async putBack(path, { id }) {
      const text = copies.get(id);
      if (text === undefined) throw new FileError('other', path);
      await files.writeText(path, text);
    },
  };
}
