import type { Lead } from '../../../ears/leads';
import type { Criterion } from '../../../ears/model';
import { trimSpan } from '../../../ears/spans';
import type { RequirementsDocument } from '../../../spec/model';
import type { TextEdit } from '../../../util/textRange';
import { rewrite } from '../rewrite';
import { sentenceRule } from './sentenceRule';

const COMMA_LAST = /[,，;；:：、]\s*$/;

export const missingComma = sentenceRule(
  {
    id: 'missing-comma',
    code: 'E106',
    title: 'No comma before the system',
    levels: { recommended: 'hint', 'incose-full': 'hint', strict: 'warning' },
    why: 'The comma shows where the condition ends and the duty begins. Without it a reader, and a parser, has to guess.',
    bad: 'WHEN a key fits THE Door SHALL open',
    good: 'WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2016',
  },
  ({ criterion, dialect, document }) => {
    const { subject } = criterion.sentence;
    const edit = commaFor(criterion);
    if (edit === undefined || subject === undefined) return [];
    if (dialect !== 'strict' && marksByArticle(criterion) && doesWithout(document)) return [];
    return [
      {
        message: 'A comma belongs between the condition and the system.',
        range: { start: subject.start, end: subject.name.end },
        fixes: [rewrite('Insert a comma', true, [edit])],
      },
    ];
  },
);

/** The comma that is missing; a line of its own for the system does what a comma does. */
function commaFor(criterion: Criterion): TextEdit | undefined {
  const { text, sentence } = criterion;
  const { subject } = sentence;
  const last = sentence.leads.at(-1);
  if (last === undefined || subject === undefined || !endsWithComma(last)) return undefined;
  if (COMMA_LAST.test(text.slice(last.keyword.end, subject.start))) return undefined;
  const { start, end } = trimSpan(text, { start: last.keyword.end, end: subject.start });
  if (start === end) return undefined;
  const between = text.slice(end, subject.start);
  if (/[,，;；:：、—–\r\n]/.test(between) || /[,，;；:：、。.—–]\s*$/.test(text.slice(0, end)))
    return undefined;
  return { range: { start: end, end }, newText: ',' };
}

/** `WHEN a key fits THE Door SHALL open`, as Kiro's own documentation writes it: the capitals show where the condition ends. */
function marksByArticle({ text, sentence: { subject } }: Criterion): boolean {
  return subject !== undefined && text.slice(subject.article.start, subject.article.end) === 'THE';
}

/** So many sentences without a comma are a habit; a single one may be a slip. */
const HABIT = 2;
const habits = new WeakMap<RequirementsDocument, boolean>();

/** Do most of a document's sentences mark the system by its article alone? */
function doesWithout(document: RequirementsDocument): boolean {
  let habit = habits.get(document);
  if (habit === undefined) {
    const marked = document.requirements
      .flatMap(({ criteria }) => criteria)
      .filter(
        (criterion) => criterion.sentence.leads.slice(-1).some(endsWithComma) && marksByArticle(criterion),
      );
    const without = marked.filter((criterion) => commaFor(criterion) !== undefined).length;
    habit = without >= HABIT && without * 2 > marked.length;
    habits.set(document, habit);
  }
  return habit;
}

/** THEN ends a condition by itself, and IF asks for THEN. */
function endsWithComma({ role }: Lead): boolean {
  return role !== 'then' && role !== 'if';
}
