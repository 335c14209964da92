/**
 * A person's decision that a finding is meant to be so, written beside the text and bound to it:
 * `<!-- earshot-disable-line vague-term: agreed with legal [1x2y3z4] -->`. What stands in brackets is a fingerprint
 * of the text that was decided on; when the text changes, the finding comes back.
 */

import { openingFence } from '../markdown/blockStarts';
import type { Block } from '../markdown/blocks';
import { commentsIn, hideComments } from '../markdown/comments';
import { eolOf } from '../spec/edits/lines';
import type { DocumentEdit, Finding, Problem, SpecDocument } from '../spec/model';
import { fingerprint } from '../util/fingerprint';
import type { TextRange } from '../util/textRange';
import { nearest } from './nearest';
import { rewrite } from './rules/rewrite';

export interface SuppressedProblem extends Problem {
  readonly reason: string;
}

interface Suppression {
  /** Of the comment. */
  readonly range: TextRange;
  /** As written: ids or codes. */
  readonly rules: readonly { readonly name: string; readonly range: TextRange }[];
  readonly reason: string;
  /** As written; undefined where it is not bound. */
  readonly bound: string | undefined;
  /** Where its fingerprint is, or belongs. */
  readonly boundRange: TextRange;
  readonly target: Block | undefined;
}

export interface Suppressed {
  readonly kept: readonly Problem[];
  readonly suppressed: readonly SuppressedProblem[];
  /** About the suppressions themselves. */
  readonly findings: readonly Finding[];
}

/** What suppressions know of the rules that they name, by id or code. */
export interface NamedRules {
  readonly ids: () => readonly string[];
  /** Undefined for a rule that does not exist. */
  readonly codeOf: (name: string) => string | undefined;
  /** Did it look at this document? What is off here found nothing, and says nothing about its suppressions. */
  readonly ran: (name: string) => boolean;
}

const COMMENT = /^<!--\s*earshot-disable-(next-)?line\b[ \t]*([^:]*?)[ \t]*(?::([\s\S]*?))?\s*-->$/;
const BOUND = /\s*\[([0-9a-z]{7})\]\s*$/;

/** What a document's comments decide about its problems. */
export function applySuppressions(
  document: SpecDocument,
  problems: readonly Problem[],
  named: NamedRules,
): Suppressed {
  if (!document.text.includes('earshot-disable-')) return { kept: problems, suppressed: [], findings: [] };
  const findings: Finding[] = [];
  const suppressed: SuppressedProblem[] = [];
  let kept = problems;
  for (const suppression of readSuppressions(document)) {
    const wrong = judge(document, suppression, named);
    findings.push(...wrong.findings);
    if (!wrong.holds) continue;
    const codes = new Set(suppression.rules.map(({ name }) => named.codeOf(name)));
    const { target } = suppression;
    const hit = kept.filter(
      ({ code, range }) =>
        codes.has(code) &&
        target !== undefined &&
        target.range.start <= range.start &&
        range.start <= target.range.end,
    );
    kept = kept.filter((problem) => !hit.includes(problem));
    suppressed.push(...hit.map((problem) => ({ ...problem, reason: suppression.reason })));
    if (hit.length === 0) {
      // Another configuration may need it: the editor's, or the one of the pipeline.
      const known = suppression.rules.filter(({ name }) => named.codeOf(name) !== undefined);
      if (known.every(({ name }) => named.ran(name))) findings.push(unused(document, suppression));
    } else if (suppression.bound === undefined) findings.push(unbound(document, suppression));
  }
  return { kept, suppressed, findings };
}

/** The edit that suppresses a problem where it stands, bound to the text as it is. */
export function suppressEdit(document: SpecDocument, problem: Problem, reason: string): DocumentEdit {
  const block = blockAt(document.blocks, problem.range.start);
  const print = block === undefined ? '' : ` [${fingerprintOf(document, block)}]`;
  const why = reason.replace(/\s+/g, ' ').replaceAll('--', '—').trim();
  const comment = (line: string) => `<!-- earshot-disable-${line} ${problem.rule}: ${why}${print} -->`;
  const end = block === undefined ? problem.range.end : endOfWords(document, block);
  if (block === undefined || end !== undefined) {
    const at = end ?? problem.range.end;
    return { range: { start: at, end: at }, newText: ` ${comment('line')}` };
  }
  // On a line of its own before, as far in as the block.
  const { start } = block.range;
  const indent = /[ \t]*$/.exec(document.text.slice(0, start))?.[0] ?? '';
  return { range: { start, end: start }, newText: comment('next-line') + eolOf(document.text) + indent };
}

/** Where a comment may follow a block's words; undefined where it would be code, a cell, or no break any more. */
function endOfWords({ text }: SpecDocument, block: Block): number | undefined {
  switch (block.kind) {
    case 'paragraph':
      return block.range.end;
    case 'heading':
      return block.content.end;
    case 'listItem':
      return openingFence(text, block.content.start, block.content.end) === undefined
        ? block.range.end
        : undefined;
    default:
      return undefined;
  }
}

