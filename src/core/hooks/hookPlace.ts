/** Where a hook stands in its file. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { TextRange } from '../util/textRange';
import type { Hook } from './model';

/** The beginning of the file, where it is not found. */
export function placeOfHook(text: string, { format, index }: Pick<Hook, 'format' | 'index'>): TextRange {
  // A byte order mark becomes a blank, so that places stay what they are.
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
  const node = tree && format !== '0.x' ? findNodeAtLocation(tree, ['hooks', index]) : tree;
  return node ? { start: node.offset, end: node.offset + node.length } : { start: 0, end: 0 };
}
