/**
 * A criterion as lines to draw: one clause a line, its keyword in a column of its own, the words that a
 * finding is about marked. Pure.
 */
import type { ReviewClause, ReviewCriterion, ReviewFinding } from '../../protocol/review';

export type LineRole = ReviewClause['role'];

/** Words that look alike; `finding` when they are to be underlined. */
export interface Span {
  readonly text: string;
  readonly finding: ReviewFinding | undefined;
}

export interface LinePart {
  readonly kind: 'article' | 'system' | 'shall' | 'text';
  readonly spans: readonly Span[];
}

export interface ClauseLine {
  readonly role: LineRole;
  readonly keyword: readonly Span[];
  readonly parts: readonly LinePart[];
}

interface Placed {
  readonly role: LineRole;
  readonly keyword: readonly Span[];
  readonly body: readonly Span[];
}

/** The part of a criterion that is drawn. */
type Words = Pick<ReviewCriterion, 'text' | 'clauses' | 'findings'>;

/** Separators and articles between clauses say nothing that the layout does not say. */
const EMPTY_GAP = /^[\s,;:.*_`]*(?:(?:the|a|an|shall|then|and)\b[\s,;:.*_`]*)?$/i;

/** The lines of a criterion. Every word of its text stands in one of them. */
export function clauseLines(criterion: Words): readonly ClauseLine[] {
  const lines: ClauseLine[] = [];
  for (const clause of place(criterion)) {
    const last = lines.at(-1);
    if (last && joins(last, clause)) lines[lines.length - 1] = join(last, clause);
    else lines.push({ role: clause.role, keyword: clause.keyword, parts: bodyOf(clause) });
  }
  return lines;
}

/** The system's line goes on with its response; an empty THEN goes on with its system. */
function joins(line: ClauseLine, clause: Placed): boolean {
  const open = !line.parts.some((part) => part.kind === 'shall' || part.kind === 'text');
  if (clause.role === 'response') return open && (line.role === 'system' || line.role === 'then');
  return clause.role === 'system' && line.role === 'then' && line.parts.length === 0;
}

function join(line: ClauseLine, clause: Placed): ClauseLine {
  const kind = clause.role === 'response' ? 'shall' : 'article';
  const keyword: readonly LinePart[] = clause.keyword.length > 0 ? [{ kind, spans: clause.keyword }] : [];
  return { ...line, parts: [...line.parts, ...keyword, ...bodyOf(clause)] };
}

function bodyOf(clause: Placed): readonly LinePart[] {
  if (clause.body.length === 0) return [];
  return [{ kind: clause.role === 'system' ? 'system' : 'text', spans: clause.body }];
}

/** Finds the clauses in the text, in order; what stands between them and means something is kept as text. */
function place({ text, clauses, findings }: Words): readonly Placed[] {
  const placed: Placed[] = [];
  let at = 0;
  for (const clause of clauses) {
    const found = locate(text, clause, at);
    if (found.start >= 0) placed.push(...gap(text, at, found.start, findings));
    placed.push({
      role: clause.role,
      keyword: spansOf(clause.keyword, found.keyword, findings),
      body: spansOf(clause.text, found.body, findings),
    });
    at = Math.max(at, found.end);
  }
  return [...placed, ...gap(text, at, text.length, findings)];
}

interface Found {
  readonly keyword: number;
  readonly body: number;
  /** Negative: the clause is not in the text as it is written here. */
  readonly start: number;
  readonly end: number;
}

function locate(text: string, clause: ReviewClause, from: number): Found {
  const keyword = clause.keyword ? indexOfWords(text, clause.keyword, from) : -1;
  const after = keyword < 0 ? from : keyword + clause.keyword.length;
  const body = clause.text ? indexOfWords(text, clause.text, after) : -1;
  const end = body >= 0 ? body + clause.text.length : keyword >= 0 ? after : -1;
  return { keyword, body, start: keyword >= 0 ? keyword : body, end };
}

const LETTER = /[\p{L}\p{N}]/u;

/** Where whole words stand: an `if` is not the one in `notify`. */
function indexOfWords(text: string, words: string, from: number): number {
  for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1)) {
    const before = LETTER.test(text.charAt(at - 1)) && LETTER.test(words.charAt(0));
    const after = LETTER.test(text.charAt(at + words.length)) && LETTER.test(words.charAt(words.length - 1));
    if (!before && !after) return at;
  }
  return -1;
}

function gap(text: string, from: number, to: number, findings: readonly ReviewFinding[]): readonly Placed[] {
  const words = text.slice(from, to);
  if (EMPTY_GAP.test(words)) return [];
  const start = from + (words.length - words.trimStart().length);
  return [{ role: 'text', keyword: [], body: spansOf(words.trim(), start, findings) }];
}

/** Cuts a piece at the ends of findings. `offset` is where it stands in the criterion; negative: unknown. */
export function spansOf(piece: string, offset: number, findings: readonly ReviewFinding[]): readonly Span[] {
  if (!piece) return [];
  if (offset < 0) return [{ text: piece, finding: undefined }];
  const end = offset + piece.length;
  const near = findings.filter((finding) => finding.start < end && finding.end > offset);
  const ends = near.flatMap((finding) => [finding.start, finding.end]);
  const cuts = [...new Set([offset, end, ...ends])]
    .filter((cut) => cut >= offset && cut <= end)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => ({
    text: piece.slice(from - offset, (cuts[index + 1] ?? end) - offset),
    finding: near.find((finding) => finding.start <= from && finding.end > from),
  }));
}

/** A user story cut into the words of its form and those of its author. */
export function storyParts(story: string): readonly { readonly text: string; readonly form: boolean }[] {
  const parts = story.split(/(\bAs an?\b|\bI want(?: to)?\b|\bso that\b|\bin order to\b)/i);
  return parts
    .filter((text) => text !== '')
    .map((text) => ({ text, form: /^(as an?|i want( to)?|so that|in order to)$/i.test(text) }));
}
