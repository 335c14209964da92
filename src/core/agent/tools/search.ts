import * as z from 'zod';
import type { FileSystem } from '../../ports';
import { joinPath, relativePath } from '../../util/path';
import { confine } from '../confine';
import { defineTool, reading } from '../tool';
import { walkFiles } from '../walkFiles';

const MAX_FILES = 20_000;
const MAX_HITS = 100;
const MAX_SIZE = 1_000_000;
const MAX_LINE = 240;

export const search = defineTool({
  name: 'search',
  description: `Finds a literal text (case does not matter) in the workspace's files; gives path, line and text of at most ${MAX_HITS} hits.`,
  input: z.object({
    pattern: z.string().min(1).describe('Literal text, not a regular expression'),
    path: z.string().default('.').describe('Folder or file, relative to the workspace folder'),
  }),
  async prepare({ pattern, path }, { files, root }) {
    const start = await confine(files, root, path);
    const needle = pattern.toLowerCase();
    return reading(async (signal) => {
      const isFile = (await files.stat(start))?.kind === 'file';
      const { paths } = isFile ? { paths: [''] } : await walkFiles(files, start, MAX_FILES);
      const hits: string[] = [];
      for (const found of paths) {
        signal.throwIfAborted();
        const full = joinPath(start, found);
        const name = relativePath(root, full) ?? full;
        hits.push(...hitsOf((await readSmall(files, full)) ?? '', needle).map((hit) => `${name}:${hit}`));
        if (hits.length > MAX_HITS)
          return `${hits.slice(0, MAX_HITS).join('\n')}\n[more hits; narrow the search]`;
      }
      return hits.length > 0 ? hits.join('\n') : `No hit for ${JSON.stringify(pattern)} in ${path}.`;
    });
  },
});

/** Undefined for what is too large or must not be read: the search goes on without it. */
async function readSmall(files: FileSystem, path: string): Promise<string | undefined> {
  try {
    return ((await files.stat(path))?.size ?? 0) > MAX_SIZE ? undefined : await files.readText(path);
  } catch {
    return undefined;
  }
}

function hitsOf(text: string, needle: string): string[] {
  if (text.includes('\0') || !text.toLowerCase().includes(needle)) return [];
  return text
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) =>
      line.toLowerCase().includes(needle) ? [`${index + 1}: ${line.trim().slice(0, MAX_LINE)}`] : [],
    );
}
