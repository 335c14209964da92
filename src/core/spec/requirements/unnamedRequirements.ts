/**
 * Documents in which no heading counts requirements: what stands below a heading is one where its criteria are
 * written in EARS, or below “Acceptance Criteria”. They are counted in the order in which they stand.
 */
import type { Block, HeadingBlock } from '../../markdown/blocks';
import { findCriteria, isWrittenInEars } from './criteria';
import { isAside, isCriteriaHead } from './criteriaRegion';
import { isScenarioTitle } from './criterionKeywords';
import { type Head, headingTitle, isRequirementsSection } from './requirementHeads';

/** The heads by their headings; undefined for a heading that only ends what is above it. */
export type Headings = ReadonlyMap<HeadingBlock, Head | undefined>;

/** A heading with what belongs to it. */
interface Part {
  readonly heading: HeadingBlock;
  readonly body: Block[];
  /** Of “Acceptance Criteria” in it: what is below that heading belongs to it, too. */
  level: number | undefined;
  /** Does it lie below “Requirements”, or below “Out of scope” and the like? */
  readonly place: 'section' | 'aside' | undefined;
}

export function unnamedRequirements(text: string, blocks: readonly Block[]): Headings {
  const parts = partsOf(text, blocks);
  const found = parts.filter((part) => part.place !== 'aside' && hasCriteria(text, part));
  const inSection = found.filter(({ place }) => place === 'section');
  const headings = new Map<HeadingBlock, Head | undefined>();
  for (const { heading } of parts) headings.set(heading, undefined);
  (inSection.length > 0 ? inSection : found).forEach(({ heading }, index) => {
    const nowhere = { start: heading.content.start, end: heading.content.start };
    headings.set(heading, { id: String(index + 1), idRange: nowhere, title: headingTitle(text, heading) });
  });
  return headings;
}

function partsOf(text: string, blocks: readonly Block[]): readonly Part[] {
  const parts: Part[] = [];
  const open: { level: number; place: Part['place'] }[] = [];
  for (const block of blocks) {
    const part = parts.at(-1);
    if (block.kind !== 'heading') part?.body.push(block);
    else if (part === undefined || !belongs(text, block, part)) parts.push(partAt(text, block, open));
    else {
      part.body.push(block);
      if (isCriteriaHead(text, block)) part.level = block.level;
    }
  }
  return parts;
}

/** @param open The headings that are open, from the outermost. */
function partAt(text: string, heading: HeadingBlock, open: { level: number; place: Part['place'] }[]): Part {
  const { level } = heading;
  while ((open.at(-1)?.level ?? 0) >= level) open.pop();
  const place = placeOf(headingTitle(text, heading)) ?? open.at(-1)?.place;
  open.push({ level, place });
  const isHead = isCriteriaHead(text, heading);
  return { heading, body: isHead ? [heading] : [], level: isHead ? level : undefined, place };
}

function placeOf(title: string): Part['place'] {
  if (isAside(title)) return 'aside';
  return isRequirementsSection(title) ? 'section' : undefined;
}

function belongs(text: string, heading: HeadingBlock, part: Part): boolean {
  if (heading.level <= part.heading.level) return false;
  if (part.level !== undefined && heading.level > part.level) return true;
  return isCriteriaHead(text, heading) || isScenarioTitle(headingTitle(text, heading));
}

function hasCriteria(text: string, { body }: Part): boolean {
  const { head, places } = findCriteria(text, body, '1', 'afterHead');
  return (
    places.length > 0 && (head !== undefined || places.some(({ range }) => isWrittenInEars(text, range)))
  );
}
