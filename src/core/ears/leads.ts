/** Finds the keywords that begin clauses in the part of a criterion before its modal verb. */
import type { TextRange } from '../util/textRange';
import type { ClauseRole } from './model';

/** A keyword that begins a clause; the clause goes on to the next one. */
export interface Lead {
  readonly role: Extract<ClauseRole, 'where' | 'while' | 'when' | 'if' | 'then' | 'quantifier'>;
  readonly keyword: TextRange;
}

const KEYWORDS = /\b(?:where|while|when|if|then)\b/gi;
const QUANTIFIER = /for\s+(?:all|any|each|every)\b/iy;
const GHERKIN = /\b(?:given|when|then)\b/gi;
/** Other words that people begin a condition with: group 1 for an event, else for a state. `After 5 s` is a time. */
const FOREIGN =
  /(?:(upon|whenever|once|after|as\s+soon\s+as)|during|as\s+long\s+as|given(?:\s+that)?)(?![\w-])(?!\s+(?:\d|per\b|(?:an?|each|every)\s+(?:second|minute|hour|day|week|month|year)))/iy;
const SMALL = /[a-z]/;
const END_OF_CONDITION = /,|\b(?:THE|WHEN|IF|WHILE|WHERE|THEN)\b/;

/**
 * The leads of a head, in order. A keyword counts at a clause boundary, or anywhere in capitals; `and when` after
 * a WHEN continues that clause.
 */
export function findLeads(masked: string, head: TextRange): readonly Lead[] {
  const leads: Lead[] = [];
  const first = quantifierAt(masked, head) ?? foreignAt(masked, head);
  if (first !== undefined) leads.push(first);
  const mixedCase = SMALL.test(masked);
  for (const { role, keyword } of keywordsIn(masked, head, KEYWORDS)) {
    if (role === 'then' ? !isThen(masked, keyword, leads) : !isLead(masked, keyword, head, mixedCase))
      continue;
    const previous = leads.at(-1);
    if (role !== 'then' && previous?.role === role && isJoined(masked, keyword.start)) continue;
    if (previous?.role === 'then' && role === 'then') leads.pop();
    leads.push({ role, keyword });
  }
  return leads;
}

/** GIVEN, WHEN and THEN of a sentence without a modal verb; empty unless a THEN follows one of the others. */
export function findGherkin(masked: string, head: TextRange): readonly Lead[] {
  const leads: Lead[] = [];
  const mixedCase = SMALL.test(masked);
  for (const lead of keywordsIn(masked, head, GHERKIN)) {
    const { role, keyword } = lead;
    if (role === 'then' ? leads.length === 0 : !isLead(masked, keyword, head, mixedCase)) continue;
    leads.push(lead);
    if (role === 'then') return leads;
  }
  return [];
}

function keywordsIn(masked: string, head: TextRange, pattern: RegExp): readonly Lead[] {
  const found: Lead[] = [];
  pattern.lastIndex = head.start;
  for (let match = pattern.exec(masked); match !== null; match = pattern.exec(masked)) {
    const { 0: word, index: start } = match;
    if (start + word.length > head.end) break;
    found.push({ role: roleOf(word.toLowerCase()), keyword: { start, end: start + word.length } });
  }
  return found;
}

function roleOf(keyword: string): Lead['role'] {
  if (keyword === 'where' || keyword === 'when' || keyword === 'if' || keyword === 'then') return keyword;
  return 'while';
}

function quantifierAt(masked: string, head: TextRange): Lead | undefined {
  QUANTIFIER.lastIndex = head.start;
  const match = QUANTIFIER.exec(masked);
  if (match === null || QUANTIFIER.lastIndex > head.end) return undefined;
  return { role: 'quantifier', keyword: { start: head.start, end: head.start + match[0].length } };
}

/** `Upon entry, the door SHALL shut`: understood, though no keyword of EARS. */
function foreignAt(masked: string, head: TextRange): Lead | undefined {
  FOREIGN.lastIndex = head.start;
  const match = FOREIGN.exec(masked);
  const end = FOREIGN.lastIndex;
  if (match === null || !END_OF_CONDITION.test(masked.slice(end, head.end))) return undefined;
  return { role: match[1] === undefined ? 'while' : 'when', keyword: { start: head.start, end } };
}

function isLead(masked: string, keyword: TextRange, head: TextRange, mixedCase: boolean): boolean {
  if (keyword.start === head.start) return true;
  const written = masked.slice(keyword.start, keyword.end);
  const capitals = mixedCase && written === written.toUpperCase();
  return capitals || isBoundary(masked, keyword.start, head.start);
}

/** `then` needs no comma before it, but a condition; in “clicks and then closes” it tells a sequence. */
function isThen(masked: string, keyword: TextRange, leads: readonly Lead[]): boolean {
  const written = masked.slice(keyword.start, keyword.end);
  if (written === 'THEN') return true;
  const last = leads.at(-1);
  if (last === undefined || isJoined(masked, keyword.start)) return false;
  return !isSequence(masked, keyword, last.role === 'quantifier');
}

/** `parsing then printing SHALL`: one after the other; of things that FOR ALL speaks about, all that no comma parts. */
function isSequence(masked: string, { start, end }: TextRange, quantified: boolean): boolean {
  const before = masked.slice(Math.max(0, start - 20), start).trimEnd();
  if (quantified) return !before.endsWith(',');
  return /\wing$/i.test(before) && /^\s+\w+ing\b/i.test(masked.slice(end, end + 40));
}

function isBoundary(masked: string, at: number, from: number): boolean {
  const before = masked.slice(Math.max(from, at - 40), at).trimEnd();
  if (before === '') return masked.slice(from, at).trim() === '';
  return /[,;:.]$/.test(before) || isJoined(masked, at);
}

function isJoined(masked: string, at: number): boolean {
  return /(?:^|[\s,;])(?:and|or)\s*$/i.test(masked.slice(Math.max(0, at - 20), at));
}
