/** The code that requirements are derived from, with the line numbers that their evidence names. */
import { ActError } from '../../actError';
import { requireVisible } from '../../agent/places/ignoreRules';
import { visibleFiles } from '../../agent/places/visibleFiles';
import type { FileSystem } from '../../ports';
import { type AbortSignal, createAbort } from '../../util/abort';
import { joinPath } from '../../util/path';
import type { Source } from './start';

/** Characters of all of it: a third of a long context. */
const MOST = 240_000;
const MOST_OF_FILE = 80_000;

export interface CodeRead {
  readonly sources: readonly Source[];
  /** Paths that did not fit, or that are no text. */
  readonly leftOut: readonly string[];
}

/**
 * @param files As the agent may read them
 * @param paths Files and folders below the workspace folder; an empty one is all of it
 */
export async function readCode(files: FileSystem, root: string, paths: readonly string[]): Promise<CodeRead> {
  const { signal } = createAbort();
  const sources: Source[] = [];
  const leftOut: string[] = [];
  let room = MOST;
  for (const path of await filesOf(files, root, paths, signal)) {
    const text = await readable(files, joinPath(root, path));
    if (text === undefined || text.length > room) {
      leftOut.push(path);
      continue;
    }
    room -= text.length;
    sources.push({ name: path, text: numbered(text) });
  }
  if (sources.length === 0)
    throw new ActError(
      'invalid',
      `There is no code to read in ${paths.map((path) => path || 'the folder').join(', ')}.`,
    );
  return { sources, leftOut };
}

async function filesOf(
  files: FileSystem,
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const stat = await files.stat(joinPath(root, path));
    if (stat === undefined) throw new ActError('notFound', `There is no ${path}.`);
    if (stat.kind === 'file') {
      await requireVisible(files, root, joinPath(root, path), path);
      found.add(path);
      continue;
    }
    for await (const file of visibleFiles(files, root, path, signal))
      if (!file.startsWith('.kiro/')) found.add(file);
  }
  return [...found];
}

async function readable(files: FileSystem, path: string): Promise<string | undefined> {
  try {
    const size = (await files.stat(path))?.size ?? 0;
    const text = size > MOST_OF_FILE ? undefined : await files.readText(path);
    return text?.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function numbered(text: string): string {
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line, index) => `${index + 1}| ${line}`)
    .join('\n');
}

/** For evidence: lines of a file that may be read. */
export async function countLines(files: FileSystem, root: string, path: string): Promise<number | undefined> {
  const text = await readable(files, joinPath(root, path));
  return text?.replace(/\r?\n$/, '').split('\n').length;
}
