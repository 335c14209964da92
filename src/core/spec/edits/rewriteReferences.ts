/** Rewrites what names ids that moved: the common heart of every edit that numbers anew. */
import type { TextEdit, TextRange } from '../../util/textRange';
import { referencesOf } from '../mentions';
import type { DocumentEdit, DocumentKind, Reference, SpecDocuments } from '../model';
import { labelsOf, type PlacedReference } from '../placedReferences';
import { referencesIn } from '../proseReferences';
import { textWith } from './lines';
import { type MovedIds, nextId, nowOf } from './moved';

type Found = Pick<PlacedReference, 'names' | 'reference' | 'prose'>;

/** One or more references with nothing but separators between them: `1.1, 2.3-2.5 and 4`. */
type List = readonly Found[];

const SEPARATOR =
  /^[ \t]*(?:[,;、，；&][ \t]*)?(?:(?:and|or)[ \t]+)?(?:(?:requirements?|req\.?|criteri(?:on|a)|ac|propert(?:y|ies)|tasks?)[ \t-]#?)?$/i;
/** What a sentence names when what it named is gone. */
const GONE = '[removed]';

/** The edits that make every reference name what it named before. Definitions are left to the caller. */
export function rewriteReferences(documents: SpecDocuments, moved: MovedIds): readonly DocumentEdit[] {
  const { requirements, design, tasks } = documents;
  const references = referencesOf(documents);
  return [requirements, design, tasks].flatMap((document): readonly DocumentEdit[] => {
    if (document === undefined) return [];
    const found = references.filter((each) => each.document === document.kind);
    const inDocument = (edit: TextEdit) => ({ document: document.kind as DocumentKind, ...edit });
    return listsOf(document.text, found).flatMap((list) =>
      editsOf(document.text, list, moved).map(inDocument),
    );
  });
}

/** A text that is not in any document yet, written when ids were as they are in these. */
export function rewriteText(documents: SpecDocuments, moved: MovedIds, text: string): string {
  const whole = { start: 0, end: text.length };
  const found = referencesIn(text, whole, labelsOf(documents)).map((each) => ({ ...each, prose: true }));
  return textWith(
    text,
    whole,
    listsOf(text, found).flatMap((list) => editsOf(text, list, moved)),
  );
}

function listsOf(text: string, found: readonly Found[]): readonly List[] {
  const lists: Found[][] = [];
  let last: Found | undefined;
  for (const each of found) {
    const joined =
      last?.names === each.names &&
      SEPARATOR.test(text.slice(last.reference.range.end, each.reference.range.start));
    if (joined) lists.at(-1)?.push(each);
    else lists.push([each]);
    last = each;
  }
  return lists;
}

function editsOf(text: string, list: List, moved: MovedIds): readonly TextEdit[] {
  const items = list.map(({ names, reference }) => {
    const now = reference.ids.flatMap((id) => nowOf(moved[names], id));
    return { reference, range: reference.range, now: written(text, reference, now) };
  });
  const lastKept = items.findLastIndex(({ now }) => now !== '');
  if (lastKept === -1) {
    const range = { start: items[0]?.range.start ?? 0, end: items.at(-1)?.range.end ?? 0 };
    return [
      list[0]?.prose === true ? { range, newText: GONE } : { range: withComma(text, range), newText: '' },
    ];
  }
  return items.flatMap(({ range, now }, index): readonly TextEdit[] => {
    if (now === text.slice(range.start, range.end)) return [];
    if (now !== '') return [{ range, newText: now }];
    // What is left out takes the separator before it along where nothing follows, else the one after it.
    const around =
      index > lastKept
        ? { start: items[index - 1]?.range.end ?? range.start, end: range.end }
        : { start: range.start, end: items[index + 1]?.range.start ?? range.end };
    return [{ range: around, newText: '' }];
  });
}

/** A list and the comma between it and free text: `1.1, Performance`. */
function withComma(text: string, { start, end }: TextRange): TextRange {
  const after = /^[ \t]*,[ \t]*/.exec(text.slice(end, end + 20))?.[0].length ?? 0;
  const before =
    after > 0 ? 0 : (/,[ \t]*$/.exec(text.slice(Math.max(0, start - 20), start))?.[0].length ?? 0);
  return { start: start - before, end: end + after };
}

/** A range stays one where its ids still follow each other, in any order; else it becomes a list. */
function written(text: string, { range, ids, tokens }: Reference, now: readonly string[]): string {
  if (now.length === ids.length && now.every((id, index) => id === ids[index]))
    return text.slice(range.start, range.end);
  const [first, last] = tokens;
  if (first === undefined || last === undefined || now.length < 2) return now.join(', ');
  const dash = text.slice(first.range.end, last.range.start);
  const sorted = [...now].sort((a, b) => lastNumber(a) - lastNumber(b));
  const [low = '', high = ''] = [sorted[0], sorted.at(-1)];
  if (!sorted.every((id, index) => id === nextId(low, index))) return now.join(', ');
  // `1.2-4` ends with a bare number.
  const bare = !text.slice(last.range.start, last.range.end).includes('.');
  return low + dash + (bare ? high.slice(high.lastIndexOf('.') + 1) : high);
}

function lastNumber(id: string): number {
  return Number(/\d+$/.exec(id)?.[0] ?? 0);
}
