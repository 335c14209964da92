import type { TextRange } from '../util/textRange';
import { trimCharacters } from '../util/trimCharacters';
import type { Block } from './blocks';
import type { Problem } from './model';
import { readReferences } from './references';

/** What a task says below its line. */
export interface Details {
  readonly lines: readonly string[];
  readonly requirements: readonly string[];
  readonly verify: string | undefined;
  readonly problems: readonly Problem[];
}

const REQUIREMENTS = /^[_*]{0,2}requirements?\s*:[_*]{0,2}\s*/i;
const VALIDATES = /^[_*]{0,2}validates\s*(?::[_*]{0,2}|[_*]{0,2}:)\s*(?:requirements?\s*:?\s*)?/i;
const VERIFY = /^_verify\s*:(.*)_$/is;
/** `_Requirements: …_`, `_Depends: …_`: facts in italics, not words about the work. */
const FACT = /^_[A-Za-z][\w -]*:.*_$/s;

/**
 * Reads the blocks that belong to one task.
 * @param from End of the checkbox line; what follows it up to `to` is its own paragraph going on.
 */
export function readDetails(text: string, from: number, to: number, blocks: readonly Block[]): Details {
  const lines: string[] = [];
  const requirements = new Set<string>();
  const problems: Problem[] = [];
  let verify: string | undefined;
  for (const range of [
    ...rangesOfLines(text, { start: from, end: to }),
    ...blocks.flatMap((b) => contentOf(text, b)),
  ]) {
    const detail = text.slice(range.start, range.end);
    const label = REQUIREMENTS.exec(detail) ?? VALIDATES.exec(detail);
    if (label !== null) {
      const references = readReferences(
        text,
        trimCharacters(text, { ...range, start: range.start + label[0].length }, '_* '),
      );
      references.ids.forEach((id) => void requirements.add(id));
      for (const problem of references.problems) problems.push(problem);
    }
    verify ??= commandOf(detail);
    if (!FACT.test(detail)) lines.push(detail.replace(/\s+/g, ' '));
  }
  return { lines, requirements: [...requirements], verify, problems };
}

/** The command of `_Verify: <command>_`: up to the last underscore, so that it may contain some itself. */
function commandOf(detail: string): string | undefined {
  const command = VERIFY.exec(detail)?.[1]
    ?.trim()
    .replace(/^(`+)(.*)\1$/s, '$2')
    .trim();
  return command === '' ? undefined : command;
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
