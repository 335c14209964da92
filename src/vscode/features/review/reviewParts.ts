/** A document part by part: what a person comments on, one by one. Pure. */
import { splitParts } from '../../../core/spec/merge/parts';
import type { SpecDocument } from '../../../core/spec/model';
import type { TextRange } from '../../../core/util/textRange';
import type { ReviewPart } from '../../../protocol/review';
import { type ItemFacts, itemOf } from './reviewItems';

/** A part, where it stands. */
export interface PlacedPart extends Pick<ReviewPart, 'id' | 'key' | 'text' | 'depth'> {
  readonly range: TextRange;
}

/** Those that say anything, in the order of the document. */
export function partsIn(document: SpecDocument): readonly PlacedPart[] {
  const definitions = definitionsIn(document.text);
  const seen = new Map<string, number>();
  let at = 0;
  return splitParts(document).flatMap(({ id, number, words, gap }) => {
    const range = { start: at, end: at + number.length + words.length };
    at = range.end + gap.length;
    if (words.trim() === '') return [];
    const lead = /^[ \t]*/.exec(number || words)?.[0] ?? '';
    const body = outdented(number + words, lead.length);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return {
      id,
      key: count === 1 ? id : `${id}#${count}`,
      text: body.includes('][') && definitions !== '' ? `${body}\n\n${definitions}` : body,
      depth: Math.min(3, Math.floor(lead.length / 2)),
      range,
    };
  });
}

export function reviewPart({ id, key, text, depth, range }: PlacedPart, facts: ItemFacts): ReviewPart {
  return { ...itemOf(facts, { id, text, range }), key, depth };
}

/** What a link by name leads to stands anywhere in the document. */
function definitionsIn(text: string): string {
  return (text.match(/^ {0,3}\[[^\]\n]+\]:[^\n]*$/gm) ?? []).join('\n');
}

/** A task below a task is, alone, a task: four blanks would make code of it. */
function outdented(text: string, by: number): string {
  return by === 0 ? text : text.replace(new RegExp(`^[ \\t]{1,${by}}`, 'gm'), '');
}
