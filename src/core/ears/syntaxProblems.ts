/** What is wrong with a criterion's form, in the dialect that Kiro's documents use. */
import type { Problem } from '../spec/model';
import type { TextRange } from '../util/textRange';
import { insertThen } from './insertThen';
import type { Lead } from './leads';
import { leadBody, type Sentence } from './parseSentence';
import { shift, trimSentence, trimSpan } from './spans';

/** A finding whose offsets count from the start of the criterion's text. */
type Check = (text: string, sentence: Sentence) => readonly Problem[];

const RANKS: Partial<Record<Lead['role'], number>> = { where: 0, while: 1, when: 2, if: 2 };
const isTrigger = ({ role }: Lead): boolean => role === 'when' || role === 'if';

/** The findings of one criterion, ranges in the document, in the order of the text. */
export function syntaxProblems(text: string, sentence: Sentence, offset: number): Problem[] {
  if (text.trim() === '') return [];
  const checks = sentence.modal === undefined ? [missingShall] : CHECKS;
  return checks
    .flatMap((check) => check(text, sentence))
    .map((problem) => moved(problem, offset))
    .sort((a, b) => a.range.start - b.range.start);
}

function moved(problem: Problem, offset: number): Problem {
  const range = shift(problem.range, offset);
  if (problem.fix === undefined) return { ...problem, range };
  const edits = problem.fix.edits.map((edit) => ({ ...edit, range: shift(edit.range, offset) }));
  return { ...problem, range, fix: { ...problem.fix, edits } };
}

const missingShall: Check = (text, sentence) => [
  {
    rule: 'missing-shall',
    code: 'E101',
    severity: 'warning',
    message: 'No SHALL: this does not say what the system must do. Write “THE <System> SHALL <response>”.',
    range: trimSentence(text, { start: Math.min(sentence.start, text.length), end: text.length }),
  },
];

const weakModal: Check = (text, sentence) => {
  const { modal } = sentence;
  if (modal === undefined || !modal.weak) return [];
  const word = text.slice(modal.word.start, modal.word.end);
  const certain = !/^(?:may|can)$/i.test(word);
  const newText = writtenInCapitals(text, sentence) ? 'SHALL' : 'shall';
  const advice = certain ? 'Write SHALL.' : 'Write SHALL, or WHERE <feature> … SHALL if it is optional.';
  const problem: Problem = {
    rule: 'weak-modal',
    code: 'E102',
    severity: 'warning',
    message: `“${word}” leaves open whether this is required. ${advice}`,
    range: modal.word,
  };
  return [
    certain
      ? { ...problem, fix: { title: `Replace by ${newText}`, edits: [{ range: modal.word, newText }] } }
      : problem,
  ];
};

/** Does the sentence write its keywords in capitals? */
function writtenInCapitals(text: string, { modal, leads, subject }: Sentence): boolean {
  const keywords = [modal?.word, subject?.article, ...leads.map(({ keyword }) => keyword)];
  return keywords.some((range) =>
    /^[A-Z]{2}/.test(range === undefined ? '' : text.slice(range.start, range.end)),
  );
}

const missingSystem: Check = (_, { modal, subject }) =>
  modal === undefined || subject !== undefined
    ? []
    : [
        {
          rule: 'missing-system',
          code: 'E103',
          severity: 'error',
          message: 'It is not said which system SHALL do this. Name it before SHALL: “THE <System> SHALL”.',
          range: modal.word,
        },
      ];

const clauseOrder: Check = (text, { leads }) => {
  const ranked = leads.filter(({ role }) => RANKS[role] !== undefined);
  const rankOf = (lead: Lead | undefined) => (lead === undefined ? 0 : (RANKS[lead.role] ?? 0));
  const late = ranked.find((lead, index) => index > 0 && rankOf(lead) < rankOf(ranked[index - 1]));
  if (late === undefined) return [];
  const word = text.slice(late.keyword.start, late.keyword.end);
  const message = `“${word}” comes too late: the order is WHERE, WHILE, then WHEN or IF.`;
  return [{ rule: 'clause-order', code: 'E105', severity: 'warning', message, range: late.keyword }];
};

