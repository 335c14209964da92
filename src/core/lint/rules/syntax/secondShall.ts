import { wordCount } from '../../../ears/subject';
import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import type { CriterionContext } from '../../rule';
import { splitFix } from '../splitFix';
import { likeKeywords, sentenceRule } from './sentenceRule';
import { wantsArticle } from './unnamedSubject';

const SHALL = /\bshall\b/gi;
/** Begins a line that goes on with a scenario: `**AND** the bell`, `- And the bell`. */
const STEP = /^[ \t]*(?:[-+*][ \t]+)?(?:\*\*)?(?:AND|And|BUT|But)(?![\p{L}\p{N}])/u;
/** The second duty has conditions of its own. */
const CONDITION = /\b(?:IF|WHEN|WHILE|WHERE)\b/;
const JOINED = /(?:\s*[,;.])?\s*\b(?:and|or|but)\s*$|\s*[,;.]\s*$/i;
/** A system of its own, told by its article, its capital or as code: `, and THE Log`. */
const NAMED =
  /(?:\s*[,;])?\s(?:and|or|but)\s+(?:(?:the|an?|all|each|every|no)\s[^,;]{1,60}|[A-Z\u00A4][\w\u00A4-]*(?:\s+[A-Z\u00A4][\w\u00A4-]*){0,3})$/i;
const LEADING_JOIN = /^[\s,;.]*(?:(?:and|or|but)\b\s*)?/i;
const LONGEST_NAME = 8;
const LONGEST_END = 120;

export const secondShall = sentenceRule(
  {
    id: 'second-shall',
    code: 'E112',
    title: 'Second SHALL',
    levels: { recommended: 'warning', 'incose-full': 'warning' },
    why: 'Two duties in one criterion pass or fail together, and only one of them tends to be tested. A criterion of its own for each can be traced.',
    bad: 'WHEN a key fits, THE Door SHALL open and THE Log SHALL record it',
    good: 'WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2016; INCOSE GtWR R18',
  },
  (context) => {
    const range = secondIn(context);
    return range === undefined
      ? []
      : [
          {
            message:
              'A second SHALL: this is two requirements. Write a criterion for each, so that each can be tested.',
            range,
            fixes: split(context, range.start),
          },
        ];
  },
);

/** In a scenario each duty has its line, `AND the bell SHALL ring`; only EARS as published knows no scenarios. */
function secondIn({ text, sentence: { modal, masked }, dialect }: CriterionContext): TextRange | undefined {
  if (modal === undefined) return undefined;
  const from = modal.whole.end;
  let before = from;
  for (const { index, 0: word } of masked.slice(from).matchAll(SHALL)) {
    const start = from + index;
    const line = Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('\r', start));
    if (dialect === 'strict' || line < before || !STEP.test(text.slice(line + 1, start)))
      return { start, end: start + word.length };
    before = start;
  }
  return undefined;
}

/** The first duty, and the conditions again with the second one. */
function split(context: CriterionContext, second: number): readonly Fix[] {
  const { text, sentence } = context;
  const { modal, subject, headStart, masked } = sentence;
  if (modal === undefined || subject === undefined) return [];
  const joint = jointOf(masked.slice(modal.whole.end, second));
  const cut = modal.whole.end + (joint?.cut ?? 0);
  const first = text.slice(0, cut).trimEnd();
  if (joint === undefined || first.length <= modal.whole.end) return [];
  const start = modal.whole.end + joint.start;
  const repeated = {
    conditions: () => '',
    system: () =>
      conditionsOf(context, subject.start) + articleFor(context, text.slice(start, second).trim()),
    none: () => `${text.slice(headStart, subject.name.end)} `,
  }[joint.own]();
  const end = /[.。]$/.exec(text)?.[0] ?? '';
  return splitFix(context, [first.endsWith(end) ? first : first + end, repeated + text.slice(start)]);
}

/** All that is said before the system, so that another one may follow. */
function conditionsOf({ text, sentence: { headStart, leads } }: CriterionContext, end: number): string {
  const said = text.slice(headStart, end);
  const last = leads.at(-1);
  return last === undefined || last.role === 'then' || /[,，;；、]\s*$/.test(said)
    ? said
    : `${said.trimEnd()}, `;
}

function articleFor(context: CriterionContext, name: string): string {
  return wantsArticle(name) ? `${likeKeywords(context, 'THE')} ` : '';
}

/** Where the first duty ends and the second begins, and what the second brings along. */
interface Joint {
  readonly cut: number;
  readonly start: number;
  readonly own: 'conditions' | 'system' | 'none';
}

/** @param between From the first SHALL up to the second. */
function jointOf(between: string): Joint | undefined {
  const joined = atEnd(JOINED, between);
  if (joined !== undefined) return { cut: joined, start: between.length, own: 'none' };
  const cut = Math.max(between.lastIndexOf(';'), between.search(/\.\s[^.]*$/));
  const last = between.slice(cut + 1);
  const condition = CONDITION.exec(last);
  if (condition !== null) {
    const start = cut + 1 + condition.index;
    return { cut: atEnd(JOINED, between.slice(0, start)) ?? start, start, own: 'conditions' };
  }
  if (cut !== -1 && !last.includes(',') && wordCount(last) <= LONGEST_NAME)
    return { cut, start: startAfterJoin(between, cut), own: 'system' };
  const named = atEnd(NAMED, between.trimEnd());
  return named === undefined
    ? undefined
    : { cut: named, start: startAfterJoin(between, named), own: 'system' };
}

/** Where a pattern for the end of a text matches; looking through all of it would take quadratic time. */
function atEnd(pattern: RegExp, text: string): number | undefined {
  const from = Math.max(0, text.length - LONGEST_END);
  const match = pattern.exec(text.slice(from));
  return match === null ? undefined : from + match.index;
}

function startAfterJoin(between: string, cut: number): number {
  return cut + (LEADING_JOIN.exec(between.slice(cut))?.[0].length ?? 0);
}
