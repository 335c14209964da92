/**
 * Which headings begin a requirement. `### Requirement 1` and `### US-1` say so themselves. Where none counts
 * requirements in words, a number or a code does, too, if criteria stand below it: `### 1.1 Login`, `### GE-1 Maze`.
 */
import type { Block, HeadingBlock } from '../../markdown/blocks';
import { endBeforeComments } from '../../markdown/comments';
import type { TextRange } from '../../util/textRange';
import { CODE } from '../references/references';
import { REQUIREMENT } from '../specWords';
import { findCriteria, isWrittenInEars } from './criteria';
import { isCriteriaHead } from './criteriaRegion';

export interface Head {
  readonly id: string;
  /** Empty where the heading does not spell the id out. */
  readonly idRange: TextRange;
  readonly title: string;
}

const NUMBERED = new RegExp(
  String.raw`^(?:\d+(?:\.\d+)*\.?\s+)?${REQUIREMENT}\s*#?R?(\d+(?:\.\d+)*)\s*(?:[:：.–—-]\s*)?((?<![\d.])\D.*|)$`,
  'isu',
);
const WORD = new RegExp(REQUIREMENT, 'iu');
const LABELLED = /^((?:US|FR|NFR|TR|REQ|R)-\d+(?:\.\d+)*)\s*(?:[:：.–—-]\s*)?(.*)$/s;
/** `R1` is short for Requirement 1. */
const SHORT = /^R(\d{1,6}(?:\.\d{1,6})*)(?:\s*[:：.)–—-]\s*|\s+)(\S.*)$/s;
const CODED = new RegExp(String.raw`^\[?(${CODE}(?:\.\d{1,6})*)\]?(?:\s*[:：.)–—-]\s*|\s+)(\S.*)$`, 's');
const BARE = /^(\d{1,6}(?:\.\d{1,6})*)(?:\s*[.:)：](?!\d)\s*|\s+[–—-]\s+)(\S.*)$/s;
const BARE_DOTTED = /^(\d{1,6}(?:\.\d{1,6})+)\s+(\S.*)$/s;
/** What a section is called that holds the requirements, its number left out. */
const SECTION =
  /^(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:(?:non-?|functional|user|system|business|technical|product|feature|detailed|core|key|quality)[ -]*)*(?:requirements?|user stories)(?: specifications?| list)?|(?:requisitos|requerimientos|exigences|anforderungen|требования|вимоги|wymagania)(?: [\p{L}-]+)?|(?:功能|用户)?需求|(?:機能)?要件|요구 ?사항)$/iu;

/** A heading that may begin a requirement. */
interface Candidate {
  /** Its place among the blocks. */
  readonly index: number;
  readonly heading: HeadingBlock;
  readonly head: Head;
  /** `GE-` of `GE-1`; nothing for a number. */
  readonly family: string;
  /** The section of requirements that it lies in. */
  readonly section: Section | undefined;
  /** Below `### 1.`, only `#### 1.1` goes on counting requirements. */
  readonly goesOn: boolean;
}

interface Section {
  readonly level: number;
  readonly title: string;
}

type Heads = Map<HeadingBlock, Head>;

export function requirementHeads(text: string, blocks: readonly Block[]): ReadonlyMap<HeadingBlock, Head> {
  const heads: Heads = new Map();
  let counted = false;
  for (const block of blocks) {
    if (block.kind !== 'heading') continue;
    const title = headingTitle(text, block);
    const numbered = NUMBERED.exec(title);
    counted ||= numbered !== null;
    const labelled = numbered ?? LABELLED.exec(title);
    const from = numbered === null ? 0 : wordIn(text, block);
    if (labelled !== null) heads.set(block, headOf(text, block, labelled, from));
  }
  if (!counted) addByCriteria(text, blocks, heads);
  return heads;
}

export function isRequirementsSection(title: string): boolean {
  return SECTION.test(title);
}

/** A heading's words, comments and emphasis left out. */
export function headingTitle(text: string, { content }: HeadingBlock): string {
  const heading = text.slice(content.start, content.end);
  return heading.slice(0, endBeforeComments(heading)).replaceAll('**', '').trim();
}

/** A heading may be numbered itself: `### 1. Requirement 1`. */
function wordIn(text: string, { content }: HeadingBlock): number {
  return Math.max(0, text.slice(content.start, content.end).search(WORD));
}

function headOf(text: string, { content }: HeadingBlock, match: RegExpExecArray, from = 0): Head {
  const id = match[1] ?? '';
  const at = text.indexOf(id, content.start + from);
  return { id, idRange: { start: at, end: at + id.length }, title: (match[2] ?? '').trim() };
}

