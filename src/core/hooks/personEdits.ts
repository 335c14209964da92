/**
 * Tells a person's save from a write of something that runs: a text that stood in an editor before it stood on
 * the disk was typed. (An editor that shows what was written to the disk has it only afterwards.)
 */
import type { FileSystem } from '../ports';

export interface PersonEdits {
  /** An open document's text changed. */
  edited(path: string): Promise<void>;
  /** Does an answer to `isSaved` need the file's text? Thousands of files come at once. */
  mayBeSaved(path: string): boolean;
  /** The file was written: is that what was typed? Says so once. */
  isSaved(path: string, text: string | undefined): Promise<boolean>;
}

/** Documents that are remembered; the oldest are forgotten first. */
const LIMIT = 100;

export function createPersonEdits(files: FileSystem): PersonEdits {
  const typed = new Map<string, { readonly text: string; readonly stamp: string }>();

  async function stampOf(path: string): Promise<string> {
    const stat = await files.stat(path).catch(() => undefined);
    return stat ? `${stat.size}:${stat.modified}` : '';
  }

  return {
    async edited(path) {
      const stamp = await stampOf(path);
      const text = await files.readText(path).catch(() => undefined);
      typed.delete(path);
      if (text !== undefined) typed.set(path, { text, stamp });
      const oldest = typed.keys().next().value;
      if (typed.size > LIMIT && oldest !== undefined) typed.delete(oldest);
    },
    mayBeSaved: (path) => typed.has(path),
    async isSaved(path, text) {
      const known = typed.get(path);
      if (!known || known.text !== text) return false;
      typed.delete(path);
      return known.stamp !== (await stampOf(path));
    },
  };
}
