/** What may be a criterion: a list item, or lines of a paragraph. */
import type { ListItemBlock } from '../../markdown/blocks';
import { endBeforeComments } from '../../markdown/comments';
import type { TextRange } from '../../util/textRange';
import { openingOf } from './criterionKeywords';
import { CRITERION_LABEL } from './criterionLabel';

export interface Candidate {
  readonly start: number;
  /** What comes after it may turn out to belong to it. */
  end: number;
  /** Where what stands before its text begins: marker, label, the title of its scenario. */
  readonly whole: number;
  readonly idRange: TextRange;
  readonly label: string | undefined;
  readonly written: number | undefined;
  /** Nesting and kind of its list; undefined for a paragraph. */
  readonly list: { readonly depth: number; readonly ordered: boolean } | undefined;
  /** Does it go on in the list below it? */
  readonly introducesList: boolean;
}

/** What stands before a candidate's text. */
interface Before {
  /** Where it begins. */
  readonly whole: number;
  readonly label?: RegExpExecArray | null;
  readonly written?: number | undefined;
  readonly list?: Candidate['list'];
}

export function createCandidate(content: string, start: number, before: Before): Candidate {
  const { whole, label = null, written, list } = before;
  const skipped = label?.[0].length ?? 0;
  return {
    start: start + skipped,
    end: start + Math.max(endBeforeComments(content), skipped),
    whole,
    idRange: idRange(start, whole, label, written),
    label: label?.[1] ?? label?.[2],
    written,
    list,
    introducesList: /[:：]\s*$/.test(content),
  };
}

function idRange(
  start: number,
  whole: number,
  label: RegExpExecArray | null,
  written: number | undefined,
): TextRange {
  const id = label?.[1] ?? label?.[2];
  if (label !== null && id !== undefined) {
    const at = start + label.index + label[0].indexOf(id);
    return { start: at, end: at + id.length };
  }
  return written === undefined
    ? { start, end: start }
    : { start: whole, end: whole + String(written).length };
}

/** Undefined for an item without words. */
export function itemOf(text: string, block: ListItemBlock, requirement: string): Candidate | undefined {
  const { start, end } = block.content;
  const content = text.slice(start, end);
  if (content.trim() === '') return undefined;
  const found = CRITERION_LABEL.exec(content);
  const number = found?.[1] ?? found?.[2];
  // An item may begin with a number: in “2.5 seconds later”, nothing but its value says that it is no label.
  const plain = found !== null && /^[\d.]+\s*$/.test(found[0]) && !found[0].trimEnd().endsWith('.');
  const label = plain && number?.startsWith(`${requirement}.`) !== true ? null : found;
  const list = { depth: block.depth, ordered: block.number !== undefined };
  return createCandidate(content, start, { whole: block.range.start, label, written: block.number, list });
}

/** An item with a number that is the title of what stands in the list below it. */
export function titledItem(text: string, block: ListItemBlock, first: ListItemBlock): Candidate {
  const { start: whole, end } = block.range;
  const says = openingOf(text.slice(first.content.start, first.content.end)) !== undefined;
  return {
    start: says ? first.content.start : block.content.start,
    end: says ? first.content.end : end,
    whole,
    idRange: idRange(whole, whole, null, block.number),
    label: undefined,
    written: block.number,
    list: { depth: block.depth, ordered: block.number !== undefined },
    introducesList: true,
  };
}

/** Named by nothing, but below a title that goes wherever it goes. */
export function withTitle(candidate: Candidate, title: number): Candidate {
  const { start, end, list, introducesList } = candidate;
  if (candidate.label !== undefined || candidate.written !== undefined) return candidate;
  const idRange = { start: title, end: title };
  return { start, end, whole: title, idRange, label: undefined, written: undefined, list, introducesList };
}
