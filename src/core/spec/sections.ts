import type { Block, HeadingBlock } from '../markdown/blocks';
import { hideComments } from '../markdown/comments';
import type { Section } from './model';

/** The sections that a document's headings open, in order. */
export function sectionsOf(text: string, blocks: readonly Block[]): readonly Section[] {
  const headings = blocks.filter((block) => block.kind === 'heading');
  const ends = new Array<number>(headings.length).fill(text.length);
  const open: number[] = [];
  headings.forEach((heading, index) => {
    for (
      let top = open.at(-1);
      top !== undefined && levelOf(headings[top]) >= heading.level;
      top = open.at(-1)
    ) {
      ends[top] = heading.range.start;
      open.pop();
    }
    open.push(index);
  });
  return headings.map((heading, index) => ({
    level: heading.level,
    title: titleOf(text, heading),
    headingRange: heading.range,
    range: { start: heading.range.start, end: ends[index] ?? text.length },
  }));
}

/** A document's title: its first top-level heading, else its first heading, else nothing. */
export function documentTitle(sections: readonly Section[]): string {
  return (sections.find((section) => section.level === 1) ?? sections[0])?.title ?? '';
}

function levelOf(heading: HeadingBlock | undefined): number {
  return heading?.level ?? 0;
}

/** Words with one blank between them, and nothing that is hidden or left out. */
const PLAIN = /^[^\s<*]+(?: [^\s<*]+)*$/;

function titleOf(text: string, heading: HeadingBlock): string {
  const content = text.slice(heading.content.start, heading.content.end);
  if (PLAIN.test(content)) return content;
  return hideComments(content, ' ').replace(/\s+/g, ' ').replaceAll('**', '').trim();
}
