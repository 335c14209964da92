/** Reads requirements.md and bugfix.md. */
import { parseCriterion, type SentenceReader } from '../../ears/parseCriterion';
import { parseSentence } from '../../ears/parseSentence';
import { type Block, type HeadingBlock, readBlocks } from '../../markdown/blocks';
import type { TextRange } from '../../util/textRange';
import type { Finding, Requirement, RequirementsDocument } from '../model';
import { documentTitle, sectionsOf } from '../sections';
import { bugfixHeads } from './bugfixHeads';
import { findCriteria } from './criteria';
import { isCriteriaHead } from './criteriaRegion';
import { readGlossary } from './glossary';
import { missingCounterparts, noCriteria, noRequirements, requirementFindings } from './requirementFindings';
import { type Head, requirementHeads } from './requirementHeads';
import { type Headings, unnamedRequirements } from './unnamedRequirements';

type Kind = RequirementsDocument['kind'];

interface Group {
  readonly head: Head;
  readonly heading: HeadingBlock;
  readonly body: Block[];
}

const STORY =
  /^[*_]{0,3}(?:user\s+story|用户故事|用戶故事|ユーザー?ストーリー|사용자 ?스토리|пользовательская история)\s*[*_]{0,3}\s*[:：]?\s*[*_]{0,3}\s*/iu;
const STORY_WORDS = /^(?:\*\*)?As an?\b/i;

/** Reads requirements.md or bugfix.md. Never throws; what is wrong with it is a finding of the document. */
export function parseRequirements(
  text: string,
  kind: Kind = 'requirements',
  blocks: readonly Block[] = readBlocks(text),
  sentenceOf: SentenceReader = parseSentence,
): RequirementsDocument {
  const sections = sectionsOf(text, blocks);
  const findings: Finding[] = [];
  const requirements = groups(text, blocks, kind).map((group) =>
    readRequirement(text, group, kind, findings, sentenceOf),
  );
  for (const finding of requirementFindings(requirements)) findings.push(finding);
  if (requirements.length === 0)
    findings.push(noRequirements(kind, blocks[0]?.range ?? { start: 0, end: 0 }));
  if (kind === 'bugfix') findings.push(...missingCounterparts(requirements));
  const glossary = readGlossary(text, blocks, sections);
  findings.sort((a, b) => a.range.start - b.range.start);
  const title = documentTitle(sections);
  return { kind, text, blocks, title, sections, glossary, requirements, findings };
}

/** Each requirement's heading with the blocks up to the next requirement, or the next heading not below it. */
function groups(text: string, blocks: readonly Block[], kind: Kind): readonly Group[] {
  const heads = headingsOf(text, blocks, kind);
  const found: Group[] = [];
  let open: Group | undefined;
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      open?.body.push(block);
      continue;
    }
    const inside: boolean = open !== undefined && block.level > open.heading.level;
    // Inside “Expected Behavior” a heading such as “Correct output” is no section of its own.
    const known = (kind !== 'bugfix' || !inside) && heads.has(block);
    const head = known ? heads.get(block) : undefined;
    if (head !== undefined) {
      open = { head, heading: block, body: [] };
      found.push(open);
    } else if (inside && !known) open?.body.push(block);
    else open = undefined;
  }
  return found;
}

function headingsOf(text: string, blocks: readonly Block[], kind: Kind): Headings {
  if (kind === 'bugfix') return bugfixHeads(text, blocks);
  const heads = requirementHeads(text, blocks);
  return heads.size > 0 ? heads : unnamedRequirements(text, blocks);
}

function readRequirement(
  text: string,
  group: Group,
  kind: Kind,
  findings: Finding[],
  sentenceOf: SentenceReader,
): Requirement {
  const { head, heading, body } = group;
  // A document may have a single list, below “Acceptance Criteria”.
  const own = isCriteriaHead(text, heading) ? [heading, ...body] : body;
  const found = findCriteria(text, own, head.id, kind === 'bugfix' ? 'atOnce' : 'afterHead');
  for (const finding of found.findings) findings.push(finding);
  const criteria = found.places.map((place) =>
    parseCriterion(
      place.id,
      text.slice(place.range.start, place.range.end),
      place.range.start,
      place.idRange,
      sentenceOf,
    ),
  );
  // Labelled headings (`NFR-1`) may well be plain sections without criteria.
  if (criteria.length === 0 && (found.head !== undefined || /^\d/.test(head.id))) {
    findings.push(noCriteria(kind, head.id, found.head ?? heading.range));
  }
  let { end } = heading.range;
  for (const { range } of body) end = Math.max(end, range.end);
  const { id, idRange, title } = head;
  return {
    id,
    idRange,
    title,
    userStory: readStory(text, body),
    criteria,
    headingRange: heading.range,
    range: { start: heading.range.start, end },
  };
}

function readStory(text: string, body: readonly Block[]): Requirement['userStory'] {
  for (const block of body) {
    if (block.kind !== 'paragraph' && block.kind !== 'listItem') continue;
    const range: TextRange = block.kind === 'listItem' ? block.content : block.range;
    const content = text.slice(range.start, range.end);
    const label = STORY.exec(content);
    if (label === null && !STORY_WORDS.test(content)) continue;
    const start = range.start + (label?.[0].length ?? 0);
    const story = text.slice(start, range.end).trimEnd();
    return { text: story, range: { start, end: start + story.length } };
  }
  return undefined;
}
