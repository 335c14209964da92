import { strict as assert } from 'node:assert';
import { parseRequirements } from '../../../src/core/spec/requirements/parseRequirements';
import { describeProblem } from '../../support/describeSpec';
import { lintText } from '../../support/lintText';

/** Ids and texts of all criteria. */
function check(
  text: string,
  expected: readonly string[],
  kind: 'requirements' | 'bugfix' = 'requirements',
): void {
  const { requirements } = parseRequirements(text, kind);
  const criteria = requirements.flatMap((requirement) => requirement.criteria);
  assert.deepEqual(
    criteria.map((criterion) => `${criterion.id} ${criterion.text}`),
    expected,
  );
  for (const { text: words, range } of criteria) assert.equal(text.slice(range.start, range.end), words);
}

function checkProblems(
  text: string,
  expected: readonly string[],
  kind: 'requirements' | 'bugfix' = 'requirements',
): void {
  const problems = lintText(text, kind);
  assert.deepEqual(
    problems.filter(({ code }) => /^D|^E120/.test(code)).map((problem) => describeProblem(text, problem)),
    expected,
  );
}

const AC = '### Requirement 1\n\n#### Acceptance Criteria\n\n';
const A = 'THE S SHALL a';
const B = 'THE S SHALL b';
const RENUMBER = ' → Renumber this spec, with all that names its numbers';

