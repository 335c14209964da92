import type { Block } from '../../markdown/blocks';
import type { TextRange } from '../../util/textRange';
import { trimCharacters } from '../../util/trimCharacters';
import type { Finding, Reference } from '../model';
import { readReferences } from '../references/references';
import { REQUIREMENTS as WORDS } from '../specWords';

/** What a task says below its line. */
export interface Details {
  readonly lines: readonly string[];
  readonly requirements: readonly string[];
  readonly coversAll: boolean;
  readonly references: readonly Reference[];
  readonly properties: readonly Reference[];
  readonly depends: readonly Reference[];
  readonly boundary: readonly string[];
  readonly verify: string | undefined;
  readonly findings: readonly Finding[];
}

/** Most details are words about the work, and need no closer look. */
const MAY_BE_FACT = /^(?:[_*]|requirement|validates|property)/i;
const REQUIREMENTS = new RegExp(String.raw`^[_*]{0,2}${WORDS}\s*[:：][_*]{0,2}\s*`, 'iu');
const VALIDATES = new RegExp(
  String.raw`^[_*]{0,2}validates\s*(?::[_*]{0,2}|[_*]{0,2}:)\s*(?:${WORDS}\s*[:：]?\s*)?`,
  'iu',
);
/** Behind the label. */
const ALL =
  /^(?:all(?![a-z\d-])(?!\s+(?:from|of|in|except)\b)|(?:(?:所有|全部)(?:需求)?|すべて|全て|모두|전체|tod[oa]s|tutti|tous|toutes|alle|все|усі|wszystkie)[_*\s]*$)/iu;
const DEPENDS = /^_depends\s*:\s*/i;
const PROPERTY = /^\*{0,2}property\s+(?=\d)/i;
const BOUNDARY = /^_boundary\s*:(.*)_$/is;
/** `_Requirements: …_`, `_Depends: …_`: facts in italics, not words about the work. */
const FACT = /^_\p{L}[\p{L}\w -]*[:：].*_$/su;
const VERIFY = /^_verify\s*:(.*)_$/is;

/**
 * Reads the blocks that belong to one task.
 * @param from End of the checkbox line; what follows it up to `to` is its own paragraph going on.
 */
export function readDetails(text: string, from: number, to: number, blocks: readonly Block[]): Details {
  const lines: string[] = [];
  const criteria: Reference[] = [];
  const properties: Reference[] = [];
  const depends: Reference[] = [];
  const boundary: string[] = [];
  const findings: Finding[] = [];
  let verify: string | undefined;
  let coversAll = false;
  const read = (range: TextRange, label: RegExp, into: Reference[], until?: RegExp): boolean => {
    const detail = text.slice(range.start, range.end);
    const start = range.start + (label.exec(detail)?.[0].length ?? 0);
    if (start === range.start) return false;
    const length = until?.exec(text.slice(start, range.end))?.index ?? range.end - start;
    const found = readReferences(text, trimCharacters(text, { start, end: start + length }, '_* '));
    into.push(...found.references);
    findings.push(...found.findings);
    return true;
  };
  const look = (range: TextRange): void => {
    const detail = text.slice(range.start, range.end);
    if (!MAY_BE_FACT.test(detail)) {
      lines.push(oneLine(detail));
      return;
    }
    if (read(range, REQUIREMENTS, criteria)) coversAll ||= ALL.test(detail.replace(REQUIREMENTS, ''));
    else if (!read(range, VALIDATES, criteria) && !read(range, DEPENDS, depends))
      read(range, PROPERTY, properties, /[^\d.]/);
    verify ??= commandOf(detail);
    for (const glob of BOUNDARY.exec(detail)?.[1]?.split(',') ?? [])
      if (unquoted(glob) !== '') boundary.push(unquoted(glob));
    if (!FACT.test(detail)) lines.push(oneLine(detail));
  };
  if (from < to) for (const range of rangesOfLines(text, { start: from, end: to })) look(range);
  for (const block of blocks) for (const range of contentOf(text, block)) look(range);
  return {
    lines,
    requirements: [...new Set(criteria.flatMap(({ ids }) => ids))],
    coversAll,
    references: criteria,
    properties,
    depends,
    boundary,
    verify,
    findings,
  };
}

/** The command of `_Verify: <command>_`: up to the last underscore, so that it may contain some itself. */
function commandOf(detail: string): string | undefined {
  const written = VERIFY.exec(detail)?.[1];
  const command = written === undefined ? '' : unquoted(written);
  return command === '' ? undefined : command;
}

function oneLine(words: string): string {
  return /\s\s|[^\S ]/.test(words) ? words.replace(/\s+/g, ' ') : words;
}

function unquoted(words: string): string {
  return words
    .trim()
    .replace(/^(`+)(.*)\1$/s, '$2')
    .trim();
}

function contentOf(text: string, block: Block): readonly TextRange[] {
  if (block.kind === 'paragraph') return rangesOfLines(text, block.range);
  const content = block.kind === 'listItem' ? trimmed(text, block.content) : undefined;
  return content === undefined ? [] : [content];
}

function rangesOfLines(text: string, range: TextRange): readonly TextRange[] {
  const ranges: TextRange[] = [];
  for (const match of text.slice(range.start, range.end).matchAll(/[^\r\n]+/g)) {
    const start = range.start + match.index;
    const line = trimmed(text, { start, end: start + match[0].length });
    if (line !== undefined) ranges.push(line);
  }
  return ranges;
}

function trimmed(text: string, range: TextRange): TextRange | undefined {
  const { start, end } = trimCharacters(text, range, ' \t\r\n');
  return start === end ? undefined : { start, end };
}