const ifWithoutThen: Check = (text, { leads, subject }) => {
  const last = leads.at(-1);
  if (last?.role !== 'if') return [];
  const capitals = text.slice(last.keyword.start, last.keyword.end) === 'IF';
  const problem: Problem = {
    rule: 'if-without-then',
    code: 'E107',
    severity: 'hint',
    message: 'IF is followed by THEN: “IF <condition>, THEN THE <System> SHALL”.',
    range: last.keyword,
  };
  if (subject === undefined) return [problem];
  const edits = [insertThen(text, subject.start, capitals ? 'THEN' : 'then')];
  return [{ ...problem, fix: { title: `Insert ${capitals ? 'THEN' : 'then'}`, edits } }];
};

const multipleTriggers: Check = (_, { leads }) => {
  const second = leads.filter(isTrigger)[1];
  if (second === undefined) return [];
  const message =
    'A second trigger: join it to the first with AND, make it a WHILE, or write a second criterion.';
  return [{ rule: 'multiple-triggers', code: 'E109', severity: 'warning', message, range: second.keyword }];
};

const thenWithoutCondition: Check = (text, { leads }) => {
  const index = leads.findIndex(({ role }) => role === 'then');
  const then = leads[index];
  if (then === undefined || leads.some(isTrigger)) return [];
  const after = /^[\s,]*/.exec(text.slice(then.keyword.end))?.[0].length ?? 0;
  const before = trimSpan(text, { start: 0, end: then.keyword.start }).end;
  // WHILE and WHERE are followed by a comma, which THEN may have stood for.
  const comma = index > 0 && !/[,，]/.test(text.slice(before, then.keyword.start));
  const start = comma ? before : then.keyword.start;
  const removal = { range: { start, end: then.keyword.end + after }, newText: comma ? ', ' : '' };
  return [
    {
      rule: 'then-without-condition',
      code: 'E110',
      severity: 'warning',
      message: 'THEN without WHEN or IF. Leave it out, or say which event it follows.',
      range: then.keyword,
      fix: { title: 'Remove THEN', edits: [removal] },
    },
  ];
};

const secondShall: Check = (_, { modal, masked }) => {
  const match = modal === undefined ? null : /\bshall\b/i.exec(masked.slice(modal.whole.end));
  if (modal === undefined || match === null) return [];
  const start = modal.whole.end + match.index;
  return [
    {
      rule: 'second-shall',
      code: 'E112',
      severity: 'warning',
      message:
        'A second SHALL: this is two requirements. Write a criterion for each, so that each can be tested.',
      range: { start, end: start + match[0].length },
    },
  ];
};

const TRAILING =
  /(?<!\b(?:whether|determines?|checks?|see|and|or|as|even|only|know|detects?)\s)\b(?:when|while(?!\s+\w+ing\b)|if|unless)\b(?!\s+(?:possible|needed|applicable|appropriate|necessary|available|feasible|any(?=\s*(?:[,.;)]|$)))\b)/i;

const trailingCondition: Check = (text, { modal, masked }) => {
  const match = modal === undefined ? null : TRAILING.exec(masked.slice(modal.whole.end));
  if (modal === undefined || match === null || match.index === 0) return [];
  const start = modal.whole.end + match.index;
  const word = text.slice(start, start + match[0].length);
  const message = `A condition after the response (“${word}”) is easily overlooked. Move it to the front of the sentence.`;
  return [
    {
      rule: 'trailing-condition',
      code: 'E113',
      severity: 'hint',
      message,
      range: { start, end: start + word.length },
    },
  ];
};

const emptyResponse: Check = (text, { modal }) => {
  if (modal === undefined || !isEmpty(trimSentence(text, { start: modal.whole.end, end: text.length })))
    return [];
  const message = 'Nothing follows SHALL. Say what the system does.';
  return [{ rule: 'empty-response', code: 'E114', severity: 'error', message, range: modal.whole }];
};

const emptyClause: Check = (text, sentence) =>
  sentence.leads.flatMap(({ role, keyword }, index): readonly Problem[] => {
    if (role === 'then' || !isEmpty(trimSpan(text, leadBody(sentence, index)))) return [];
    const word = text.slice(keyword.start, keyword.end);
    const message = `Nothing follows ${word}. Say the condition, or leave ${word} out.`;
    return [{ rule: 'empty-clause', code: 'E115', severity: 'error', message, range: keyword }];
  });

function isEmpty(range: TextRange): boolean {
  return range.start >= range.end;
}

const CHECKS: readonly Check[] = [
  weakModal,
  missingSystem,
  clauseOrder,
  ifWithoutThen,
  multipleTriggers,
  thenWithoutCondition,
  secondShall,
  trailingCondition,
  emptyResponse,
  emptyClause,
];
