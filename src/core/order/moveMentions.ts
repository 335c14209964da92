/**
 * What names a spec by where it lies or what it is called, in any text of the workspace: paths below `.kiro/specs`
 * (in steering's `#[[file:…]]`, in hooks, in links), relative links, `#spec:name`, and the tags of code and tests.
 * Pure: the text after the move, every other character kept.
 */
import { basename, dirname, isInside, joinPath, relativePath } from '../util/path';
import { SPECS_FOLDER, specKey } from './places';

export interface SpecMove {
  /** Workspace folder. */
  readonly root: string;
  /** The spec's folder, before and after. */
  readonly from: string;
  readonly to: string;
}

/**
 * @param path Of the file that the text is of, as it was before the move.
 */
export function moveMentions(text: string, path: string, move: SpecMove): string {
  const named = renameTags(renamePaths(text, move), move);
  return /\.(?:md|markdown|mdx)$/i.test(path) ? moveLinks(named, path, move) : named;
}

const END = String.raw`(?![\p{L}\p{M}\p{N}_-]|\.[\p{L}\p{N}])`;

function renamePaths(text: string, { root, from, to }: SpecMove): string {
  const specs = joinPath(root, SPECS_FOLDER);
  const [before, after] = [relativePath(specs, from), relativePath(specs, to)];
  // A place that is put away has no path below the specs: what names it then names what is not there.
  if (before === undefined || after === undefined || !text.includes(SPECS_FOLDER)) return text;
  const pattern = new RegExp(`(?<=${escaped(SPECS_FOLDER)}/)${escaped(before)}${END}`, 'gu');
  return text.replace(pattern, () => after);
}

/** By its place below the specs, where names are equal, or by its name alone. */
function renameTags(text: string, { root, from, to }: SpecMove): string {
  const [keyBefore, keyAfter] = [specKey({ root, path: from }), specKey({ root, path: to })];
  const placed = keyBefore.includes('/') ? renameTag(text, keyBefore, keyAfter) : text;
  return renameTag(placed, basename(from), basename(to));
}

function renameTag(text: string, before: string, after: string): string {
  if (before === after || !text.includes(before)) return text;
  const name = escaped(before);
  const patterns = [
    `(?<=#spec:)${name}${END}`,
    String.raw`(?<=\bFeature:\s*)${name}(?=\s*,\s*Property\s+\d)`,
    String.raw`(?<=\b(?:Implements|Verifies):\s*)${name}(?=#\d)`,
  ];
  return text.replace(new RegExp(patterns.join('|'), 'gu'), () => after);
}

const LINK = /(?<=\]\()(?:\.{1,2}\/)[^\s()<>#]*/gu;

/** Relative links: of others into the spec, and of the spec's own documents to others. */
function moveLinks(text: string, path: string, { from, to }: SpecMove): string {
  const isOwn = isInside(from, path);
  const folder = dirname(path);
  const folderAfter = isOwn ? joinPath(to, relativePath(from, folder) ?? '') : folder;
  return text.replace(LINK, (link) => {
    const target = joinPath(folder, link);
    const inSpec = isInside(from, target);
    if (!inSpec && !isOwn) return link;
    const after = inSpec ? joinPath(to, relativePath(from, target) ?? '') : target;
    const moved = relativeLink(folderAfter, after);
    return moved === relativeLink(folder, target) ? link : moved + (link.endsWith('/') ? '/' : '');
  });
}

function relativeLink(folder: string, target: string): string {
  let up = 0;
  let base = folder;
  while (!isInside(base, target) && base !== '/') {
    base = dirname(base);
    up++;
  }
  return `${up === 0 ? './' : '../'.repeat(up)}${relativePath(base, target) ?? ''}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
