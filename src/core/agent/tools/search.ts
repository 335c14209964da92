import * as z from 'zod';
import type { FileSystem } from '../../ports';
import type { AbortSignal } from '../../util/abort';
import { joinPath, relativePath } from '../../util/path';
import { confine } from '../places/confine';
import { requireVisible } from '../places/ignoreRules';
import { pathPattern } from '../places/pathPattern';
import { type SearchPattern, searchPattern } from '../places/searchPattern';
import { pageOf, showPage, visibleFiles } from '../places/visibleFiles';
import { defineTool, reading } from '../tool';

const MAX_FILES = 20_000;
const MAX_HITS = 100;
const MAX_SIZE = 1_000_000;
const MAX_LINE = 240;
/** Steps of an expression in one go: some tens of milliseconds. */
const SLICE = 1e7;

interface Looked {
  tooLarge: number;
  stopped: boolean;
}

export const search = defineTool({
  name: 'search',
  description: `Finds text in files line by line, letter case aside: path, line number and line of ${MAX_HITS} hits at once. Leaves out what list_files does.`,
  reads: true,
  input: z.object({
    pattern: z.string().min(1).max(1000),
    regex: z.boolean().default(false).describe('A JavaScript expression, not a literal text'),
    path: z.string().default('.').describe('Folder or file'),
    glob: z.string().min(1).max(500).optional().describe('Which files, as for glob'),
    offset: z.int().min(0).default(0).describe('Hits to leave out'),
  }),
  async prepare({ pattern, regex, path, glob, offset }, { files, root, textSearch }) {
    const start = await confine(files, root, path);
    await requireVisible(files, root, start, path);
    const wanted = searchPattern(pattern, regex);
    const which = glob === undefined ? undefined : pathPattern(root, glob);
    return reading(async (signal) => {
      const looked: Looked = { tooLarge: 0, stopped: false };
      const place = relativePath(root, start) ?? '';
      const isFile = (await files.stat(start))?.kind === 'file';
      const all = isFile ? [place] : visibleFiles(files, root, place, signal);
      const worthReading = regex || isFile ? undefined : await textSearch?.find(start, pattern, signal);
      const isWanted = (file: string) =>
        (which?.matches(file) ?? true) && (worthReading?.has(joinPath(root, file)) ?? true);
      const paths = only(all, isWanted, looked);
      const page = await pageOf(hitsIn(files, root, paths, wanted, looked, signal), offset, MAX_HITS);
      const none = `No hit for ${JSON.stringify(pattern)} in ${path === '.' ? 'the workspace' : path}.`;
      return showPage(page, offset, none) + limitsOf(looked, wanted);
    });
  },
});

async function* only(
  paths: Iterable<string> | AsyncIterable<string>,
  matches: (path: string) => boolean,
  looked: Looked,
): AsyncGenerator<string> {
  let count = 0;
  for await (const path of paths) {
    if (!matches(path)) continue;
    if (++count > MAX_FILES) {
      looked.stopped = true;
      return;
    }
    yield path;
  }
}

async function* hitsIn(
  files: FileSystem,
  root: string,
  paths: AsyncIterable<string>,
  pattern: SearchPattern,
  looked: Looked,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for await (const path of paths) {
    signal.throwIfAborted();
    const text = await readSmall(files, joinPath(root, path), looked);
    if (text === undefined || text.includes('\0') || !pattern.mayHit(text)) continue;
    let number = 0;
    let effort = 0;
    for (const line of text.split(/\r\n|\r|\n/)) {
      number++;
      effort += pattern.effort(line);
      if (effort > SLICE) {
        // Waiting for the disk lets others come to their turn, and a stop be heard.
        await files.stat(root);
        signal.throwIfAborted();
        effort = 0;
      }
      if (pattern.hits(line)) yield `${path}:${number}: ${line.trim().slice(0, MAX_LINE)}`;
    }
  }
}

/** Undefined for what is too large or must not be read: the search goes on without it. */
async function readSmall(files: FileSystem, path: string, looked: Looked): Promise<string | undefined> {
  try {
    const stat = await files.stat(path);
    if (stat?.kind !== 'file') return undefined;
    if (stat.size <= MAX_SIZE) return await files.readText(path);
    looked.tooLarge++;
    return undefined;
  } catch {
    return undefined;
  }
}

/** What was not looked at: a search that finds nothing must not be taken for more than it is. */
function limitsOf({ tooLarge, stopped }: Looked, { cut }: SearchPattern): string {
  const long = cut === undefined ? '' : `\n[of longer lines the first ${cut} characters searched]`;
  const large = `${long}${tooLarge === 0 ? '' : `\n[${tooLarge} larger than 1 MB not searched]`}`;
  return stopped ? `${large}\n[stopped after ${MAX_FILES} files; give a path or a glob]` : large;
}
