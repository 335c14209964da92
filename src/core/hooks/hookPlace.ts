/** Where a hook stands in its file. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { readSource } from '../agent/profiles/profileSource';
import type { TextRange } from '../util/textRange';
import type { Hook } from './model';

/** The beginning of the file, where it is not found. */
export function placeOfHook(
  text: string,
  { format, index, path, at = ['hooks', index] }: Pick<Hook, 'format' | 'index' | 'path' | 'at'>,
): TextRange {
  if (format === 'agent') {
    const source = readSource(path, text);
    return 'message' in source ? source.range : source.rangeOf(at);
  }
  // A byte order mark becomes a blank, so that places stay what they are.
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
  const node = tree && format !== '0.x' ? findNodeAtLocation(tree, [...at]) : tree;
  return node ? { start: node.offset, end: node.offset + node.length } : { start: 0, end: 0 };
}
