/** `Requirement 3`, `Requirements 1.2 and 3.4`, `Property 4`, `task 2.1` in running text. */
import { maskLiterals } from '../ears/maskText';
import type { EntityKind, Mention } from './mentions';
import type { SpecDocument } from './model';

const NAMED =
  /(?<![\p{L}\p{N}_])(requirements?|req\.?|criteri(?:on|a)|ac|propert(?:y|ies)|tasks?)[ \t]+#?(\d{1,6}(?:\.\d{1,6}){0,4}(?:(?:[ \t]*(?:,|;|&|-|–|—)[ \t]*(?:and[ \t]+|or[ \t]+)?|[ \t]+(?:and|or|to|through)[ \t]+)\d{1,6}(?:\.\d{1,6}){0,4})*)(?![\p{L}\p{N}_])/giu;
const NUMBER = /\d+(?:\.\d+)*/g;

export function proseMentions(document: SpecDocument): readonly Mention[] {
  const mentions: Mention[] = [];
  for (const block of document.blocks) {
    if (block.kind === 'fence' || block.kind === 'comment' || block.kind === 'break') continue;
    const { start, end } = block.range;
    const visible = maskLiterals(document.text.slice(start, end));
    for (const match of visible.matchAll(NAMED)) {
      const [whole, word = '', list = ''] = match;
      const listStart = start + match.index + whole.length - list.length;
      for (const { index, 0: id } of list.matchAll(NUMBER)) {
        const at = listStart + index;
        const range = { start: at, end: at + id.length };
        mentions.push({ kind: kindOf(word, id), id, role: 'reference', document: document.kind, range });
      }
    }
  }
  return mentions;
}

function kindOf(word: string, id: string): EntityKind {
  if (/^p/i.test(word)) return 'property';
  if (/^t/i.test(word)) return 'task';
  return id.includes('.') ? 'criterion' : 'requirement';
}