function readSuppressions(document: SpecDocument): readonly Suppression[] {
  const { text, blocks } = document;
  return commentsIn(text).flatMap((range): readonly Suppression[] => {
    const match = COMMENT.exec(text.slice(range.start, range.end));
    if (match === null) return [];
    const [, next, names = '', said = ''] = match;
    const print = BOUND.exec(said);
    const reason = (print === null ? said : said.slice(0, print.index)).replace(/\s+/g, ' ').trim();
    const listStart = text.indexOf(names, range.start + '<!--'.length + 'earshot-disable-line'.length);
    const end = text.slice(0, range.end - '-->'.length).trimEnd().length;
    const boundStart = print === null ? end : end - (print[0].trim().length + 0);
    const at = blocks.findIndex((block) => block.range.start <= range.start && range.end <= block.range.end);
    return [
      {
        range,
        rules: [...names.matchAll(/[^\s,]+/g)].map(({ index, 0: name }) => ({
          name,
          range: { start: listStart + index, end: listStart + index + name.length },
        })),
        reason,
        bound: print?.[1],
        boundRange: { start: boundStart, end },
        target:
          next === undefined
            ? blocks[at]
            : blocks.find((block) => block.range.start >= range.end && !isSuppression(text, block)),
      },
    ];
  });
}

/** Several may stand one after another, for one block. */
function isSuppression(text: string, { kind, range }: Block): boolean {
  return kind === 'comment' && COMMENT.test(text.slice(range.start, range.end).trimEnd());
}

function judge(
  document: SpecDocument,
  suppression: Suppression,
  { ids, codeOf }: NamedRules,
): { readonly holds: boolean; readonly findings: readonly Finding[] } {
  const { rules, reason, range, bound, target } = suppression;
  const unknown = rules.filter(({ name }) => codeOf(name) === undefined);
  const findings = unknown.map(({ name, range: at }): Finding => {
    const near = nearest(name, ids());
    const advice = near === undefined ? '“earshot explain” lists them all.' : `Is it “${near}”?`;
    return {
      rule: 'unknown-rule',
      message: `There is no rule “${name}”. ${advice}`,
      range: at,
      fixes: [
        ...(near === undefined ? [] : [rewrite(`Write ${near}`, false, [{ range: at, newText: near }])]),
        ...(rules.length === 1 ? [rewrite('Remove it', false, [removal(document, suppression)])] : []),
      ],
    };
  });
  if (reason === '' || rules.length === 0) {
    const message =
      'A suppression says which rule, and why: “earshot-disable-line <rule>: <reason>”. Without a reason it suppresses nothing.';
    const fixes = [rewrite('Remove it', false, [removal(document, suppression)])];
    const bare: Finding = { rule: 'suppression-without-reason', message, range, fixes };
    return { holds: false, findings: [...findings, bare] };
  }
  if (bound === undefined || target === undefined || bound === fingerprintOf(document, target))
    return { holds: unknown.length < rules.length, findings };
  return { holds: false, findings: [...findings, expired(document, suppression, target)] };
}

function expired(document: SpecDocument, suppression: Suppression, target: Block): Finding {
  return {
    rule: 'expired-suppression',
    message: `The text changed since somebody wrote “${suppression.reason}”. Does that still hold?`,
    range: suppression.range,
    fixes: [
      rewrite('Yes: keep it for the new text', false, [
        { range: suppression.boundRange, newText: `[${fingerprintOf(document, target)}]` },
      ]),
      rewrite('No: remove it', false, [removal(document, suppression)]),
    ],
  };
}

function unbound(document: SpecDocument, suppression: Suppression): Finding {
  const { range, boundRange, target } = suppression;
  const print = target === undefined ? '' : ` [${fingerprintOf(document, target)}]`;
  return {
    rule: 'unbound-suppression',
    message: 'This suppression outlives any change of the text. Bind it to the text as it is now.',
    range,
    fixes: [rewrite('Bind it to this text', true, [{ range: boundRange, newText: print }])],
  };
}

function unused(document: SpecDocument, suppression: Suppression): Finding {
  return {
    rule: 'unused-suppression',
    message: 'There is nothing here to suppress any more.',
    range: suppression.range,
    fixes: [rewrite('Remove it', true, [removal(document, suppression)])],
  };
}

/** The comment with the blanks before it, and its line where nothing else stands there. */
function removal({ text }: SpecDocument, { range }: Suppression): DocumentEdit {
  const before = text.slice(0, range.start);
  const start = before.replace(/[ \t]+$/, '').length;
  const alone = start === 0 || /[\r\n\uFEFF]/.test(text.charAt(start - 1));
  const rest = alone ? (/^[ \t]*(?:\r\n|\r|\n)/.exec(text.slice(range.end))?.[0].length ?? 0) : 0;
  return { range: { start, end: range.end + rest }, newText: '' };
}

/** Of a block's words: renumbering, ticking and comments change nothing. */
function fingerprintOf({ text }: SpecDocument, block: Block): string {
  const { start, end } = block.kind === 'listItem' || block.kind === 'heading' ? block.content : block.range;
  const words = hideComments(text.slice(start, end), ' ').replace(/^\[[^\]]\](?:\\?\*)?\s+/, '');
  return fingerprint(words.replace(/\s+/g, ' ').trim());
}

function blockAt(blocks: readonly Block[], offset: number): Block | undefined {
  return blocks.find(({ range }) => range.start <= offset && offset <= range.end);
}
