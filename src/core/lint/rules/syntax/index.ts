/** What is wrong with a criterion's form. To be split: one file a rule. */
import { insertThen } from '../../../ears/insertThen';
import type { Lead } from '../../../ears/leads';
import { leadBody, type Sentence } from '../../../ears/parseSentence';
import { shift, trimSentence, trimSpan } from '../../../ears/spans';
import type { Severity } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import type { CriterionRule, Found } from '../../rule';

/** A finding whose offsets count from the start of the criterion's text. */
type Check = (text: string, sentence: Sentence) => readonly Found[];

const RANKS: Partial<Record<Lead['role'], number>> = { where: 0, while: 1, when: 2, if: 2 };
const isTrigger = ({ role }: Lead): boolean => role === 'when' || role === 'if';

const missingShall: Check = (text, sentence) => [
  {
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
  const problem: Found = {
    message: `“${word}” leaves open whether this is required. ${advice}`,
    range: modal.word,
  };
  return [
    certain
      ? {
          ...problem,
          fixes: [
            { title: `Replace by ${newText}`, safe: true, edits: () => [{ range: modal.word, newText }] },
          ],
        }
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
  return [{ message, range: late.keyword }];
};

const ifWithoutThen: Check = (text, { leads, subject }) => {
  const last = leads.at(-1);
  if (last?.role !== 'if') return [];
  const capitals = text.slice(last.keyword.start, last.keyword.end) === 'IF';
  const problem: Found = {
    message: 'IF is followed by THEN: “IF <condition>, THEN THE <System> SHALL”.',
    range: last.keyword,
  };
  if (subject === undefined) return [problem];
  const edits = [insertThen(text, subject.start, capitals ? 'THEN' : 'then')];
  return [
    {
      ...problem,
      fixes: [{ title: `Insert ${capitals ? 'THEN' : 'then'}`, safe: true, edits: () => edits }],
    },
  ];
};

const multipleTriggers: Check = (_, { leads }) => {
  const second = leads.filter(isTrigger)[1];
  if (second === undefined) return [];
  const message =
    'A second trigger: join it to the first with AND, make it a WHILE, or write a second criterion.';
  return [{ message, range: second.keyword }];
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
      message: 'THEN without WHEN or IF. Leave it out, or say which event it follows.',
      range: then.keyword,
      fixes: [{ title: 'Remove THEN', safe: true, edits: () => [removal] }],
    },
  ];
};

const secondShall: Check = (_, { modal, masked }) => {
  const match = modal === undefined ? null : /\bshall\b/i.exec(masked.slice(modal.whole.end));
  if (modal === undefined || match === null) return [];
  const start = modal.whole.end + match.index;
  return [
    {
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
      message,
      range: { start, end: start + word.length },
    },
  ];
};

const emptyResponse: Check = (text, { modal }) => {
  if (modal === undefined || !isEmpty(trimSentence(text, { start: modal.whole.end, end: text.length })))
    return [];
  const message = 'Nothing follows SHALL. Say what the system does.';
  return [{ message, range: modal.whole }];
};

const emptyClause: Check = (text, sentence) =>
  sentence.leads.flatMap(({ role, keyword }, index): readonly Found[] => {
    if (role === 'then' || !isEmpty(trimSpan(text, leadBody(sentence, index)))) return [];
    const word = text.slice(keyword.start, keyword.end);
    const message = `Nothing follows ${word}. Say the condition, or leave ${word} out.`;
    return [{ message, range: keyword }];
  });

function isEmpty(range: TextRange): boolean {
  return range.start >= range.end;
}

function rule(id: string, code: string, level: Severity, check: Check): CriterionRule {
  return {
    scope: 'criterion',
    id,
    code,
    title: id,
    levels: { recommended: level, 'incose-full': level },
    why: '',
    bad: '',
    good: '',
    source: 'EARS 2016',
    check: ({ criterion: { text, sentence, range } }) => {
      if (text.trim() === '' || (sentence.modal === undefined) !== (check === missingShall)) return [];
      return check(text, sentence).map((found) => moved(found, range.start));
    },
  };
}

function moved(found: Found, offset: number): Found {
  const range = shift(found.range, offset);
  if (found.fixes === undefined) return { ...found, range };
  const fixes = found.fixes.map((fix) => ({
    ...fix,
    edits: () => fix.edits().map((edit) => ({ ...edit, range: shift(edit.range, offset) })),
  }));
  return { ...found, range, fixes };
}

export const syntaxRules: readonly CriterionRule[] = [
  rule('missing-shall', 'E101', 'warning', missingShall),
  rule('weak-modal', 'E102', 'warning', weakModal),
  rule('missing-system', 'E103', 'error', missingSystem),
  rule('clause-order', 'E105', 'warning', clauseOrder),
  rule('if-without-then', 'E107', 'hint', ifWithoutThen),
  rule('multiple-triggers', 'E109', 'warning', multipleTriggers),
  rule('then-without-condition', 'E110', 'warning', thenWithoutCondition),
  rule('second-shall', 'E112', 'warning', secondShall),
  rule('trailing-condition', 'E113', 'hint', trailingCondition),
  rule('empty-response', 'E114', 'error', emptyResponse),
  rule('empty-clause', 'E115', 'error', emptyClause),
];
