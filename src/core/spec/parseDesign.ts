/** Reads design.md: its sections, and the correctness properties with the criteria that each validates. */

import { type Block, readBlocks } from '../markdown/blocks';
import { endBeforeComments } from '../markdown/comments';
import type { TextRange } from '../util/textRange';
import { trimCharacters } from '../util/trimCharacters';
import type { CorrectnessProperty, DesignDocument, Finding, Reference } from './model';
import { readReferences } from './references/references';
import { documentTitle, sectionsOf } from './sections';
import { REQUIREMENTS } from './specWords';

const PROPERTY = /^property\s+(\d+(?:\.\d+)*)\s*(?:[:.\-–—：]\s*(.*))?$/is;
/** In hand-made documents a property's head is a paragraph or a bullet: `**Property 1: Title**`. */
const BOLD_PROPERTY = /^\*\*property\s+(\d+(?:\.\d+)*)(?:\s*[:.\-–—：]([^*\r\n]*))?\*\*/i;
const VALIDATES = new RegExp(
  String.raw`validates\s*(?::[_*]{0,2}|[_*]{0,2}:)\s*(?:${REQUIREMENTS}\s*[:：]?\s*)?([^\r\n]*)`,
  'giu',
);

interface Head {
  readonly block: Block;
  readonly id: string;
  readonly idRange: TextRange;
  readonly title: string;
}

/** Reads design.md. Never throws; what cannot be read is a finding of the document. */
export function parseDesign(text: string, blocks: readonly Block[] = readBlocks(text)): DesignDocument {
  const sections = sectionsOf(text, blocks);
  const findings: Finding[] = [];
  const properties: CorrectnessProperty[] = [];
  const first = new Map<string, CorrectnessProperty>();
  for (const { head, body } of groups(text, blocks)) {
    const { id, idRange, title } = head;
    const headingRange = head.block.range;
    const property = { id, idRange, title, headingRange, ...readBody(text, head, body, findings) };
    properties.push(property);
    if (first.has(head.id)) findings.push(duplicate(property, head));
    if (!first.has(head.id)) first.set(head.id, property);
  }
  findings.sort((a, b) => a.range.start - b.range.start);
  return {
    kind: 'design',
    text,
    blocks,
    title: documentTitle(sections),
    sections,
    properties,
    findings,
  };
}

/** Each property's head with the blocks up to the next head, or the next heading that is not below it. */
function groups(text: string, blocks: readonly Block[]): readonly { head: Head; body: Block[] }[] {
  const found: { head: Head; body: Block[] }[] = [];
  let open: { head: Head; body: Block[] } | undefined;
  for (const block of blocks) {
    const head = headOf(text, block);
    if (head !== undefined) {
      open = { head, body: head.block.kind === 'heading' ? [] : [block] };
      found.push(open);
    } else if (block.kind === 'heading' && block.level <= levelOf(open?.head.block)) open = undefined;
    else open?.body.push(block);
  }
  return found;
}

function levelOf(block: Block | undefined): number {
  return block?.kind === 'heading' ? block.level : 6;
}

function headOf(text: string, block: Block): Head | undefined {
  if (block.kind !== 'heading' && block.kind !== 'paragraph' && block.kind !== 'listItem') return undefined;
  const { start, end } = block.kind === 'paragraph' ? block.range : block.content;
  const whole = text.slice(start, end);
  const content = whole.slice(0, endBeforeComments(whole));
  const match =
    block.kind === 'heading' ? PROPERTY.exec(content.replaceAll('**', '')) : BOLD_PROPERTY.exec(content);
  if (match === null) return undefined;
  const id = match[1] ?? '';
  const at = start + content.search(/\d/);
  return { block, id, idRange: { start: at, end: at + id.length }, title: (match[2] ?? '').trim() };
}

function readBody(
  text: string,
  head: Head,
  body: readonly Block[],
  findings: Finding[],
): Pick<CorrectnessProperty, 'validates' | 'references' | 'range'> {
  const references: Reference[] = [];
  for (const block of body) {
    if (block.kind !== 'paragraph' && block.kind !== 'listItem') continue;
    for (const match of text.slice(block.range.start, block.range.end).matchAll(VALIDATES)) {
      const end = block.range.start + match.index + match[0].length;
      const list = trimCharacters(text, { start: end - (match[1] ?? '').length, end }, '*_ \t');
      const found = readReferences(text, list);
      references.push(...found.references);
      findings.push(...found.findings);
    }
  }
  const end = body.at(-1)?.range.end ?? head.block.range.end;
  const validates = [...new Set(references.flatMap(({ ids }) => ids))];
  return { validates, references, range: { start: head.block.range.start, end } };
}

function duplicate(property: CorrectnessProperty, head: Head): Finding {
  const message = `Property ${property.id} exists already. Number one of the two anew, so that tests can name both.`;
  return { rule: 'duplicate-property', message, range: head.block.range };
}
