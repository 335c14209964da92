/** The blocks of a requirement in which its acceptance criteria stand, by the headings and bold words that say so. */
import type { Block, HeadingBlock, ListItemBlock, ParagraphBlock } from '../../markdown/blocks';
import { endBeforeComments } from '../../markdown/comments';
import type { TextRange } from '../../util/textRange';
import { mayNameCriteria, namesCriteria } from '../specWords';
import { boldAlone, isKeyword, isScenarioTitle } from './criterionKeywords';
import { CRITERION_LABEL } from './criterionLabel';

/** Where the criteria of a requirement begin: after `#### Acceptance Criteria`, or at once. */
export type CriteriaStart = 'afterHead' | 'atOnce';

/** Blocks that stand together: those below one bold sub-heading, or all. */
export interface CriteriaGroup {
  readonly blocks: Block[];
  /** Behind bold words that may just as well begin something else: only what is written in EARS counts. */
  doubtful: boolean;
}

export interface CriteriaRegion {
  /** `#### Acceptance Criteria`, if there is one. */
  readonly head: TextRange | undefined;
  /** Does something say that what stands here are criteria? */
  readonly directed: boolean;
  readonly groups: readonly CriteriaGroup[];
}

const BOLD_HEAD = /^\*\*[^*]+\*\*\s*:?\s*$|^\*\*[^*]+:\s*\*\*|^\*\*[^*]+\*\*\s*:/;
/** What such a heading is called where no criteria follow. */
const ASIDE =
  /^(?:\d+(?:\.\d+)*\.? )?(?:(?:technical|implementation|design|additional|developer|important|test|testing|further|known) )*(?:notes?|rationale|introduction|overview|purpose|scope|out of scope|not in scope|(?:non-)?goals|assumptions?|constraints?|limitations?|dependenc(?:y|ies)|references?|examples?|priority|status|(?:open )?questions?|comments?|background|context|considerations?|details|risks?|glossary|terms|terminology|definitions|conventions|definition of done|traceability|sources?|see also|备注|说明|注意|备考|简介|介绍|词汇表|术语表)$/i;

/** @param blocks The requirement's own blocks, its heading left out. */
export function criteriaRegion(text: string, blocks: readonly Block[], start: CriteriaStart): CriteriaRegion {
  const heads = new Set(blocks.filter((block) => isCriteriaHead(text, block)));
  const [head] = heads;
  const directed = start === 'afterHead' && head !== undefined;
  return { head: head?.range, directed, groups: groupsOf(text, blocks, heads, directed ? undefined : 0) };
}

/** Does a block say that acceptance criteria follow? An item does, too, and a line of a paragraph. */
export function isCriteriaHead(text: string, block: Block): boolean {
  if (block.kind === 'heading' || block.kind === 'listItem') {
    const words = text.slice(block.content.start, block.content.end);
    return namesCriteria(block.kind === 'heading' ? words.slice(0, endBeforeComments(words)) : words);
  }
  return block.kind === 'paragraph' && endOfHeadLine(text, block.range) !== undefined;
}

function endOfHeadLine(text: string, { start, end }: TextRange): number | undefined {
  const content = text.slice(start, end);
  if (!mayNameCriteria(content)) return undefined;
  for (const { 0: line, index } of content.matchAll(/[^\r\n]+/g))
    if (namesCriteria(line)) return start + index + line.length;
  return undefined;
}

interface Reading {
  readonly text: string;
  readonly groups: CriteriaGroup[];
  /** The one that is open. */
  group: CriteriaGroup;
  /** Of the heading that the region is below; undefined outside of it. */
  level: number | undefined;
  /** Does the list stand behind bold sub-headings? Then each of them begins a part of it. */
  grouped: boolean;
  /** Behind a note such as `**Note:** …`. */
  aside: boolean;
  /** Of the item “Acceptance Criteria” that the list is nested in. */
  depth: number | undefined;
  /** How the list would go on behind a note or a sub-heading. */
  next: number | undefined;
}

function groupsOf(
  text: string,
  blocks: readonly Block[],
  heads: ReadonlySet<Block>,
  level: number | undefined,
): readonly CriteriaGroup[] {
  const group: CriteriaGroup = { blocks: [], doubtful: false };
  const reading: Reading = {
    text,
    groups: [group],
    group,
    level,
    grouped: false,
    aside: false,
    depth: undefined,
    next: undefined,
  };
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index] as Block;
    if (heads.has(block)) takeHead(reading, block);
    else if (block.kind === 'listItem') takeItem(reading, block, blocks[index + 1]);
    else if (block.kind === 'heading') takeHeading(reading, block);
    else takeOther(reading, block);
  }
  return reading.groups;
}

