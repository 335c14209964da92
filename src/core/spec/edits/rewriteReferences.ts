/** Rewrites what names ids that moved: the common heart of every edit that numbers anew. */
import type { TextEdit, TextRange } from '../../util/textRange';
import type { DocumentEdit, DocumentKind, Reference, SpecDocuments } from '../model';
import { referencesOf } from '../references/mentions';
import { labelsOf, type PlacedReference } from '../references/placedReferences';
import { referencesIn } from '../references/proseReferences';
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

/** A reference of a list, and what its ids are called now; several that follow each other may have become one. */
interface Item {
  readonly range: TextRange;
  readonly ids: readonly string[];
  readonly now: readonly string[];
  readonly changed: boolean;
  readonly style: RangeStyle | undefined;
}

function editsOf(text: string, list: List, moved: MovedIds): readonly TextEdit[] {
  /** What each id was called that a list names so far. */
  const named = new Map<string, string>();
  const items = joined(
    list.map(({ names, reference: { ids, range, tokens } }) => {
      // Where two ids have become one, a list need not name it twice; what it named twice before, it may.
      const now = ids.flatMap((id) =>
        nowOf(moved[names], id).filter((each) => {
          const was = named.get(each) ?? id;
          named.set(each, was);
          return was === id;
        }),
      );
      const changed = now.length !== ids.length || now.some((id, index) => id !== ids[index]);
      return { range, ids, now, changed, style: styleOf(text, tokens) };
    }),
  );
  const lastKept = items.findLastIndex(({ now }) => now.length > 0);
  if (lastKept === -1) {
    const range = { start: items[0]?.range.start ?? 0, end: items.at(-1)?.range.end ?? 0 };
    return [
      list[0]?.prose === true ? { range, newText: GONE } : { range: withComma(text, range), newText: '' },
    ];
  }
  return items.flatMap(({ range, now, changed, style }, index): readonly TextEdit[] => {
    if (!changed) return [];
    if (now.length > 0) return [{ range, newText: written(now, style) }];
    // What is left out takes the separator before it along where nothing follows, else the one after it.
    const around =
      index > lastKept
        ? { start: items[index - 1]?.range.end ?? range.start, end: range.end }
        : { start: range.start, end: items[index + 1]?.range.start ?? range.end };
    return [{ range: around, newText: '' }];
  });
}

/** A range and what comes to follow on from it become one range: what was torn apart is whole again. */
function joined(items: readonly Item[]): readonly Item[] {
  const result: Item[] = [];
  for (const item of items) {
    const last = result.at(-1);
    const style = last?.style ?? item.style;
    if (last === undefined || style === undefined || !comesToFollow(last, item)) {
      result.push(item);
      continue;
    }
    const range = { start: last.range.start, end: item.range.end };
    const [ids, now] = [
      [...last.ids, ...item.ids],
      [...last.now, ...item.now],
    ];
    result[result.length - 1] = { range, ids, now, changed: true, style };
  }
  return result;
}

/** Do two references name one run of ids now, which they did not before? */
function comesToFollow(a: Item, b: Item): boolean {
  const isRun = (first: readonly string[], second: readonly string[]) =>
    first.length > 0 &&
    second.length > 0 &&
    runsOf([...first, ...second])[0]?.length === first.length + second.length;
  return (a.changed || b.changed) && isRun(a.now, b.now) && !isRun(a.ids, b.ids);
}

/** A list and the comma between it and free text: `1.1, Performance`. */
function withComma(text: string, { start, end }: TextRange): TextRange {
  const after = /^[ \t]*,[ \t]*/.exec(text.slice(end, end + 20))?.[0].length ?? 0;
  const before =
    after > 0 ? 0 : (/,[ \t]*$/.exec(text.slice(Math.max(0, start - 20), start))?.[0].length ?? 0);
  return { start: start - before, end: end + after };
}

/** How a range is written: what stands between its ends, and whether `1.2-4` ends with a bare number. */
interface RangeStyle {
  readonly dash: string;
  readonly bare: boolean;
}

function styleOf(text: string, [first, last]: Reference['tokens']): RangeStyle | undefined {
  if (first === undefined || last === undefined) return undefined;
  return {
    dash: text.slice(first.range.end, last.range.start),
    bare: !text.slice(last.range.start, last.range.end).includes('.'),
  };
}

/** What was a range stays one as far as its ids still follow each other, in any order. */
function written(now: readonly string[], style: RangeStyle | undefined): string {
  if (style === undefined) return now.join(', ');
  const { dash, bare } = style;
  return runsOf(now)
    .map((run) => {
      const [low = '', high = low] = [run[0], run.at(-1)];
      if (run.length === 1) return low;
      return low + dash + (bare ? high.slice(high.lastIndexOf('.') + 1) : high);
    })
    .join(', ');
}

/** Ids in their order, each run of those that follow each other by itself. */
function runsOf(ids: readonly string[]): readonly (readonly string[])[] {
  const sorted = [...new Set(ids)].sort(inOrder);
  const runs: string[][] = [];
  for (const id of sorted) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && nextId(last) === id) run.push(id);
    else runs.push([id]);
  }
  return runs;
}

/** `1.2` before `1.10`; what has letters by them first. */
function inOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
