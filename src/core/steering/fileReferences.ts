/**
 * `#[[file:api/openapi.yaml]]` in a document: the file as it is now stands in its place. Only files of the workspace that the agent
 * may read; what is not told is said.
 */
import { confine } from '../agent/places/confine';
import { requireVisible } from '../agent/places/ignoreRules';
import type { FileSystem } from '../ports';

import { climbs, dirname, joinPath, relativePath } from '../util/path';
import type { TextRange } from '../util/textRange';
import { tagged } from '../workflow/prompts/material';

export interface FileReference {
  /** As it is written. */
  readonly file: string;
  readonly range: TextRange;
}

const REFERENCE = /#\[\[file:([^\]\r\n]+)\]\]/g;

/** Those in backticks are spoken about and not meant. */
export function fileReferences(text: string): readonly FileReference[] {
  return [...text.matchAll(REFERENCE)].flatMap(({ 0: whole, 1: file = '', index }) => {
    const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
    if ((line.match(/`/g)?.length ?? 0) % 2 === 1) return [];
    return [{ file: file.trim(), range: { start: index, end: index + whole.length } }];
  });
}

export interface Inlining {
  /** As the agent may read them. */
  readonly reading: FileSystem;
  readonly root: string;
}

/** Characters of a file, and of all in a document. */
const MOST_OF_FILE = 40_000;
const MOST_OF_ALL = 120_000;
const LARGEST = 2_000_000;
const DEEPEST = 5;

export type Looked =
  | { readonly is: 'there'; readonly path: string; readonly text: string }
  | { readonly is: 'missing' | 'kept' | 'unfit'; readonly why: string };

/** By the workspace folder first, then by the document's own. @param from Of the document; absolute */
export async function lookUp({ reading, root }: Inlining, file: string, from: string): Promise<Looked> {
  const beside = relativePath(root, joinPath(dirname(from), file));
  const isBeside = relativePath(root, from) !== undefined && beside !== undefined;
  const tries = [...(climbs(file) ? [] : [file]), ...(isBeside ? [beside] : [])];
  for (const path of tries) {
    const looked = await lookAt(reading, root, path);
    if (looked !== undefined) return looked;
  }
  return tries.length === 0
    ? { is: 'kept', why: `${file} is outside the workspace` }
    : { is: 'missing', why: `${file} is not there` };
}

async function lookAt(reading: FileSystem, root: string, path: string): Promise<Looked | undefined> {
  try {
    const real = await confine(reading, root, path);
    const stat = await reading.stat(real);
    if (!stat) return undefined;
    if (stat.kind !== 'file') return { is: 'unfit', why: `${path} is no file` };
    await requireVisible(reading, root, real, path);
    if (stat.size > LARGEST)
      return { is: 'unfit', why: `${path} has ${stat.size} bytes, which is too large` };
    const text = await reading.readText(real);
    if (text === undefined) return undefined;
    if (text.includes('\0')) return { is: 'unfit', why: `${path} is not a text` };
    return { is: 'there', path: relativePath(root, real) ?? path, text };
  } catch {
    return {
      is: 'kept',
      why: `${path} is kept from the agent, by .kiroignore, by a rule, or since it is outside the workspace`,
    };
  }
}

/** The text with its files in it. */
export async function inlined(from: string, text: string, options: Inlining): Promise<string> {
  const room = { left: MOST_OF_ALL };
  return replaced(from, text, options, [from], room);
}

async function replaced(
  from: string,
  text: string,
  options: Inlining,
  above: readonly string[],
  room: { left: number },
): Promise<string> {
  let out = '';
  let at = 0;
  for (const { file, range } of fileReferences(text)) {
    out += text.slice(at, range.start) + (await partOf(file, from, options, above, room));
    at = range.end;
  }
  return out + text.slice(at);
}

async function partOf(
  file: string,
  from: string,
  options: Inlining,
  above: readonly string[],
  room: { left: number },
): Promise<string> {
  const looked = await lookUp(options, file, from);
  if (looked.is !== 'there') return `[${looked.why}]`;
  const path = joinPath(options.root, looked.path);
  if (above.includes(path)) return `[${looked.path} is included in itself, and left out here]`;
  const most = Math.min(MOST_OF_FILE, room.left);
  if (most <= 0) return `[${looked.path} is left out: the files of this document are too many]`;
  const { text } = looked;
  const kept =
    text.length > most ? `${text.slice(0, most)}\n[cut: ${most} of ${text.length} characters]` : text;
  room.left -= Math.min(text.length, most);
  // Only documents speak of further files; code that contains the sign does not mean it.
  const isDeep = above.length >= DEEPEST || !/\.(?:md|markdown|mdc)$/i.test(path);
  const whole = isDeep ? kept : await replaced(path, kept, options, [...above, path], room);
  return tagged('file', whole.trimEnd(), looked.path);
}
