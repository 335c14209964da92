/** Criteria in the forms that people write beside Kiro's own numbered list. */
import { strict as assert } from 'node:assert';
import { parseRequirements } from '../../../src/core/spec/requirements/parseRequirements';
import { checkRanges } from '../../support/checkRanges';

const AC = '### Requirement 1\n\n#### Acceptance Criteria\n\n';
const BARE = '### Requirement 1\n\n';
const A = 'WHEN a key fits, THE Door SHALL open';
const B = 'THE Door SHALL ring';

/** Ids, what names them, and texts; line breaks as bars. */
function check(text: string, expected: readonly string[]): void {
  for (const words of [text, text.replaceAll('\n', '\r\n')]) {
    const document = parseRequirements(words);
    checkRanges(words, document);
    const found = document.requirements.flatMap(({ criteria }) => criteria);
    assert.deepEqual(
      found.map((each) => {
        const named = words.slice(each.idRange.start, each.idRange.end);
        return `${each.id}${named === '' ? '' : ` [${named}]`} ${each.text.replace(/[ \t]*(?:\r\n|\n)\s*/g, ' | ')}`;
      }),
      expected,
    );
  }
}

describe('Criteria as paragraphs with keywords', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    [
      'one on several lines, another below it',
      `${AC}**WHEN** a key fits  \n**THEN** the door **SHALL** open  \n**AND** it **SHALL** ring\n\n**IF** no key fits  \n**THEN** the door **SHALL** stay shut`,
      [
        '1.1 **WHEN** a key fits | **THEN** the door **SHALL** open | **AND** it **SHALL** ring',
        '1.2 **IF** no key fits | **THEN** the door **SHALL** stay shut',
      ],
    ],
    [
      'one for each line',
      `${AC}${A}\n${B}\nIF no key fits THEN THE Door SHALL ring\n`,
      [`1.1 ${A}`, `1.2 ${B}`, '1.3 IF no key fits THEN THE Door SHALL ring'],
    ],
    [
      'one in several paragraphs',
      `${AC}**GIVEN** a key\n\n**WHEN** it fits\n\n**THEN** the door opens\n\n**WHEN** it breaks\n\n**THEN** the door rings`,
      [
        '1.1 **GIVEN** a key | **WHEN** it fits | **THEN** the door opens',
        '1.2 **WHEN** it breaks | **THEN** the door rings',
      ],
    ],
    [
      'a sentence that goes on with small keywords',
      `${AC}WHEN a key fits, THE Door SHALL open\nwhen the lock is free\nIF it is not locked`,
      [`1.1 ${A} | when the lock is free | IF it is not locked`],
    ],
    [
      'small keywords, where the heading says what they are',
      `${AC}When a key fits, the door shall open.\n\nThe door shall ring.\n\nIf in doubt, ask.`,
      ['1.1 When a key fits, the door shall open.', '1.2 The door shall ring.'],
    ],
    [
      'no head, each item of a list in which one is in EARS',
      `${BARE}1. \`open(key)\` → the door\n2. It rings twice.\n3. ${A}\n4. No bell.\n\nSteps:\n\n1. Take the key.`,
      ['1.1 [1] `open(key)` → the door', '1.2 [2] It rings twice.', `1.3 [3] ${A}`, '1.4 [4] No bell.'],
    ],
    [
      'no head, with the words of RFC 2119',
      `${BARE}1. The door MUST open.\n2. It may ring.\n\n### Requirement 2\n\n- A bell MAY be added.\n- It may ring.`,
      ['1.1 [1] The door MUST open.', '1.2 [2] It may ring.', '2.1 A bell MAY be added.'],
    ],
    ['right below their head', `${BARE}**Acceptance Criteria:**\n${A}\n${B}`, [`1.1 ${A}`, `1.2 ${B}`]],
    ['no head, in capitals', `${BARE}Words.\n\n${A}\n\n${B}`, [`1.1 ${A}`, `1.2 ${B}`]],
    [
      'keywords with colons',
      `${AC}**GIVEN**: a key\n**WHEN:** it fits\n**THEN:** the door opens`,
      ['1.1 **GIVEN**: a key | **WHEN:** it fits | **THEN:** the door opens'],
    ],
    ['a sub-heading between them', `${AC}${A}\n\n**Errors:**\n\n${B}`, [`1.1 ${A}`, `1.2 ${B}`]],
    ['in bold as a whole', `${AC}**${A}**\n\n**${B}**`, [`1.1 **${A}**`, `1.2 **${B}**`]],
    [
      'a list that one introduces',
      `${AC}${A}:\n\n- at once\n- wide\n\n${B}`,
      [`1.1 ${A}: |  | - at once | - wide`.replace(' |  |', ' |'), `1.2 ${B}`],
    ],
    [
      'numbers that Markdown reads as text',
      `${AC}**One:**\n1. ${A}\n\n**Two:**\n2. ${B}\n3. ${A}`,
      [`1.1 [1] ${A}`, `1.2 [2] ${B}`, `1.3 [3] ${A}`],
    ],
  ];
  for (const [name, text, expected] of cases) it(`reads ${name}`, () => check(text, expected));

  const none: readonly (readonly [name: string, text: string])[] = [
    [
      'prose about criteria',
      `${AC}When all of them are met, we are done.\nThe team decides.\n\nIf not, we go on.`,
    ],
    [
      'prose without a head',
      `${BARE}When a key fits, the door shall open.\n\nThe Door SHALL be described below.`,
    ],
    ['a condition alone', `${BARE}IF YOU READ THIS\n\nWHERE to find more: the handbook`],
    [
      'numbered prose',
      `${BARE}1. Open the door.\n2. If it rings, leave.\n   And close it.`.replace('If', 'Then'),
    ],
    ['a note in bold', `${AC}**Note:** WHEN in doubt, ask.\n\n**Priority:** High`],
    ['a title that begins like a condition', `${AC}**When to use:** in doubt.\n\n**If needed**\n\nNothing.`],
  ];
  for (const [name, text] of none) it(`finds none in ${name}`, () => check(text, []));
});