describe('Reading requirements.md', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['an ordered list', `${AC}1. ${A}\n2. ${B}\n`, [`1.1 ${A}`, `1.2 ${B}`]],
    ['CRLF', `${AC}1. ${A}\n2. ${B}\n`.replaceAll('\n', '\r\n'), [`1.1 ${A}`, `1.2 ${B}`]],
    ['ids by position', `${AC}1. ${A}\n1. ${B}\n`, [`1.1 ${A}`, `1.2 ${B}`]],
    ['bullets', `${AC}- ${A}\n- ${B}\n`, [`1.1 ${A}`, `1.2 ${B}`]],
    ['labelled paragraphs', `${AC}1.1 ${A}\n\n1.4. ${B}\n`, [`1.1 ${A}`, `1.4 ${B}`]],
    ['labelled lines without a blank between', `${AC}1.1 ${A}\n1.2 ${B}\n`, [`1.1 ${A}`, `1.2 ${B}`]],
    ['bold labels', `${AC}**1.1** ${A}\n\n**1.2.** ${B}\n`, [`1.1 ${A}`, `1.2 ${B}`]],
    ['labels in items', `${AC}- **1.3** ${A}\n- 1.4: ${B}\n`, [`1.3 ${A}`, `1.4 ${B}`]],
    ['AC labels', `${AC}- AC-1.2: ${A}\n- **AC-7:** ${B}\n`, [`1.2 ${A}`, `1.7 ${B}`]],
    [
      'a number that is no label',
      `${AC}1. 2.5 seconds later, ${A}\n2. ${B}\n`,
      [`1.1 2.5 seconds later, ${A}`, `1.2 ${B}`],
    ],
    ['continuation lines', `${AC}1. THE S\n   SHALL a\n2. ${B}`, ['1.1 THE S\n   SHALL a', `1.2 ${B}`]],
    ['a list inside a criterion', `${AC}1. ${A}\n   - c\n2. ${B}`, [`1.1 ${A}`, `1.2 ${B}`]],
    [
      'a list that a criterion introduces',
      `${AC}1. ${A}:\n   - c\n   - d\n2. ${B}`,
      [`1.1 ${A}:\n   - c\n   - d`, `1.2 ${B}`],
    ],
    ['a comment between', `${AC}1. ${A}\n\n<!-- x -->\n\n2. ${B}`, [`1.1 ${A}`, `1.2 ${B}`]],
    ['a fence between', `${AC}1. ${A}\n\n\`\`\`\n1. ${A}\n\`\`\`\n2. ${B}`, [`1.1 ${A}`, `1.2 ${B}`]],
    ['what follows a bold head is none', `${AC}1. ${A}\n\n**Notes:**\n\n1. ${B}`, [`1.1 ${A}`]],
    [
      'lists behind bold sub-headings, which begin anew or go on',
      `${AC}**Happy path:**\n\n1. ${A}\n2. rings\n\n**Errors**:\n1. ${B}\n\n**Limits**\n\n4. c`,
      [`1.1 ${A}`, '1.2 rings', `1.3 ${B}`, '1.4 c'],
    ],
    [
      'bullets that are sub-headings',
      `${AC}- **Happy path:**\n  1. ${A}\n  2. rings\n- **Errors**\n  - ${B}\n`,
      [`1.1 ${A}`, '1.2 rings', `1.3 ${B}`],
    ],
    [
      'a sub-heading behind a list, and what is written in EARS below it',
      `${AC}1. rings\n\n**Errors:**\n\n1. ${B}\n2. not one\n`,
      ['1.1 rings', `1.2 ${B}`],
    ],
    [
      'a list that goes on behind a sub-heading',
      `${AC}1. rings\n\n**Errors:**\n\n2. hums\n3. stops\n`,
      ['1.1 rings', '1.2 hums', '1.3 stops'],
    ],
    [
      'a list that goes on behind a note',
      `${AC}1. ${A}\n\n**Note:** only by day.\n\n- no criterion\n\n2. ${B}\n`,
      [`1.1 ${A}`, `1.2 ${B}`],
    ],
    [
      'no notes between sub-headings',
      `${AC}**One**\n1. ${A}\n\n**Technical notes:**\n1. x\n\n**Two**\n1. ${B}\n`,
      [`1.1 ${A}`, `1.2 ${B}`],
    ],
    ['groups of criteria', `${AC}##### One\n1. ${A}\n##### Two\n2. ${B}`, [`1.1 ${A}`, `1.2 ${B}`]],
    ['the head as a bold paragraph', `## Requirement 2: X\n**Acceptance Criteria:**\n1. ${A}`, [`2.1 ${A}`]],
    ['the head at another level', `# Requirement 2\n## 1.3 Acceptance criteria\n1. ${A}`, [`2.1 ${A}`]],
    [
      'the head in the last line of a paragraph',
      `## Requirement 2\nAs a user\n**Acceptance Criteria**\n1. ${A}`,
      [`2.1 ${A}`],
    ],
    ['no head at all', `### Requirement 3\nSome words\n\n1. ${A}\n\n- not one\n`, [`3.1 ${A}`]],
    [
      'two requirements',
      `### Requirement 1\n1. ${A}\n### Requirement 2 - T\n1. ${B}`,
      [`1.1 ${A}`, `2.1 ${B}`],
    ],
    [
      'a requirement within another',
      `## Requirement 1\n1. ${A}\n### Requirement 1.1\n1. ${B}`,
      [`1.1 ${A}`, `1.1.1 ${B}`],
    ],
    ['other labels', `### US-3: T\n**Acceptance Criteria:**\n1. a\n`, ['US-3.1 a']],
    ['a section after the requirements', `${AC}1. ${A}\n## Notes\n1. ${B}`, [`1.1 ${A}`]],
    ['boxes', `${AC}- [ ] ${A}`, [`1.1 [ ] ${A}`]],
    ['an empty item', `${AC}1. ${A}\n2.\n3. ${B}`, [`1.1 ${A}`, `1.2 ${B}`]],
  ];
  for (const [name, text, expected] of cases) it(name, () => check(text, expected));

  it('reads titles, stories and the glossary with their ranges', () => {
    const text = [
      '# Requirements Document: Door',
      '## Glossary',
      '- **Door_Lock**: What locks\n  the door.',
      '- **Key (K)** - Opens.',
      '- Plain term: Words.',
      '## Requirements',
      '### Requirement 1: Entry\n',
      '**User Story:** As a guest, I want in,\nso that I am in.\n',
      '#### Acceptance Criteria\n1. WHEN a key fits, THE Door_Lock SHALL open',
    ].join('\n');
    const { title, glossary, requirements, sections } = parseRequirements(text);
    assert.equal(title, 'Requirements Document: Door');
    assert.deepEqual(
      glossary.map(({ name, definition, range }) => [
        name,
        definition,
        text.slice(range.start, range.end) === name,
      ]),
      [
        ['Door_Lock', 'What locks the door.', true],
        ['Key (K)', 'Opens.', true],
        ['Plain term', 'Words.', true],
      ],
    );
    const [requirement] = requirements;
    assert.equal(requirement?.title, 'Entry');
    assert.equal(requirement?.userStory?.text, 'As a guest, I want in,\nso that I am in.');
    assert.equal(
      text.slice(requirement?.range.start, requirement?.range.end),
      text.slice(text.indexOf('### R')),
    );
    assert.equal(sections.map(({ level }) => level).join(''), '12234');
  });

  it('reads a glossary written as a table', () => {
    const text =
      '## 2. Glossary\n\n| Term | Definition |\n|---|---|\n| **Work_Item** | A *thing* |\n|State|On|\n';
    const { glossary } = parseRequirements(text);
    assert.deepEqual(
      glossary.map(({ name, definition, range }) => [name, definition, text.slice(range.start, range.end)]),
      [
        ['Work_Item', 'A *thing*', 'Work_Item'],
        ['State', 'On', 'State'],
      ],
    );
  });
});

