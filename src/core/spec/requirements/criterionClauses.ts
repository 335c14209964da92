/** Criteria that are paragraphs: behind labels, or told by their keywords, one for each line or on several. */
import type { ParagraphBlock } from '../../markdown/blocks';
import { type Candidate, createCandidate, withTitle } from './criterionCandidates';
import { continues, hasMain, isLoud, isScenarioTitle, namesSystem, openingOf } from './criterionKeywords';
import { CRITERION_LABEL } from './criterionLabel';

interface Line {
  /** Without indentation. */
  readonly words: string;
  readonly start: number;
  readonly end: number;
}

/** Lines that make one sentence. */
interface Sentence {
  readonly start: number;
  end: number;
  /** Of a line such as `4. WHEN …` that Markdown reads as more text. */
  readonly written: number | undefined;
  /** Where the title of its scenario begins, if there is one. */
  readonly title: number | undefined;
}

export interface Clauses {
  readonly candidates: readonly Candidate[];
  /** Where the title of a scenario begins, if what it is about has not begun yet. */
  readonly title: number | undefined;
}

const MAY_BE =
  /(?:^|[\r\n])[ \t]*(?:\[[ xX]\][ \t]+)?[*_]{0,3}(?:(?:given|when|if|while|where|the|then|and|but|or|scenario)[ \t*_:]|\d|(?:ac|req|n?fr)[-_ \d])/i;
const NUMBER = /^(\d{1,6})[.)][ \t]+/;

/**
 * @param previous The candidate before; its `end` moves where the paragraph goes on with it.
 * @param title Of the scenario that the paragraph is about.
 * @param directed Does a heading say that criteria follow? Then they need not be in capitals.
 */
export function clausesOf(
  text: string,
  { range }: ParagraphBlock,
  { previous, title }: { readonly previous: Candidate | undefined; readonly title: number | undefined },
  directed: boolean,
): Clauses {
  const content = text.slice(range.start, range.end);
  if (!MAY_BE.test(content)) return { candidates: [], title };
  const lines = linesOf(content, range.start);
  const labelled = lines.filter(({ words }) => CRITERION_LABEL.test(words));
  if (labelled.length > 0)
    return { candidates: labelledClauses(text, labelled, range.end), title: undefined };
  const found = sentencesOf(text, lines, previous, directed);
  const [first] = found.sentences;
  const candidates = found.sentences.map((sentence) =>
    candidateOf(text, sentence, sentence === first ? title : undefined),
  );
  return { candidates, title: found.title ?? (first === undefined ? title : undefined) };
}

function candidateOf(
  text: string,
  { start, end, written, title }: Sentence,
  before: number | undefined,
): Candidate {
  const skipped = written === undefined ? 0 : (NUMBER.exec(text.slice(start, end))?.[0].length ?? 0);
  const from = start + skipped;
  const candidate = createCandidate(text.slice(from, end), from, { whole: start, written });
  const above = title ?? before;
  return above === undefined ? candidate : withTitle(candidate, above);
}

function linesOf(content: string, offset: number): readonly Line[] {
  return [...content.matchAll(/[^\r\n]+/g)].map(({ 0: line, index }) => {
    const words = line.trim();
    const start = offset + index + line.indexOf(words);
    return { words, start, end: start + words.length };
  });
}

/** `1.1 WHEN …`; one that follows at once begins a criterion of its own. */
function labelledClauses(text: string, lines: readonly Line[], end: number): readonly Candidate[] {
  return lines.map(({ start }, index) => {
    const piece = text.slice(start, lines[index + 1]?.start ?? end).trimEnd();
    return createCandidate(piece, start, { whole: start, label: CRITERION_LABEL.exec(piece) });
  });
}

interface Reading {
  readonly text: string;
  readonly sentences: Sentence[];
  /** Are its lines items with numbers, which Markdown reads as text? */
  readonly numbered: boolean;
  /** What the next line may go on with. */
  open: { readonly start: number; end: number } | undefined;
  title: number | undefined;
}

function sentencesOf(
  text: string,
  lines: readonly Line[],
  previous: Candidate | undefined,
  directed: boolean,
): { readonly sentences: readonly Sentence[]; readonly title: number | undefined } {
  const words = lines[0]?.words ?? '';
  const goesOn = previous !== undefined && continues(words, text.slice(previous.start, previous.end));
  const isFormal = directed && !goesOn && lines.some((line) => /\bshall\b/i.test(line.words));
  const open = goesOn ? previous : undefined;
  const reading: Reading = { text, sentences: [], numbered: NUMBER.test(words), open, title: undefined };
  lines.forEach((line, index) => {
    if (index === 0 && open !== undefined) open.end = line.end;
    else takeLine(reading, line, isFormal && index === 0);
  });
  return { sentences: joined(text, reading.sentences), title: reading.title };
}

/** `IF it is free` at the start of a line that only goes on says nothing by itself. */
function joined(text: string, sentences: readonly Sentence[]): readonly Sentence[] {
  const kept: Sentence[] = [];
  for (const sentence of sentences) {
    const { start, end, written, title } = sentence;
    const before = kept.at(-1);
    const isPart = written === undefined && title === undefined && !hasMain(text.slice(start, end));
    if (before !== undefined && isPart) before.end = end;
    else kept.push(sentence);
  }
  return kept;
}

function takeLine(reading: Reading, line: Line, isFormal: boolean): void {
  const { text, numbered, open } = reading;
  const written = numbered ? NUMBER.exec(line.words)?.[1] : undefined;
  if (isScenarioTitle(line.words)) {
    reading.open = undefined;
    reading.title = line.start;
  } else if (written !== undefined) beginAt(reading, line, Number(written));
  else if (begins(line.words, open && text.slice(open.start, open.end), isFormal))
    beginAt(reading, line, undefined);
  else if (open !== undefined) open.end = line.end;
}

function beginAt(reading: Reading, { start, end }: Line, written: number | undefined): void {
  const sentence: Sentence = { start, end, written, title: reading.title };
  reading.sentences.push(sentence);
  reading.open = sentence;
  reading.title = undefined;
}

/**
 * Does a line begin a sentence?
 * @param said What the open one says so far.
 * @param isFormal May keywords be written small? Then only the first line of a paragraph begins one.
 */
function begins(words: string, said: string | undefined, isFormal: boolean): boolean {
  if (!isFormal && !isLoud(words)) return false;
  const keyword = openingOf(words);
  if (keyword !== undefined) return said === undefined || hasMain(said) || keyword === openingOf(said);
  if (!namesSystem(words) || /[:：]$/.test(words)) return false;
  return said === undefined || hasMain(said);
}
