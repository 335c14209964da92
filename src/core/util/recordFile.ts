/**
 * Records beside a spec: one a line, sorted. Two branches that each add some would conflict in git wherever the lines
 * come to stand side by side, so git is told to keep both: every reader takes records in any order.
 */
import type { FileSystem } from '../ports';
import { dirname, joinPath } from './path';

const ATTRIBUTES = '# Records of Earshot: two branches’ are kept side by side.\n*.jsonl merge=union\n';

export async function writeRecords(
  files: Pick<FileSystem, 'stat' | 'writeText'>,
  path: string,
  lines: readonly string[],
): Promise<void> {
  const attributes = joinPath(dirname(path), '.gitattributes');
  if ((await files.stat(attributes)) === undefined) await files.writeText(attributes, ATTRIBUTES);
  await files.writeText(path, `${[...new Set(lines)].sort().join('\n')}\n`);
}
