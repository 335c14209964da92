/** The files of a workspace folder in which a move of a spec changes a word. */
import { walkFiles } from '../agent/places/walkFiles';
import type { FileSystem } from '../ports';
import { isInside, joinPath } from '../util/path';
import { moveMentions, type SpecMove } from './moveMentions';

export interface MentioningFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** More files than this are no project but a disk. */
const MOST_FILES = 50_000;
/** Bytes; what is larger was not written by hand. */
const LARGEST = 1_000_000;
const AT_ONCE = 16;
/** What names a spec: prose, hooks, code and tests. */
const TEXT =
  /(?:\.(?:[cm]?[jt]sx?|json[c5]?|md|mdx|markdown|txt|ya?ml|toml|py|rb|go|rs|java|kts?|cs|fs|swift|scala|php|c|cc|cpp|h|hpp|m|mm|ex|exs|erl|hs|ml|lua|sh|bash|ps1|sql|vue|svelte|dart|zig|clj|r|jl|pl|feature|hook)|^AGENTS)$/i;
/** Records of what was done: they name the spec as it was then. */
const RECORDS = /\.jsonl$/i;

/** Those of the spec's own folder among them, by their path before the move. Links are not followed. */
export async function mentioningFiles(files: FileSystem, move: SpecMove): Promise<readonly MentioningFile[]> {
  const { paths } = await walkFiles(files, move.root, MOST_FILES);
  const queue = paths.filter((path) => TEXT.test(path) && !RECORDS.test(path));
  const found: MentioningFile[] = [];
  const worker = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const file = await mentionIn(files, joinPath(move.root, next), move);
      if (file) found.push(file);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function mentionIn(
  files: FileSystem,
  path: string,
  move: SpecMove,
): Promise<MentioningFile | undefined> {
  // One that cannot be read must not keep the spec from moving; it names what it named.
  const stat = await files.stat(path).catch(() => undefined);
  if (stat?.kind !== 'file' || stat.size > LARGEST) return undefined;
  const before = await files.readText(path).catch(() => undefined);
  if (before === undefined || before.includes('\0')) return undefined;
  const after = moveMentions(before, path, move);
  return after === before ? undefined : { path, before, after };
}

/** Where a file is after the move. */
export function pathAfter(path: string, { from, to }: SpecMove): string {
  return isInside(from, path) ? joinPath(to, path.slice(from.length + 1)) : path;
}
