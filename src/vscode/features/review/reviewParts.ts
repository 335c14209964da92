/** A design or a list of tasks, part by part: what a person comments on, one by one. Pure. */
import { splitParts } from '../../../core/spec/merge/parts';
import type { SpecDocument } from '../../../core/spec/model';
import type { ReviewPart } from '../../../protocol/review';
import { type ItemFacts, itemOf } from './reviewItems';

export function reviewParts(document: SpecDocument, facts: ItemFacts): readonly ReviewPart[] {
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
    const item = itemOf(facts, {
      id,
      text: body.includes('][') && definitions !== '' ? `${body}\n\n${definitions}` : body,
      range,
      approvedAs: approvedAs(id),
    });
    return [
      { ...item, key: count === 1 ? id : `${id}#${count}`, depth: Math.min(3, Math.floor(lead.length / 2)) },
    ];
  });
}

/** As an approval names it. */
function approvedAs(id: string): string {
  return id.startsWith('Property ') ? `property ${id.slice('Property '.length)}` : id.replace(/^## /, '');
}

/** What a link by name leads to stands anywhere in the document. */
function definitionsIn(text: string): string {
  return (text.match(/^ {0,3}\[[^\]\n]+\]:[^\n]*$/gm) ?? []).join('\n');
}

/** A task below a task is, alone, a task: four blanks would make code of it. */
function outdented(text: string, by: number): string {
  return by === 0 ? text : text.replace(new RegExp(`^[ \\t]{1,${by}}`, 'gm'), '');
}
