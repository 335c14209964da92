/** Refuses what is no ordinary text file before it is opened: a pipe would never answer, a huge file fill the memory. */
import type { FileStat, FileSystem } from '../ports';
import { requireVisible } from './places/ignoreRules';
import { ToolRefusal } from './turn/toolRefusal';

/** A file as it was looked at. */
export interface SeenFile {
  /** Canonical. */
  readonly path: string;
  /** Undefined: no such file, or none that is text. */
  readonly text: string | undefined;
  readonly isText: boolean;
}

/** Bytes; of a larger file only parts are read. */
export const MAX_SIZE = 10_000_000;

/** @param path Canonical. @param name As the model named it. */
export async function requireText(
  files: FileSystem,
  root: string,
  path: string,
  name: string,
): Promise<string | undefined> {
  const stat = await requireOrdinary(files, root, path, name);
  if (!stat) return undefined;
  if (stat.size > MAX_SIZE)
    throw new ToolRefusal(`${name} is too large for this (${stat.size} bytes). read_file shows parts of it.`);
  const text = await files.readText(path);
  const problem = text === undefined ? undefined : notText(text, stat.size);
  if (problem) throw new ToolRefusal(`${name} ${problem} (${stat.size} bytes). Use run_command for it.`);
  return text;
}

/** A file that must be there, text or not, for tools that take it as a whole. */
export async function requireFile(
  files: FileSystem,
  root: string,
  path: string,
  name: string,
): Promise<SeenFile> {
  const stat = await requireOrdinary(files, root, path, name);
  if (!stat) throw new ToolRefusal(`There is no file ${name}.`);
  const text = stat.size > MAX_SIZE ? undefined : await files.readText(path);
  const isText = text !== undefined && notText(text, stat.size) === undefined;
  return { path, text: isText ? text : undefined, isText };
}

/** Undefined: no such file. Refuses what is there and is no file that can be opened. */
export async function requireOrdinary(
  files: FileSystem,
  root: string,
  path: string,
  name: string,
): Promise<FileStat | undefined> {
  await requireVisible(files, root, path, name);
  const stat = await files.stat(path);
  if (stat?.kind === 'folder')
    throw new ToolRefusal(`${name} is a folder. Name a file; list_files lists them.`);
  if (stat && stat.kind !== 'file') throw new ToolRefusal(`${name} is not an ordinary file.`);
  return stat;
}

/** Why the text is not what the file holds, if it is not. */
function notText(text: string, size: number): string | undefined {
  if (text.includes('\0')) return 'is a binary file, not text';
  // Reading puts a character of three bytes in place of what is no UTF-8: the size tells it from one that was written.
  return text.includes('\uFFFD') && utf8Length(text) !== size ? 'is not valid UTF-8' : undefined;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
