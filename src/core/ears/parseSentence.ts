/**
 * The island parser: it looks for keywords, modal verb and subject, and takes everything between them as free
 * text. A grammar of whole sentences would have nothing to say about most of what people write.
 */
import type { TextRange } from '../util/textRange';
import { findGherkin, findLeads, type Lead } from './leads';
import { maskText } from './maskText';
import { findShall, findWeakModals, type Modal } from './modal';
import { type Subject, subjectAfterCondition, subjectAlone, wordCount } from './subject';

/** A sentence taken apart. Offsets count from the start of the criterion's text. */
export interface Sentence {
  readonly masked: string;
  /** Where the sentence begins, after check mark, label and emoji. */
  readonly start: number;
  /** Where its conditions begin: a title, or sentences that introduce it, may come before. */
  readonly headStart: number;
  readonly leads: readonly Lead[];
  readonly modal: Modal | undefined;
  readonly subject: Subject | undefined;
}

/** Written before a keyword, and no part of the sentence: `[CONFIRMED] WHEN`, `(MVP) THE`. */
const TAG = String.raw`(?:\[[^[\]\r\n]{1,60}\]|\([^()\r\n]{1,60}\))\s+(?=\**(?:the|when|while|where|if|for)\b)`;
/** `AC-1.2:`, `**PROD-7** —`, `1.2 `: names the criterion. */
const LABEL = String.raw`(?:AC|REQ|FR|NFR)[-_ ]?\d+(?:\.\d+)*\s*[:.)]|\d+\.\d+(?:\.\d+)*[:.)]?\s|(?=[a-z\d._-]{0,40}\d)[a-z\d]+(?:[._-][a-z\d]+)*(?:\*\*)?\s*(?:[:：)—–]|\.(?=[\s*])|(?=\[))`;
const PREFIX = new RegExp(
  String.raw`^(?:\s|\*\*|\*(?=\p{L})|<!--[^]*?-->|\[[ x]\]\s|${TAG}|\p{Extended_Pictographic}|\uFE0F|\u200D|${LABEL})*`,
  'iu',
);
/** How most sentences begin: with nothing before them. */
const AT_ONCE = /^(?:the|when|while|where|if)\s/i;
/** What a bold word at the start is, if it is no title. */
const KEYWORD = /^(?:when|while|where|if|then|the|for|given|shall)\b/i;
const TITLE_END = /^\s*[:：.—–-]\s*/;
/** Each costs another reading of the head; a sentence with more of them has its modal verb among the first. */
const MOST_WEAK_MODALS = 8;
const NEW_SENTENCE = /[.!?]\s+(?=(?:the|an?|when|while|where|if|for|upon|after|once)\s)/gi;

/** Takes one sentence apart. Total: a text that is no sentence has neither modal nor leads. */
export function parseSentence(text: string): Sentence {
  const masked = maskText(text);
  const start = AT_ONCE.test(text) ? 0 : (PREFIX.exec(text)?.[0].length ?? 0);
  const introduced = endOfTitle(text, start);
  // Bold words that hold the modal verb are no title but the sentence.
  const begin = ({ word }: Modal) => (word.start < introduced ? start : introduced);
  const shall = findShall(masked, start);
  const weak = findWeakModals(masked, start, shall?.word.start ?? masked.length).slice(0, MOST_WEAK_MODALS);
  for (const modal of weak.filter((other) => shall === undefined || comesFirst(masked, other))) {
    const head = parseHead(masked, begin(modal), modal);
    if (isPlausible(masked, head)) return { masked, start, ...head };
  }
  if (shall !== undefined) return { masked, start, ...parseHead(masked, begin(shall), shall) };
  const leads = findGherkin(masked, { start: introduced, end: masked.length });
  return { masked, start, headStart: introduced, leads, modal: undefined, subject: undefined };
}

/** `**Entry**: WHEN …`, `**Entry.** WHEN …`: the bold words before a sentence that are no part of it. */
function endOfTitle(text: string, start: number): number {
  if (!text.includes('**')) return start;
  const open = text.slice(0, start).split('**').length % 2 === 0;
  const close = open ? text.indexOf('**', start) : -1;
  if (close === -1 || KEYWORD.test(text.slice(start, close))) return start;
  const after = text.slice(close + 2);
  const end = TITLE_END.exec(after);
  if (end !== null) return close + 2 + end[0].length;
  return /[:：.]\s*$/.test(text.slice(start, close)) ? text.length - after.trimStart().length : start;
}

/** `THE Door must open and SHALL ring`: “may” and “can” before a SHALL are part of its condition. */
function comesFirst(masked: string, { word }: Modal): boolean {
  return /^(?:should|must|will)$/i.test(masked.slice(word.start, word.end));
}

type Head = Pick<Sentence, 'headStart' | 'leads' | 'modal' | 'subject'> & { readonly modal: Modal };

function parseHead(masked: string, start: number, modal: Modal): Head {
  const end = modal.word.start;
  const headStart = lastSentence(masked, start, end);
  const leads = findLeads(masked, { start: headStart, end });
  const last = leads.at(-1);
  const region = { start: last?.keyword.end ?? headStart, end };
  const alone = last === undefined || last.role === 'then';
  const subject = alone
    ? subjectAlone(masked, region)
    : subjectAfterCondition(masked, region, !modal.weak || !mayHaveMain(masked, modal.whole.end));
  return { headStart, leads, modal, subject };
}

/** Definitions may come first: `Let n be the limit. The system shall …`. */
function lastSentence(masked: string, start: number, end: number): number {
  const head = masked.slice(start, end);
  if (head.search(NEW_SENTENCE) === -1) return start;
  let last = start;
  for (const match of head.matchAll(NEW_SENTENCE)) last = start + match.index + match[0].length;
  return last;
}

/** Could the main clause still follow? Then a weak modal before it is part of a condition. */
function mayHaveMain(masked: string, from: number): boolean {
  return /,\s*(?:the|it|they)\b|\bTHE\b|\bthen\b/i.test(masked.slice(from));
}

/** Does a weak modal stand where SHALL would, and not somewhere in the running text? */
function isPlausible(masked: string, head: Head): boolean {
  const { subject, leads, modal } = head;
  if (subject === undefined) return leads.at(-1)?.role === 'then';
  const name = masked.slice(subject.name.start, subject.name.end);
  if (/[,;]|\b(?:that|which|who|so|as|it|to)\b/i.test(name) && !/^(?:it|they)$/i.test(name)) return false;
  if (leads.length > 0 && leads.at(-1)?.role !== 'then' && /\bthen\b/i.test(masked.slice(modal.whole.end)))
    return false;
  return wordCount(name) <= 5;
}

const JOINED = /[\s,]*(?:\band\b|\bor\b)?\s*$/i;

/** The words of a lead's clause: up to the next lead, the subject or the modal verb. */
export function leadBody(sentence: Sentence, index: number): TextRange {
  const { leads, subject, modal, masked } = sentence;
  const start = leads[index]?.keyword.end ?? 0;
  const next = leads[index + 1]?.keyword.start;
  if (next === undefined) return { start, end: subject?.start ?? modal?.word.start ?? masked.length };
  const joined = JOINED.exec(masked.slice(Math.max(start, next - 20), next))?.[0].length ?? 0;
  return { start, end: next - joined };
}
