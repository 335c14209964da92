/** Finds the acceptance criteria of one requirement: list items and labelled paragraphs, with their ids. */

import type { Block, ListItemBlock, ParagraphBlock } from '../markdown/blocks';
import { endBeforeComments } from '../markdown/comments';
import type { TextRange } from '../util/textRange';
import { type CriteriaStart, criteriaRegion } from './criteriaRegion';
import { CRITERION_LABEL } from './criterionLabel';
import { numberingFindings } from './criterionNumbers';
import type { Finding } from './model';

/** Where one criterion stands, its list marker and label left out. */
export interface CriterionPlace {
  readonly id: string;
  readonly range: TextRange;
  /** The item's number, or its label; empty at the text's start where it has neither. */
  readonly idRange: TextRange;
  /** The number as written, if it is no part of a dotted label. */
  readonly written: number | undefined;
  /** What names it in a message: marker, label and text. */
  readonly whole: TextRange;
}

export interface CriterionPlaces {
  /** `#### Acceptance Criteria`, if there is one. */
  readonly head: TextRange | undefined;
  readonly places: readonly CriterionPlace[];
  readonly findings: readonly Finding[];
}

interface Candidate {
  readonly start: number;
  end: number;
  readonly whole: number;
  readonly idRange: TextRange;
  readonly label: string | undefined;
  readonly written: number | undefined;
  /** Nesting and kind of its list; undefined for a paragraph. */
  readonly list: { readonly depth: number; readonly ordered: boolean } | undefined;
  /** Does its text end in a colon? */
  readonly introducesList: boolean;
}

const EARS = /\bSHALL\b|^\W*(?:WHEN|IF|WHILE|WHERE)\b/i;
/** In capitals, since “If time permits” begins what people write about criteria, too. */
const LOUD_EARS = /\bSHALL\b|^\W*(?:\[x\]\W*)?(?:WHEN|IF|WHILE|WHERE|GIVEN)\b/;

/**
 * @param blocks The requirement's own blocks, its heading left out.
 * @param requirement Its id, which the criteria's ids begin with.
 */
export function findCriteria(
  text: string,
  blocks: readonly Block[],
  requirement: string,
  start: CriteriaStart,
): CriterionPlaces {
  const { head, directed, groups } = criteriaRegion(text, blocks, start);
  const candidates: Candidate[] = [];
  for (const group of groups)
    for (const found of inGroup(text, group.blocks, requirement))
      if (!group.doubtful || isLoudEars(text, found)) candidates.push(found);
  const places = (directed ? candidates : writtenAsCriteria(text, candidates)).map((candidate, index) =>
    placeOf(candidate, requirement, index + 1),
  );
  return { head, places, findings: numberingFindings(places, requirement) };
}

function inGroup(text: string, blocks: readonly Block[], requirement: string): readonly Candidate[] {
  const candidates: Candidate[] = [];
  let base: Candidate['list'];
  for (const block of blocks) {
    const found = candidatesIn(text, block, base, requirement);
    if (found.length === 0) extendList(candidates.at(-1), block);
    for (const candidate of found) candidates.push(candidate);
    base ??= found[0]?.list;
  }
  return candidates;
}

function candidatesIn(
  text: string,
  block: Block,
  base: Candidate['list'],
  requirement: string,
): readonly Candidate[] {
  if (block.kind === 'paragraph') return block.depth === 0 ? clausesOf(text, block) : [];
  return block.kind === 'listItem' && belongs(base, block) ? itemOf(text, block, requirement) : [];
}

/** Where no heading says what the criteria are: those with labels, else those with EARS keywords. */
function writtenAsCriteria(text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const labelled = candidates.filter(({ label }) => label !== undefined);
  if (labelled.length > 0) return labelled;
  return candidates.filter((candidate) => isEars(text, candidate));
}

function isLoudEars(text: string, { start, end }: Candidate): boolean {
  return LOUD_EARS.test(text.slice(start, end));
}

function isEars(text: string, { start, end }: Candidate): boolean {
  return EARS.test(text.slice(start, end));
}

/** Is an item one of the criteria's list, not of a list inside a criterion or after them? */
function belongs(base: Candidate['list'], block: ListItemBlock): boolean {
  if (base === undefined) return true;
  return block.depth <= base.depth && (!base.ordered || block.number !== undefined);
}

/** `… SHALL show:` goes on in the list below it. */
function extendList(candidate: Candidate | undefined, block: Block): void {
  if (candidate?.introducesList !== true || block.kind !== 'listItem') return;
  candidate.end = block.range.end;
}

function itemOf(text: string, block: ListItemBlock, requirement: string): readonly Candidate[] {
  const { start, end } = block.content;
  const content = text.slice(start, end);
  if (content.trim() === '') return [];
  const found = CRITERION_LABEL.exec(content);
  const number = found?.[1] ?? found?.[2];
  // An item may begin with a number: in “2.5 seconds later”, nothing but its value says that it is no label.
  const plain = found !== null && /^[\d.]+\s*$/.test(found[0]) && !found[0].trimEnd().endsWith('.');
  const label = plain && number?.startsWith(`${requirement}.`) !== true ? null : found;
  const list = { depth: block.depth, ordered: block.number !== undefined };
  return [candidate(content, start, block.range.start, label, block.number, list)];
}

/** `1.1 WHEN …` paragraphs; one that follows at once begins a criterion of its own. */
function clausesOf(text: string, block: ParagraphBlock): readonly Candidate[] {
  const found: Candidate[] = [];
  const content = text.slice(block.range.start, block.range.end);
  const starts: number[] = [];
  for (const line of content.matchAll(/[^\r\n]+/g)) {
    const indent = line[0].length - line[0].trimStart().length;
    if (CRITERION_LABEL.test(line[0].slice(indent))) starts.push(line.index + indent);
  }
  starts.forEach((start, index) => {
    const piece = content.slice(start, starts[index + 1]).trimEnd();
    const at = block.range.start + start;
    found.push(candidate(piece, at, at, CRITERION_LABEL.exec(piece), undefined, undefined));
  });
  return found;
}

function candidate(
  content: string,
  start: number,
  whole: number,
  label: RegExpExecArray | null,
  written: number | undefined,
  list: Candidate['list'],
): Candidate {
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

function placeOf(
  { label, start, end, whole, written, idRange: named }: Candidate,
  requirement: string,
  position: number,
): CriterionPlace {
  const dotted = label?.includes('.') === true ? label : undefined;
  return {
    id: dotted ?? `${requirement}.${label ?? position}`,
    range: { start, end },
    idRange: named,
    written: dotted === undefined ? written : undefined,
    whole: { start: whole, end },
  };
}
