/** Refuses what is no ordinary text file before it is opened: a pipe would never answer, a huge file fill the memory. */
import type { FileSystem } from '../ports';
import { ToolRefusal } from './tool';

const MAX_SIZE = 10_000_000;

/** @param path Canonical. @param name As the model named it. */
export async function requireText(
  files: FileSystem,
  path: string,
  name: string,
): Promise<string | undefined> {
  const stat = await files.stat(path);
  if (!stat) return undefined;
  if (stat.kind === 'folder') throw new ToolRefusal(`${name} is a folder. Use list_files.`);
  if (stat.kind !== 'file') throw new ToolRefusal(`${name} is not an ordinary file.`);
  if (stat.size > MAX_SIZE)
    throw new ToolRefusal(`${name} is too large to be read whole. Look at a part of it with run_command.`);
  return files.readText(path);
}
