/** What a document lacks, as a beginning to fill in. */
import { criterionLines, markerOf } from '../../../spec/edits/criterionList';
import { eolOf, insertLines, linesAround } from '../../../spec/edits/lines';
import type { Fix, SpecDocument } from '../../../spec/model';
import type { Mend } from '../../rule';
import { rewrite } from '../rewrite';

const CRITERION = '1. WHEN TBD, THE System SHALL TBD';
const CLAUSES = {
  defect: 'WHEN TBD THEN TBD',
  expected: 'WHEN TBD THEN the system SHALL TBD',
  unchanged: 'WHEN TBD THEN the system SHALL CONTINUE TO TBD',
} as const;

export const firstRequirement: Mend = (_finding, document) =>
  document.kind === 'bugfix'
    ? [
        append(document, 'Add a defect to fill in', [
          '### Current Behavior (Defect)',
          `1.1 ${CLAUSES.defect}`,
          '### Expected Behavior (Correct)',
          `2.1 ${CLAUSES.expected}`,
        ]),
      ]
    : [
        append(document, 'Add a requirement to fill in', [
          '### Requirement 1: TBD',
          '#### Acceptance Criteria',
          CRITERION,
        ]),
      ];

export const firstTask: Mend = (_finding, document) => [
  append(document, 'Add a task to fill in', ['- [ ] 1. TBD']),
];

/** Below its heading “Acceptance Criteria”, or with that heading at the requirement's end. */
export const firstCriterion: Mend = ({ range }, document) => {
  if (document.kind !== 'requirements' && document.kind !== 'bugfix') return [];
  const { text } = document;
  const requirement = document.requirements.findLast(
    (each) => each.headingRange.start <= range.start && range.start <= each.range.end,
  );
  const heading = linesAround(text, range).end;
  if (document.kind === 'bugfix') {
    const id = requirement?.id ?? '1';
    const clause = id === '1' ? CLAUSES.defect : id === '2' ? CLAUSES.expected : CLAUSES.unchanged;
    return [insert(document, 'Add a clause to fill in', heading, [`${id}.1 ${clause}`])];
  }
  const title = 'Add a criterion to fill in';
  if (requirement === undefined || range.start !== requirement.headingRange.start)
    return [insert(document, title, heading, [CRITERION])];
  const end = Math.max(heading, text.slice(0, requirement.range.end).trimEnd().length);
  return [insert(document, title, end, ['#### Acceptance Criteria', CRITERION])];
};

/** `2.n`, on the condition of the defect `1.n`. */
export const counterpart: Mend = ({ range }, document) => {
  if (document.kind !== 'bugfix') return [];
  const criterion = document.requirements
    .flatMap(({ criteria }) => criteria)
    .find((each) => each.range.start === range.start);
  const expected = document.requirements.find(({ id }) => id === '2');
  const like = expected?.criteria.at(-1);
  const [whole = '', condition = ''] = /^(.*?\s)THEN\b/is.exec(criterion?.text ?? '') ?? [];
  if (criterion === undefined || expected === undefined || like === undefined || whole === '') return [];
  const number = `2${criterion.id.slice(criterion.id.indexOf('.'))}`;
  const position = expected.criteria.filter(({ id }) => isBefore(id, number)).length;
  const words = `${markerOf(document, like, number)}${condition.replace(/\s+/g, ' ')}THEN the system SHALL TBD`;
  return [
    rewrite(`Add ${number} to fill in`, false, [
      insertLines(document.text, criterionLines(document, expected), position, words),
    ]),
  ];
};

function isBefore(id: string, other: string): boolean {
  return id.localeCompare(other, 'en', { numeric: true }) < 0;
}

function append(document: SpecDocument, title: string, parts: readonly string[]): Fix {
  return insert(document, title, document.text.trimEnd().length, parts);
}

/** Paragraphs, with a blank line before each, behind a place. */
function insert({ text }: SpecDocument, title: string, at: number, parts: readonly string[]): Fix {
  const eol = eolOf(text);
  const blank = eol + eol;
  const isFirst = /^\uFEFF?\s*$/.test(text.slice(0, at));
  return rewrite(title, false, [
    { range: { start: at, end: at }, newText: (isFirst ? '' : blank) + parts.join(blank) },
  ]);
}