function open(reading: Reading, doubtful: boolean): void {
  reading.group = { blocks: [], doubtful };
  reading.groups.push(reading.group);
}

function openBehindWords(reading: Reading): void {
  reading.grouped ||= reading.groups.every(({ blocks }) => blocks.every(({ kind }) => kind !== 'listItem'));
  reading.aside = false;
  open(reading, !reading.grouped);
}

function takeHead(reading: Reading, block: Block): void {
  reading.level = block.kind === 'heading' ? block.level : 6;
  reading.aside = false;
  reading.depth = block.kind === 'listItem' ? block.depth : undefined;
  if (reading.group.doubtful) open(reading, false);
  if (block.kind === 'paragraph')
    takeRest(reading, block, endOfHeadLine(reading.text, block.range) ?? block.range.end);
}

/** What follows in the same paragraph at once. */
function takeRest(reading: Reading, block: ParagraphBlock, from: number): void {
  const { end } = block.range;
  const start = from + (/^\s*/.exec(reading.text.slice(from, end))?.[0].length ?? 0);
  if (start < end) reading.group.blocks.push({ ...block, range: { start, end } });
}

function takeHeading(reading: Reading, block: HeadingBlock): void {
  if (reading.level === undefined) return;
  if (block.level <= reading.level) reading.level = undefined;
  else if (!reading.aside) reading.group.blocks.push(block);
}

function takeItem(reading: Reading, block: ListItemBlock, after: Block | undefined): void {
  if (reading.level === undefined) return;
  const outer = block.depth === 0 ? block.number : undefined;
  if (outer !== undefined && outer === reading.next) {
    reading.aside = false;
    if (reading.group.blocks.length === 0) reading.group.doubtful = false;
  }
  if (reading.depth !== undefined && block.depth <= reading.depth) reading.aside = true;
  if (reading.aside) return;
  const kind = block.number === undefined ? titleOf(reading.text, block, after) : undefined;
  if (kind === 'subHead') {
    openBehindWords(reading);
    return;
  }
  if (kind === 'scenario') open(reading, false);
  reading.group.blocks.push(block);
  if (outer !== undefined) reading.next = outer + 1;
}

function takeOther(reading: Reading, block: Block): void {
  const { text, level, grouped, aside } = reading;
  if (level === undefined) return;
  if (level === 0 || block.kind !== 'paragraph' || block.depth > 0) {
    if (!aside) reading.group.blocks.push(block);
    return;
  }
  const kind = boldKind(text, block.range);
  if (kind === 'note' || (kind === 'subHead' && aside && !grouped)) reading.aside = true;
  else if (kind === 'subHead') {
    openBehindWords(reading);
    takeRest(reading, block, endOfLine(text, block.range));
  } else {
    if (kind === 'scenario') {
      reading.aside = false;
      open(reading, false);
    }
    if (!reading.aside) reading.group.blocks.push(block);
  }
}

/** `**Note:** …` after the list: what follows are no criteria, unless it is a sub-heading such as `**Errors:**`. */
function boldKind(text: string, range: TextRange): 'note' | 'subHead' | 'scenario' | undefined {
  const line = text.slice(range.start, endOfLine(text, range));
  if (isScenarioTitle(line)) return 'scenario';
  if (!BOLD_HEAD.test(line) || CRITERION_LABEL.test(line)) return undefined;
  if (isKeyword(line)) return undefined;
  return isSubHead(line) ? 'subHead' : 'note';
}

function endOfLine(text: string, { start, end }: TextRange): number {
  const at = text.slice(start, end).search(/[\r\n]/);
  return at === -1 ? end : start + at;
}

function isSubHead(line: string): boolean {
  const words = boldAlone(line);
  return words !== undefined && !isAside(words);
}

/** Is it what something is called that is about requirements, but holds none? */
export function isAside(words: string): boolean {
  return ASIDE.test(words.trim());
}

/** Is an item a title, with a list of its own below it? */
export function titleOf(
  text: string,
  { content, depth }: ListItemBlock,
  next: Block | undefined,
): 'subHead' | 'scenario' | undefined {
  if (next?.kind !== 'listItem' || next.depth <= depth) return undefined;
  const words = text.slice(content.start, content.end);
  if (isScenarioTitle(words)) return 'scenario';
  return words.startsWith('**') && isSubHead(words) ? 'subHead' : undefined;
}
