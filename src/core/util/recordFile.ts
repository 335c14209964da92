/**
 * Records beside a spec: one a line, sorted. Two branches that each add some would conflict in git wherever the lines
 * come to stand side by side, so git is told to keep both: every reader takes records in any order.
 */
import type { FileSystem } from '../ports';
import { dirname, joinPath } from './path';

const ATTRIBUTES = '# Records of Earshot: two branches’ are kept side by side.\n*.jsonl merge=union\n';

type RecordFiles = Pick<FileSystem, 'alone' | 'readText' | 'stat' | 'writeText'>;

/**
 * Acts that read and write one file at the same time would lose each other’s records, also those of another window.
 * @param kept Which of the lines that are there stay; all where it is left out
 */
export function addRecords(
  files: RecordFiles,
  path: string,
  added: readonly string[],
  kept: (line: string) => boolean = () => true,
): Promise<void> {
  return files.alone(path, async () => {
    const lines = ((await files.readText(path)) ?? '').split('\n').filter((line) => line.trim() !== '');
    await write(files, path, [...lines.filter(kept), ...added]);
  });
}

async function write(files: RecordFiles, path: string, lines: readonly string[]): Promise<void> {
  const attributes = joinPath(dirname(path), '.gitattributes');
  if ((await files.stat(attributes)) === undefined) await files.writeText(attributes, ATTRIBUTES);
  await files.writeText(path, `${[...new Set(lines)].sort().join('\n')}\n`);
}
