/** The headings of bugfix.md that its clauses stand below. */
import type { Block, HeadingBlock } from '../../markdown/blocks';
import { type Head, headingTitle } from './requirementHeads';

/** Its three sections, in the order in which a title decides: “Unchanged” before “Expected”. */
const SECTIONS: readonly (readonly [id: string, title: RegExp])[] = [
  ['3', /\bunchanged\b|\bregression\b|\bpreserv/i],
  ['1', /\bcurrent\s+behaviou?r\b|\bdefect/i],
  ['2', /\bexpected\s+behaviou?r\b|\bcorrect\b/i],
];

export function bugfixHeads(text: string, blocks: readonly Block[]): ReadonlyMap<HeadingBlock, Head> {
  const heads = new Map<HeadingBlock, Head>();
  for (const block of blocks) {
    if (block.kind !== 'heading' || block.level === 1) continue;
    const title = headingTitle(text, block);
    const section = SECTIONS.find(([, pattern]) => pattern.test(title));
    const nowhere = { start: block.content.start, end: block.content.start };
    if (section !== undefined) heads.set(block, { id: section[0], idRange: nowhere, title });
  }
  return heads;
}