/** From the last to the first, so that what is nested is known when what holds it is looked at. */
function addByCriteria(text: string, blocks: readonly Block[], heads: Heads): void {
  const candidates = candidatesIn(text, blocks, heads);
  const others: Candidate[] = [];
  const found: Candidate[] = [];
  for (const candidate of candidates.reverse()) {
    if (hasCriteria(text, blocks, heads, candidate)) {
      heads.set(candidate.heading, candidate.head);
      found.push(candidate);
    } else others.push(candidate);
  }
  const alone = heads.size === 0;
  for (const other of others)
    if ((alone ? isCertain(other) : isLike(other, found)) && !holdsHead(blocks, heads, other))
      heads.set(other.heading, other.head);
}

function candidatesIn(text: string, blocks: readonly Block[], heads: Heads): Candidate[] {
  const found: Candidate[] = [];
  const open: Open = { section: undefined, sure: undefined, above: [] };
  blocks.forEach((block, index) => {
    if (block.kind !== 'heading') return;
    close(open, block.level);
    if (heads.has(block)) open.sure ??= block.level;
    if (open.sure !== undefined) return;
    const title = headingTitle(text, block);
    if (isRequirementsSection(title)) open.section = { level: block.level, title };
    else if (block.level > 1 && !isCriteriaHead(text, block)) {
      const candidate = candidateOf(text, block, index, open);
      if (candidate === undefined) return;
      found.push(candidate);
      open.above.push(candidate);
    }
  });
  return found;
}

/** The headings that a heading lies below. */
interface Open {
  section: Section | undefined;
  /** The level of one that begins a requirement for certain. */
  sure: number | undefined;
  readonly above: Candidate[];
}

function close(open: Open, level: number): void {
  if (open.section !== undefined && level <= open.section.level) open.section = undefined;
  if (open.sure !== undefined && level <= open.sure) open.sure = undefined;
  while ((open.above.at(-1)?.heading.level ?? 0) >= level) open.above.pop();
}

function candidateOf(
  text: string,
  heading: HeadingBlock,
  index: number,
  { section, above }: Open,
): Candidate | undefined {
  const title = headingTitle(text, heading);
  const match = SHORT.exec(title) ?? CODED.exec(title) ?? BARE.exec(title) ?? BARE_DOTTED.exec(title);
  if (match === null) return undefined;
  const head = headOf(text, heading, match);
  const family = head.id.replace(/[\d.]+$/, '');
  const outer = above.at(-1);
  const goesOn = outer === undefined || head.id.startsWith(`${outer.head.id}.`);
  return { index, heading, head, family, section, goesOn };
}

function hasCriteria(text: string, blocks: readonly Block[], heads: Heads, candidate: Candidate): boolean {
  const { index, head, heading } = candidate;
  let end = index + 1;
  while (end < blocks.length && !endsBody(blocks[end], heading, heads)) end++;
  const found = findCriteria(text, blocks.slice(index + 1, end), head.id, 'afterHead');
  if (found.places.length === 0) return false;
  if (found.head !== undefined) return true;
  return candidate.goesOn && found.places.some(({ range }) => isWrittenInEars(text, range));
}

function endsBody(block: Block | undefined, heading: HeadingBlock, heads: Heads): boolean {
  return block?.kind === 'heading' && (block.level <= heading.level || heads.has(block));
}

/** `### 1. Title` below `## Requirements` is a requirement for certain, with criteria or without. */
function isCertain({ heading, family, section }: Candidate): boolean {
  return family === '' && heading.level === 3 && /^requirements$/i.test(section?.title ?? '');
}

/** Is it counted with those that have criteria, though it has none? */
function isLike(candidate: Candidate, found: readonly Candidate[]): boolean {
  const { heading, family, section } = candidate;
  if (family !== '') return found.some((other) => other.family === family);
  if (section === undefined || found.length === 0) return false;
  const { level } = heading;
  const isCounted = found.some((other) => other.section === section && other.heading.level === level);
  return isCertain(candidate) || (section.level > 1 && isCounted);
}

/** Then it is a section of requirements itself. */
function holdsHead(blocks: readonly Block[], heads: Heads, { index, heading }: Candidate): boolean {
  for (let at = index + 1; at < blocks.length; at++) {
    const block = blocks[at];
    if (block?.kind !== 'heading') continue;
    if (block.level <= heading.level) return false;
    if (heads.has(block)) return true;
  }
  return false;
}
