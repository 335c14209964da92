/** What a document says, sentence by sentence, and under which headings. Code and tables say nothing here. */
import type { TextRange } from '../util/textRange';
import { readFrontMatter } from './frontMatter';

export interface Statement {
  /** Small letters, without marks and the full stop. */
  readonly words: string;
  readonly range: TextRange;
  /** Headings below the title, and what a list is led in with, in words. */
  readonly under: readonly string[];
  /** What stands before a colon. */
  readonly label?: string;
}

interface Lead {
  readonly words: string;
  /** Items that stand further in belong to it. */
  readonly indent: number;
}

interface Block extends TextRange {
  readonly indent: number;
}

const HEADING = /^[ \t]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;
const ITEM = /^([ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;
/** `Exports: use named ones` */
const LABELLED = /^(?:([^:]{2,30}): )?(.*)$/;
/** Of a paragraph that leads a list in. */
const OUTSIDE = -1;

export function statementsOf(text: string): readonly Statement[] {
  const plain = withoutCode(text, readFrontMatter(text)?.bodyStart ?? 0);
  const found: Statement[] = [];
  const headings: string[] = [];
  let leads: Lead[] = [];
  let block: Block | undefined;

  function close(): void {
    if (!block) return;
    const { start, end, indent } = block;
    block = undefined;
    leads = indent === OUTSIDE ? [] : leads.filter((lead) => lead.indent < indent);
    const under = [...headings.slice(1).filter(Boolean), ...leads.map(({ words }) => words)];
    for (const range of sentencesOf(plain, start, end)) {
      const said = saidIn(plain.slice(range.start, range.end));
      if (said) found.push({ ...said, range, under });
    }
    const whole = plain.slice(start, end).trimEnd();
    if (whole.endsWith(':')) leads.push({ words: wordsOf(whole), indent });
  }

  for (const { 0: line, index } of plain.matchAll(/[^\n]+|(?<=\n)(?=\n)/g)) {
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    if (heading) {
      close();
      leads = [];
      const depth = heading[1]?.length ?? 1;
      headings.length = Math.min(headings.length, depth - 1);
      headings[depth - 1] = wordsOf(heading[2] ?? '');
    } else if (line.trim() === '' || /^[ \t]*[|>]/.test(line)) close();
    else if (item) {
      close();
      block = { start: index + item[0].length, end: index + line.length, indent: item[1]?.length ?? 0 };
    } else if (block) block = { ...block, end: index + line.length };
    else
      block = {
        start: index + line.length - line.trimStart().length,
        end: index + line.length,
        indent: OUTSIDE,
      };
  }
  close();
  return found;
}

function saidIn(sentence: string): Pick<Statement, 'words' | 'label'> | undefined {
  const [, label, words = ''] = LABELLED.exec(wordsOf(sentence)) ?? [];
  if (words === '') return undefined;
  return label === undefined ? { words } : { words, label };
}

const AGAINST =
  /\b(?:anti-?patterns?|avoid|bad|before|deprecated|don'?ts?|examples?|forbidden|incorrect|instead|issues?|legacy|mistakes?|never|no|not|old|pitfalls?|problems?|prohibited|smells?|without|wrong)\b|[❌🚫✗✘👎]/u;

/** It stands where things are named that are not to be done, or may be. */
export function isAgainst({ words, under, label = '' }: Statement): boolean {
  return /^[❌🚫✗✘👎]/u.test(words) || [...under, label].some((each) => AGAINST.test(each));
}

function* sentencesOf(text: string, start: number, end: number): Generator<TextRange> {
  for (const { 0: whole, index } of text
    .slice(start, end)
    .matchAll(/[^\s][\s\S]*?(?:[.!?;](?=\s)|$(?![\s\S]))/g)) {
    const trimmed = whole.trimEnd();
    yield { start: start + index, end: start + index + trimmed.length };
  }
}

export function wordsOf(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*+|`+|(?<!\w)_+|_+(?!\w)|["“”]/g, '')
    .replace(/’/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.;:,!]+$/, '')
    .toLowerCase();
}

/** The same length: what is no prose is blank. */
function withoutCode(text: string, bodyStart: number): string {
  const blank = (block: string) => block.replace(/[^\n]/g, ' ');
  return (blank(text.slice(0, bodyStart)) + text.slice(bodyStart))
    .replace(/^([ \t]*)(```|~~~)[\s\S]*?(?:^\1\2[^\n]*$|$(?![\s\S]))/gm, blank)
    .replace(/<!--[\s\S]*?(?:-->|$(?![\s\S]))/g, blank);
}
