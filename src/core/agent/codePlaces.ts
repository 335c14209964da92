/** Places in the code as the model names and reads them. */
import { relativePath } from '../util/path';
import { lineStarts, positionAt } from '../util/textRange';
import type { CodePlace } from './editorServices';
import { confine } from './places/confine';
import { requireVisible } from './places/ignoreRules';
import { requireText } from './requireText';
import { type ToolContext, ToolRefusal } from './tool';

const MAX_LINE = 240;
const WORD = /[\p{L}\p{N}_$]/u;

export interface NamedPlace {
  readonly symbol: string;
  readonly path: string;
  /** From 1. */
  readonly line?: number | undefined;
}

/** Where a name stands as a whole word: in the given line, else its first place in the file. */
export async function placeOf(
  { files, root }: ToolContext,
  { symbol, path, line }: NamedPlace,
): Promise<CodePlace> {
  const real = await confine(files, root, path);
  const text = await requireText(files, root, real, path);
  if (text === undefined) throw new ToolRefusal(`There is no file ${path}.`);
  const starts = lineStarts(text);
  const from = line === undefined ? 0 : (starts[line - 1] ?? text.length);
  const to = line === undefined ? text.length : (starts[line] ?? text.length);
  const at = wordIn(text.slice(0, to), symbol, from);
  if (at < 0) {
    const where = line === undefined ? path : `line ${line} of ${path}`;
    throw new ToolRefusal(`“${symbol}” does not stand in ${where}. Look it up with search.`);
  }
  // An editor keeps the byte order mark to itself.
  const place = positionAt(starts, at);
  const mark = place.line === 0 && text.startsWith('\uFEFF') ? 1 : 0;
  return { path: real, line: place.line, character: place.character - mark };
}

function wordIn(text: string, word: string, from: number): number {
  for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!WORD.test(text[at - 1] ?? '') && !WORD.test(text[at + word.length] ?? '')) return at;
  }
  return -1;
}

/** `src/a.ts:3: its line`. Of a file that must not be read, or lies outside, only where. */
export async function showPlace(context: ToolContext, { path, line }: CodePlace): Promise<string> {
  const name = relativePath(context.root, path);
  if (name === undefined) return `${path}:${line + 1} (outside the workspace)`;
  const text = await readable(context, path);
  const shown = text?.split(/\r\n|\r|\n/)[line]?.trim();
  return `${name}:${line + 1}${shown === undefined ? '' : `: ${shown.slice(0, MAX_LINE)}`}`;
}

/** Undefined for what the agent must not see. */
export async function readable({ files, root }: ToolContext, path: string): Promise<string | undefined> {
  if (relativePath(root, path) === undefined) return undefined;
  try {
    await requireVisible(files, root, path, path);
    const real = await confine(files, root, path);
    return await requireText(files, root, real, path);
  } catch {
    return undefined;
  }
}