describe('Criteria below an item', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    [
      'with numbers',
      `${BARE}- User Story: As a guest, I want in.\n- Acceptance Criteria (EARS):\n  1) ${A}\n  2) it rings\n- Priority: 1`,
      [`1.1 [1] ${A}`, '1.2 [2] it rings'],
    ],
    [
      'with bullets',
      `${BARE}* **Acceptance criteria:**\n    * ${A}\n    * it rings\n* **Notes:** none\n`,
      [`1.1 ${A}`, '1.2 it rings'],
    ],
  ];
  for (const [name, text, expected] of cases) it(`are read ${name}`, () => check(text, expected));
});

describe('Criteria as scenarios', () => {
  const steps = '- **GIVEN** a key\n- **WHEN** it fits\n- **THEN** the door opens\n- **AND** it rings\n';
  const read = '**GIVEN** a key | - **WHEN** it fits | - **THEN** the door opens | - **AND** it rings';
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    [
      'bullets',
      `${AC}${steps}- **WHEN** it breaks\n- **THEN** it rings`,
      [`1.1 ${read}`, '1.2 **WHEN** it breaks | - **THEN** it rings'],
    ],
    [
      'headings',
      `${AC}##### Scenario: A key\n\n${steps}\n##### Scenario: Another\n\n${steps}`,
      [`1.1 ${read}`, `1.2 ${read}`],
    ],
    [
      'bold paragraphs',
      `${AC}**Scenario 1: A key**\n\n${steps}\n**Scenario 2:** Another\n\n${steps}`,
      [`1.1 ${read}`, `1.2 ${read}`],
    ],
    [
      'bullets with nested bullets',
      `${AC}- Scenario: A key\n${indented(steps)}- Scenario: Another\n${indented(steps)}`,
      [`1.1 ${read}`, `1.2 ${read}`],
    ],
    [
      'items with nested bullets',
      `${AC}1. Scenario: A key\n${indented(steps)}2. **Another key**\n${indented(steps)}`,
      [`1.1 [1] ${read}`, `1.2 [2] ${read}`],
    ],
    [
      'check boxes',
      `${AC}- [ ] WHEN a key fits\n- [ ] THEN the door opens\n- [x] WHEN it breaks THEN it rings`,
      ['1.1 [ ] WHEN a key fits | - [ ] THEN the door opens', '1.2 [x] WHEN it breaks THEN it rings'],
    ],
    [
      'an item whose outcome is nested',
      `${AC}1. WHEN a key fits\n   - THEN the door opens\n   - AND it rings\n2. ${B}`,
      ['1.1 [1] WHEN a key fits | - THEN the door opens | - AND it rings', `1.2 [2] ${B}`],
    ],
    [
      'paragraphs',
      `${AC}Scenario: A key\nGIVEN a key\nWHEN it fits\nTHEN the door opens\nScenario: None\nWHEN none fits\nTHEN it rings`,
      ['1.1 GIVEN a key | WHEN it fits | THEN the door opens', '1.2 WHEN none fits | THEN it rings'],
    ],
    ['no head', `${BARE}#### Scenario: A key\n\n${steps}`, [`1.1 ${read}`]],
    [
      'one sentence for each item',
      `${AC}1. **Scenario:** Given a key, when it fits, then the door opens\n2. ${B}`,
      ['1.1 [1] **Scenario:** Given a key, when it fits, then the door opens', `1.2 [2] ${B}`],
    ],
  ];
  for (const [name, text, expected] of cases) it(`reads ${name}`, () => check(text, expected));

  it('counts items with numbers one by one', () => {
    check(`${AC}1. GIVEN a key\n2. WHEN it fits\n3. THEN the door opens`, [
      '1.1 [1] GIVEN a key',
      '1.2 [2] WHEN it fits',
      '1.3 [3] THEN the door opens',
    ]);
  });

  it('takes the sentence apart without the markers in between', () => {
    const [criterion] =
      parseRequirements(`${AC}- **WHEN** a key fits\n- **THEN** the door **SHALL** open\n`).requirements[0]
        ?.criteria ?? [];
    assert.deepEqual(
      criterion?.clauses.map(({ role, text }) => `${role} ${text}`),
      ['when a key fits', 'then ', 'system door', 'response open'],
    );
  });
});

function indented(list: string): string {
  return list.replace(/^/gm, '   ').trimEnd().concat('\n');
}