describe('Problems of the structure of requirements.md', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['none', `${AC}1. ${A}`, []],
    [
      'no requirement',
      '# Title\n\nwords',
      ['D01 no-requirements warning 1:1 "# Title" → Add a requirement to fill in'],
    ],
    ['an empty document', '', ['D01 no-requirements warning 1:1 "" → Add a requirement to fill in']],
    [
      'an empty list',
      `${AC}## Next`,
      ['D02 empty-criteria warning 3:1 "#### Acceptance Criteria" → Add a criterion to fill in'],
    ],
    [
      'nothing at all',
      '### Requirement 1\n\nwords',
      ['D02 empty-criteria warning 1:1 "### Requirement 1" → Add a criterion to fill in'],
    ],
    [
      'a requirement twice',
      `${AC}1. ${A}\n### Requirement 1\n1. ${B}`,
      ['D03 duplicate-requirement warning 6:1 "### Requirement 1" → Number it 2'],
    ],
    [
      'a requirement left out',
      `${AC}1. ${A}\n### Requirement 3\n1. ${B}`,
      [
        'D04 requirement-numbering hint 6:1 "### Requirement 3" → Renumber this spec, with all that names its numbers',
      ],
    ],
    ['an item left out', `${AC}1. ${A}\n3. ${B}`, [`E120 criterion-numbering hint 6:1 "3. ${B}"${RENUMBER}`]],
    [
      'a label left out',
      `${AC}1.1 ${A}\n1.3 ${B}`,
      [`E120 criterion-numbering hint 6:1 "1.3 ${B}"${RENUMBER}`],
    ],
    [
      'a label twice',
      `${AC}1.1 ${A}\n1.1 ${B}`,
      [`E120 duplicate-criterion warning 6:1 "1.1 ${B}" → Number it 1.2`],
    ],
    [
      'a label of another requirement',
      `${AC}1.1 ${A}\n2.2 ${B}`,
      [`E120 criterion-numbering hint 6:1 "2.2 ${B}"${RENUMBER}`],
    ],
    ['all ones', `${AC}1. ${A}\n1. ${B}\n1. ${A}`, []],
    [
      'a list that begins anew behind a sub-heading',
      `${AC}**One**\n1. ${A}\n2. ${B}\n\n**Two**\n1. ${B}\n2. ${A}`,
      [`E120 criterion-numbering hint 10:1 "1. ${B}"${RENUMBER}`],
    ],
  ];
  for (const [name, text, expected] of cases) it(name, () => checkProblems(text, expected));
});

describe('Reading bugfix.md', () => {
  const BUG = [
    '# Bugfix Requirements Document\n## Introduction\nIt fails.\n## Bug Analysis',
    '### Current Behavior (Defect)\n\n1.1 WHEN a user saves twice THEN the system stores two copies',
    '### Expected Behavior (Correct)\n\n2.1 WHEN a user saves twice THEN the system SHALL store one copy',
    '**2.2** WHEN a user saves THEN the system SHALL answer',
    '### Unchanged Behavior (Regression Prevention)\n\n- 3.1 WHEN a user loads THEN the system SHALL CONTINUE TO load',
  ].join('\n\n');

  it('gives its clauses as criteria of the requirements 1, 2 and 3', () => {
    const expected = [
      '1.1 WHEN a user saves twice THEN the system stores two copies',
      '2.1 WHEN a user saves twice THEN the system SHALL store one copy',
      '2.2 WHEN a user saves THEN the system SHALL answer',
      '3.1 WHEN a user loads THEN the system SHALL CONTINUE TO load',
    ];
    check(BUG, expected, 'bugfix');
    const { requirements, kind } = parseRequirements(BUG, 'bugfix');
    assert.equal(kind, 'bugfix');
    assert.deepEqual(
      requirements.map(({ id, title }) => `${id} ${title}`),
      [
        '1 Current Behavior (Defect)',
        '2 Expected Behavior (Correct)',
        '3 Unchanged Behavior (Regression Prevention)',
      ],
    );
  });

  it('does not ask the defect for a SHALL', () => {
    assert.deepEqual(lintText(BUG, 'bugfix'), []);
    const both = BUG.replaceAll('SHALL ', '');
    const codes = lintText(both, 'bugfix').map(({ code }) => code);
    assert.deepEqual(codes, ['E101', 'E101', 'E101']);
  });

  it('reads plain lists of clauses, and leaves explanations alone', () => {
    const text = '## Expected Behavior\n- words\n- WHEN a THEN the system SHALL b\n';
    check(text, ['2.1 WHEN a THEN the system SHALL b'], 'bugfix');
  });

  it('says when there is no clause', () => {
    checkProblems('# Bug', ['D01 no-requirements warning 1:1 "# Bug" → Add a defect to fill in'], 'bugfix');
    checkProblems(
      '## Current Behavior\n',
      ['D02 empty-criteria warning 1:1 "## Current Behavior" → Add a clause to fill in'],
      'bugfix',
    );
  });
});
