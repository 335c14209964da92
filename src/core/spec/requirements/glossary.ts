import type { Block } from '../../markdown/blocks';
import type { TextRange } from '../../util/textRange';
import { trimCharacters } from '../../util/trimCharacters';
import type { GlossaryTerm, Section } from '../model';

const TITLE = /\b(?:glossary|definitions|terminology)\b|术语|用語/i;
const BOLD = /^\*\*[^*\r\n]+\*\*\s*(?:[:：]|-|–|—)?\s*/;
const PLAIN = /^([^:：\r\n]{1,80}?)\s*(?:[:：]|\s[–—-])\s+/;
const MARKS = ' \t*_`:：-–—';

/** The terms of the sections that are called glossary. A term's range is that of its name. */
export function readGlossary(
  text: string,
  blocks: readonly Block[],
  sections: readonly Section[],
): readonly GlossaryTerm[] {
  const places = sections.filter(({ title }) => TITLE.test(title)).map(({ range }) => range);
  const inside = (at: number) => places.some(({ start, end }) => start <= at && at < end);
  if (places.length === 0) return [];
  return blocks.filter(({ range }) => inside(range.start)).flatMap((block) => termsOf(text, block));
}

function termsOf(text: string, block: Block): readonly GlossaryTerm[] {
  if (block.kind === 'table') return rowsOf(text, block.range);
  if (block.kind === 'listItem' && block.depth === 0) return entry(text, block.content, PLAIN);
  return block.kind === 'paragraph' && block.depth === 0 ? entry(text, block.range, undefined) : [];
}

function entry(text: string, range: TextRange, plain: RegExp | undefined): readonly GlossaryTerm[] {
  const content = text.slice(range.start, range.end);
  const match = BOLD.exec(content) ?? plain?.exec(content) ?? undefined;
  if (match === undefined) return [];
  const definition = content.slice(match[0].length).replace(/\s+/g, ' ').trim();
  return term(match[0], range.start, definition);
}

function rowsOf(text: string, range: TextRange): readonly GlossaryTerm[] {
  const rows = [...text.slice(range.start, range.end).matchAll(/[^\r\n]+/g)].slice(2);
  return rows.flatMap((row) => {
    const [first, second = ''] = row[0].replace(/^[ \t]*\|/, (edge) => ' '.repeat(edge.length)).split('|');
    return term(first ?? '', range.start + row.index, second.trim());
  });
}

function term(written: string, at: number, definition: string): readonly GlossaryTerm[] {
  const { start, end } = trimCharacters(written, { start: 0, end: written.length }, MARKS);
  if (start === end) return [];
  return [{ name: written.slice(start, end), definition, range: { start: at + start, end: at + end } }];
}
