import type { Criterion } from '../../../ears/model';
import type { Requirement } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import type { RequirementsRule } from '../../rule';

interface Keyword {
  readonly range: TextRange;
  readonly word: string;
}

export const keywordCase: RequirementsRule = {
  scope: 'requirements',
  id: 'keyword-case',
  code: 'E116',
  title: 'Keywords in capitals and in small letters',
  levels: { recommended: 'hint', 'incose-full': 'hint' },
  why: 'In capitals, keywords stand out and are found by every tool. Whichever a file chooses, it should choose once.',
  bad: '### Requirement 1\n#### Acceptance Criteria\n1. WHEN a key fits, THE Door SHALL open\n2. WHEN a bell rings, THE Door SHALL close\n3. When a lamp burns, the Door shall wait',
  good: '### Requirement 1\n#### Acceptance Criteria\n1. WHEN a key fits, THE Door SHALL open\n2. WHEN a bell rings, THE Door SHALL close\n3. WHEN a lamp burns, THE Door SHALL wait',
  examplesIn: 'requirements',
  source: "Kiro's documents",
  check: ({ requirements }) => {
    if (!areMixed(requirements)) return [];
    const keywords = requirements.flatMap(({ criteria }) => criteria.flatMap(keywordsOf));
    const small = keywords.filter(({ word }) => word !== word.toUpperCase());
    const large = keywords.length - small.length;
    if (small.length === 0 || large === 0) return [];
    const toCapitals = large >= small.length;
    const minority = toCapitals ? small : keywords.filter((keyword) => !small.includes(keyword));
    const [first] = minority;
    if (first === undefined) return [];
    const many = minority.length === 1 ? 'One keyword is' : `${minority.length} keywords are`;
    const written = toCapitals ? 'in small letters' : 'in capitals';
    const edits = minority.map(({ range, word }) => ({
      range,
      newText: toCapitals ? word.toUpperCase() : word.toLowerCase(),
    }));
    return [
      {
        message: `${many} ${written}, the other ${keywords.length - minority.length} are not. Write them alike.`,
        range: first.range,
        fixes: [{ title: 'Write all keywords alike', safe: true, edits: () => edits }],
      },
    ];
  },
};

/** Articles are no keywords here (older documents write “WHEN … THEN the system SHALL”), nor are words in place of one. */
const KEYWORD = /^(?:where|while|when|if|then|given|for|shall)\b/i;

const CAPITALS: ReadonlySet<string> = new Set(['', 'THE', 'WHERE', 'WHILE', 'WHEN', 'IF', 'THEN', 'SHALL']);

/** Nearly every file writes its keywords in one way only: then there is no need to collect them. */
function areMixed(requirements: readonly Requirement[]): boolean {
  return requirements.some(({ criteria }) =>
    criteria.some(({ clauses }) => clauses.some(({ keyword }) => !CAPITALS.has(keyword))),
  );
}

function keywordsOf({ clauses }: Criterion): readonly Keyword[] {
  return clauses.flatMap(({ keyword, keywordRange: { start } }) => {
    // “SHALL not”, “For all”: what counts is the keyword.
    const word = KEYWORD.exec(keyword)?.[0];
    return word === undefined ? [] : [{ word, range: { start, end: start + word.length } }];
  });
}
