/** Finds the acceptance criteria of one requirement: list items and labelled paragraphs, with their ids. */

import type { Block, ListItemBlock, ParagraphBlock } from '../../markdown/blocks';
import { endBeforeComments } from '../../markdown/comments';
import type { TextRange } from '../../util/textRange';
import type { Finding } from '../model';
import { type CriteriaStart, criteriaRegion, titleOf } from './criteriaRegion';
import { type Candidate, itemOf, titledItem, withTitle } from './criterionCandidates';
import { clausesOf } from './criterionClauses';
import { continues, hasMain, isLoud, isScenarioTitle, openingOf } from './criterionKeywords';
import { numberingFindings } from './criterionNumbers';

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

const SHALL = /\bshall\b/i;
/** As RFC 2119 writes them. */
const DUTY = /\b(?:MUST|SHOULD|MAY)\b/;
const KEYWORD = /^\W*(?:when|if|while|where)\b/i;

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
    for (const found of inGroup({ text, requirement, directed }, group.blocks))
      if (!group.doubtful || isWrittenInEars(text, found)) candidates.push(found);
  const places = (directed ? candidates : writtenAsCriteria(text, candidates)).map((candidate, index) =>
    placeOf(candidate, requirement, index + 1),
  );
  return { head, places, findings: numberingFindings(places, requirement) };
}

interface Reading {
  readonly text: string;
  readonly requirement: string;
  readonly directed: boolean;
  readonly candidates: Candidate[];
  /** Of the list that the criteria are; what is nested in it is none. */
  base: Candidate['list'];
  /** Where the title of a scenario begins, until its clauses do. */
  title: number | undefined;
}

function inGroup(
  { text, requirement, directed }: Pick<Reading, 'text' | 'requirement' | 'directed'>,
  blocks: readonly Block[],
): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const reading: Reading = { text, requirement, directed, candidates, base: undefined, title: undefined };
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index] as Block;
    if (block.kind === 'listItem') takeItem(reading, block, blocks[index + 1]);
    else if (block.kind === 'paragraph') takeParagraph(reading, block);
    else if (block.kind === 'heading' && isScenarioTitle(text.slice(block.content.start, block.content.end)))
      reading.title = block.range.start;
  }
  return candidates;
}

function takeItem(reading: Reading, block: ListItemBlock, next: Block | undefined): void {
  const { text, base, title } = reading;
  const previous = reading.candidates.at(-1);
  if (!belongs(base, block, previous)) {
    if (previous?.introducesList === true) previous.end = block.range.end;
    else goOnWith(text, previous, block.content);
    return;
  }
  const titled = titleOf(text, block, next);
  if (block.number === undefined) {
    if (titled === 'scenario') {
      reading.title = block.range.start;
      return;
    }
    // Items with numbers are counted, whatever they say.
    if (title === undefined && goOnWith(text, previous, block.content)) return;
  }
  const found =
    titled !== undefined && next?.kind === 'listItem' && block.number !== undefined
      ? titledItem(text, block, next)
      : itemOf(text, block, reading.requirement);
  if (found === undefined) return;
  reading.candidates.push(title === undefined ? found : withTitle(found, title));
  reading.base ??= found.list;
  reading.title = undefined;
}

function takeParagraph(reading: Reading, block: ParagraphBlock): void {
  const { text, directed, candidates, title } = reading;
  const previous = candidates.at(-1);
  if (block.depth > 0) {
    goOnWith(text, previous, block.range);
    return;
  }
  const before = { previous: title === undefined ? previous : undefined, title };
  const found = clausesOf(text, block, before, directed);
  for (const candidate of found.candidates) candidates.push(candidate);
  reading.title = found.title;
}

/** Is an item one of the criteria's list, not of a list inside a criterion or after them? */
function belongs(base: Candidate['list'], block: ListItemBlock, previous: Candidate | undefined): boolean {
  if (base === undefined) return previous?.introducesList !== true;
  return block.depth <= base.depth && (!base.ordered || block.number !== undefined);
}

/** `- **THEN** …` after `- **WHEN** …`. Says whether it goes on. */
function goOnWith(text: string, previous: Candidate | undefined, { start, end }: TextRange): boolean {
  if (previous === undefined) return false;
  const words = text.slice(start, end);
  if (!continues(words, text.slice(previous.start, previous.end))) return false;
  previous.end = start + endBeforeComments(words);
  return true;
}

/** Where no heading says what the criteria are: those with labels, else those with EARS keywords, and what is counted with them. */
function writtenAsCriteria(text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const labelled = candidates.filter(({ label }) => label !== undefined);
  if (labelled.length > 0) return labelled;
  return runsOf(candidates)
    .filter((run) => run.some((candidate) => isEars(text, candidate)))
    .flat();
}

/** The items of each numbered list together: were one left out, the ids of the others would not be their numbers. */
function runsOf(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const runs: Candidate[][] = [];
  for (const candidate of candidates) {
    const run = runs.at(-1);
    const before = run?.at(-1)?.written;
    if (run !== undefined && before !== undefined && candidate.written === before + 1) run.push(candidate);
    else runs.push([candidate]);
  }
  return runs;
}

/** Where nothing else says that it is a criterion, it takes more than a small “if”. */
export function isWrittenInEars(text: string, { start, end }: TextRange): boolean {
  const words = text.slice(start, end);
  return SHALL.test(words) || (openingOf(words) !== undefined && isLoud(words));
}

function isEars(text: string, candidate: Candidate): boolean {
  const words = text.slice(candidate.start, candidate.end);
  if (SHALL.test(words)) return true;
  if (candidate.list !== undefined && DUTY.test(words)) return true;
  if (candidate.list === undefined) return isWrittenInEars(text, candidate) && hasMain(words);
  return KEYWORD.test(words) || isWrittenInEars(text, candidate);
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
