/** What remark, the reference implementation's kin, says about the blocks of a text: the oracle of our own reader. */
import type { Nodes, Parent, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { Block } from '../../src/core/markdown/blocks';

/** `heading 12 2`: kind, offset of the first character, and what else both tell. */
export type Told = string;

export interface Oracle {
  readonly told: readonly Told[];
  /** Ranges that our reader deliberately reads otherwise, by the reason. */
  readonly otherwise: readonly { readonly why: string; readonly start: number; readonly end: number }[];
}

const OTHERWISE: Readonly<Record<string, string>> = {
  blockquote: 'a quotation is a paragraph',
  html: 'HTML is a paragraph, a comment a comment',
  definition: 'a link definition is a paragraph',
  footnoteDefinition: 'a footnote is a paragraph',
};

export function askRemark(text: string): Oracle {
  const root: Root = unified().use(remarkParse).use(remarkGfm).parse(text);
  const told: Told[] = [];
  const otherwise: Oracle['otherwise'][number][] = [];
  const visit = (node: Nodes, depth: number, first: boolean): void => {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? 0;
    const why =
      OTHERWISE[node.type] ?? (isIndentedCode(node, text) ? 'there is no indented code' : undefined);
    if (why !== undefined) {
      otherwise.push({ why, start, end });
      return;
    }
    if (node.type === 'heading') told.push(`heading ${start} ${node.depth}`);
    if (node.type === 'thematicBreak') told.push(`break ${start}`);
    if (node.type === 'code')
      told.push(`fence ${start} ${(node.lang ?? '') + (node.meta ? ` ${node.meta}` : '')}`);
    if (node.type === 'table') told.push(`table ${start}`);
    if (node.type === 'listItem') told.push(`item ${start} ${depth}`);
    // An item's first paragraph is part of the item.
    if (node.type === 'paragraph' && !first) told.push(`paragraph ${start} ${depth}`);
    if (
      !('children' in node) ||
      node.type === 'paragraph' ||
      node.type === 'heading' ||
      node.type === 'table'
    )
      return;
    (node as Parent).children.forEach((child, index) => {
      const inside = node.type === 'listItem' ? depth + 1 : depth;
      visit(child as Nodes, inside, node.type === 'listItem' && index === 0);
    });
  };
  visit(root, 0, false);
  return { told, otherwise };
}

function isIndentedCode(node: Nodes, text: string): boolean {
  return node.type === 'code' && !/^[`~]/.test(text.slice(node.position?.start.offset ?? 0).trimStart());
}

/** Our own blocks in the same words. */
export function tell(block: Block): Told | undefined {
  const { start } = block.range;
  switch (block.kind) {
    case 'heading':
      return `heading ${start} ${block.level}`;
    case 'listItem':
      return `item ${start} ${block.depth}`;
    case 'paragraph':
      return `paragraph ${start} ${block.depth}`;
    case 'fence':
      return `fence ${start} ${block.info}`;
    case 'table':
      return `table ${start}`;
    case 'break':
      return `break ${start}`;
    case 'comment':
      return undefined;
  }
}
