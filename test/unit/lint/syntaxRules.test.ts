import { strict as assert } from 'node:assert';
import { applyEdits } from '../../../src/core/util/textRange';
import { lintCriterion } from '../../support/lintText';

/** Expected: `CODE severity "words"`; with fixes, `→ the text after it` for each. */
function check(text: string, expected: readonly string[]): void {
  const problems = lintCriterion(text).filter(({ code }) => code.startsWith('E'));
  assert.deepEqual(
    problems.map(({ code, severity, range, fixes = [] }) =>
      [
        `${code} ${severity} "${text.slice(range.start, range.end)}"`,
        ...fixes.map((fix) => applyEdits(text, fix.edits())),
      ].join(' → '),
    ),
    expected,
  );
}

const cases: readonly (readonly [text: string, expected: readonly string[]])[] = [
  ['WHEN a fits, THE Door SHALL open', []],
  ['WHEN a fits THEN the door SHALL open', []],
  ['', []],
  ['The door opens.', ['E101 warning "The door opens" → THE System SHALL ensure that the door opens.']],
  ['THE System open the lock', ['E101 warning "THE System open the lock" → THE System SHALL open the lock']],
  [
    'WHEN a, the system copies b',
    ['E101 warning "WHEN a, the system copies b" → WHEN a, the system SHALL copy b'],
  ],
  [
    'WHEN a THEN the system quickly pushes b',
    ['E101 warning "WHEN a THEN the system quickly pushes b" → WHEN a THEN the system SHALL quickly push b'],
  ],
  ['The system does not open', ['E101 warning "The system does not open" → The system SHALL NOT open']],
  ['The system is not seen', ['E101 warning "The system is not seen" → The system SHALL NOT be seen']],
  [
    'The system logs show it',
    ['E101 warning "The system logs show it" → THE System SHALL ensure that the system logs show it'],
  ],
  [
    'The system status is seen',
    ['E101 warning "The system status is seen" → THE System SHALL ensure that the system status is seen'],
  ],
  [
    'GIVEN a WHEN b THEN c',
    ['E101 warning "GIVEN a WHEN b THEN c" → WHILE a, WHEN b, THE System SHALL ensure that c'],
  ],
  [
    'GIVEN a WHEN b THEN opens c.',
    ['E101 warning "GIVEN a WHEN b THEN opens c" → WHILE a, WHEN b, THE System SHALL open c.'],
  ],
  [
    'Given a, and when b, then the system opens c',
    [
      'E101 warning "Given a, and when b, then the system opens c" → WHILE a, WHEN b, the system SHALL open c',
    ],
  ],
  ['✅ Done', ['E101 warning "Done"']],
  ['The door should open', ['E102 warning "should" → The door shall open']],
  ['THE Door MUST open', ['E102 warning "MUST" → THE Door SHALL open']],
  ['WHEN a, THE Door will not open', ['E102 warning "will" → WHEN a, THE Door SHALL not open']],
  ['The door needs to open', ['E102 warning "needs to" → The door shall open']],
  ['The door is required to open', ['E102 warning "is required to" → The door shall open']],
  [
    'The door may ring',
    [
      'E102 warning "may" → The door shall ring → where [NEEDS CLARIFICATION: which feature], The door shall ring',
    ],
  ],
  [
    'IF a THEN the door can ring',
    [
      'E102 warning "can" → IF a THEN the door SHALL ring → WHERE [NEEDS CLARIFICATION: which feature], IF a THEN the door SHALL ring',
    ],
  ],
  ['WHERE a, the door may ring', ['E102 warning "may" → WHERE a, the door SHALL ring']],
  ['WHEN a, SHALL open', ['E103 error "SHALL" → WHEN a, THE System SHALL open']],
  ['WHEN a THEN SHALL open', ['E103 error "SHALL" → WHEN a THEN THE System SHALL open']],
  ['SHALL open', ['E103 error "SHALL" → THE System SHALL open']],
  ['THE SHALL open', ['E103 error "SHALL" → THE System SHALL open']],
  ['WHEN a, WHILE b, THE Door SHALL c', ['E105 warning "WHILE" → WHILE b, WHEN a, THE Door SHALL c']],
  ['WHILE b, WHERE a, THE Door SHALL c', ['E105 warning "WHERE" → WHERE a, WHILE b, THE Door SHALL c']],
  ['IF a, THE Door SHALL b', ['E107 hint "IF" → IF a, THEN THE Door SHALL b']],
  ['IF a THE Door SHALL b', ['E107 hint "IF" → IF a, THEN THE Door SHALL b']],
  ['If a, the door shall b', ['E107 hint "If" → If a, then the door shall b']],
  ['IF a, **THE Door** SHALL b', ['E107 hint "IF" → IF a, **THEN THE Door** SHALL b']],
  [
    'WHEN a, WHEN b, THE Door SHALL c',
    [
      'E109 warning "WHEN" → WHEN a AND b, THE Door SHALL c → WHEN a, THE Door SHALL c\n2. WHEN b, THE Door SHALL c',
    ],
  ],
  [
    'D-1: WHEN a, WHEN b THEN the door SHALL c',
    [
      'E109 warning "WHEN" → D-1: WHEN a AND b THEN the door SHALL c → D-1: WHEN a THEN the door SHALL c\n2. WHEN b THEN the door SHALL c',
    ],
  ],
  ['WHEN a, IF b, THEN THE Door SHALL c', ['E109 warning "IF" → IF a AND b, THEN THE Door SHALL c']],
  ['IF a, WHEN b, THE Door SHALL c', ['E109 warning "WHEN" → IF a AND b, THEN THE Door SHALL c']],
  [
    'WHEN a, WHILE b, WHEN c, THE Door SHALL d',
    [
      'E105 warning "WHILE" → WHILE b, WHEN a, WHEN c, THE Door SHALL d',
      'E109 warning "WHEN" → WHEN a, WHILE b, THE Door SHALL d\n2. WHILE b, WHEN c, THE Door SHALL d',
    ],
  ],
  ['WHEN a AND WHEN b, THE Door SHALL c', []],
  ['THEN the door SHALL open', ['E110 warning "THEN" → the door SHALL open']],
  ['WHILE a THEN the door SHALL open', ['E110 warning "THEN" → WHILE a, the door SHALL open']],
  ['WHILE a, THEN the door SHALL open', ['E110 warning "THEN" → WHILE a, the door SHALL open']],
  [
    'THE Door SHALL open and SHALL ring',
    ['E112 warning "SHALL" → THE Door SHALL open\n2. THE Door SHALL ring'],
  ],
  [
    'WHEN a, THE Door SHALL b, and SHALL NOT c.',
    ['E112 warning "SHALL" → WHEN a, THE Door SHALL b.\n2. WHEN a, THE Door SHALL NOT c.'],
  ],
  [
    'WHEN a THE Door SHALL use b or C for d; bells SHALL ring',
    [
      'E106 hint "THE Door" → WHEN a, THE Door SHALL use b or C for d; bells SHALL ring',
      'E112 warning "SHALL" → WHEN a THE Door SHALL use b or C for d\n2. WHEN a, bells SHALL ring',
    ],
  ],
  [
    '**D-1**: THE Door SHALL open, and `bell` SHALL ring',
    ['E112 warning "SHALL" → **D-1**: THE Door SHALL open\n2. `bell` SHALL ring'],
  ],
  [
    'WHEN a, THE Door SHALL b. WHEN c, THE Door SHALL d.',
    ['E112 warning "SHALL" → WHEN a, THE Door SHALL b.\n2. WHEN c, THE Door SHALL d.'],
  ],
  [
    'THE Door SHALL open; noise SHALL stop',
    ['E112 warning "SHALL" → THE Door SHALL open\n2. THE noise SHALL stop'],
  ],
  ['THE Door SHALL open, ring, so that nobody SHALL knock', ['E112 warning "SHALL"']],
  // In a scenario each duty has its line; a line that only goes on is none.
  ['**WHEN** a  \n   **THEN** the door **SHALL** b  \n   **AND** the bell **SHALL** ring', []],
  ['WHEN a\n   THE Door SHALL b\n   AND the bell SHALL ring\n   BUT nobody SHALL knock', []],
  ['WHEN a, THE Door SHALL b\n   and the bell SHALL ring', ['E112 warning "SHALL"']],
  ['WHEN a\n   THE Door SHALL b\n   AND the bell SHALL ring and SHALL shine', ['E112 warning "SHALL"']],
  ['THE Door SHALL show "SHALL" (SHALL)', []],
  ['FOR ALL keys, cutting then grinding SHALL give the same key', []],
  ['FOR ALL keys, a cut then a grind SHALL give the same key', []],
  ['WHEN a key fits, cutting then grinding then polishing SHALL give the same key', []],
  ['WHEN 鍵が合う THEN ドアは開いてはならない', []],
  ['WHEN a fits, THE Door SHALL ring the last bell, with the first as a help when it is broken', []],
  ['THE Door SHALL guarantee that both keys agree when they are sorted', []],
  ['WHEN a, THE Door SHALL show a text stating that it was open when the alarm rang', []],
  ['THE Door SHALL ring when a fits', ['E113 hint "when" → WHEN a fits, THE Door SHALL ring']],
  ['THE Door SHALL ring if a fits.', ['E113 hint "if" → IF a fits, THEN THE Door SHALL ring.']],
  [
    'WHERE a, WHEN b, **THE Door** SHALL ring while c burns',
    ['E113 hint "while" → WHERE a, WHILE c burns, WHEN b, **THE Door** SHALL ring'],
  ],
  ['WHEN a, THE Door SHALL ring when b', ['E113 hint "when"']],
  ['THE Door SHALL ring when a fits, and open', ['E113 hint "when"']],
  ['THE Door SHALL show a lamp which burns when a fits', ['E113 hint "when"']],
  ['THE Door SHALL stay shut unless a fits', ['E113 hint "unless"']],
  ['THE Door SHALL open by day when a fits, by night when b fits, or ring', []],
  ['THE Door SHALL open when a fits and ring otherwise', []],
  ['THE Door SHALL show a lamp that, when lit, glows', []],
  ['THE Door SHALL glow in red, where red is any hue below 20 degrees if dim', []],
  ['THE Door SHALL ring while still saving power', []],
  ['THE Door SHALL check if a fits', []],
  ['THE Door SHALL prevent draughts by verifying if a fits', []],
  ['THE Door SHALL show if a fits', []],
  ['THE Door SHALL open if and only if a fits', []],
  ['THE Door SHALL log who came when and where', []],
  ['THE Door SHALL only open when a fits', []],
  ['THE Door SHALL keep letters for delivery when a guest comes', []],
  [
    'THE Door SHALL keep letters when a guest comes',
    ['E113 hint "when" → WHEN a guest comes, THE Door SHALL keep letters'],
  ],
  ['THE Door SHALL offer help: if a fails, ring', []],
  ['THE Door SHALL take its name from a plate when there, then from b', []],
  ['WHEN a fits — or b does — THE Door SHALL open', []],
  ['WHEN a fits THEN there SHALL be light', []],
  ['WHEN 열쇠가 맞으면 THEN 문은 열려야 합니다', []],
  ['WHEN uma chave serve THEN a porta deve abrir', []],
  ['THE Door SHALL ring if possible', []],
  ['THE Door SHALL ring while preserving power', []],
  ['THE Door SHALL', ['E114 error "SHALL" → THE Door SHALL TBD']],
  ['WHEN a, THE Door SHALL NOT.', ['E114 error "SHALL NOT" → WHEN a, THE Door SHALL NOT TBD.']],
  ['WHEN 鍵が合う THEN ドアを開く SHALL', []],
  ['WHEN, THE Door SHALL open', ['E115 error "WHEN" → WHEN TBD, THE Door SHALL open → THE Door SHALL open']],
  ['WHILE a, IF THEN THE Door SHALL open', ['E115 error "IF" → WHILE a, IF TBD THEN THE Door SHALL open']],
  ['WHEN a fits THE Door SHALL b', ['E106 hint "THE Door" → WHEN a fits, THE Door SHALL b']],
  ['WHILE 夜间，THE Door SHALL 关闭', []],
  ['Upon entry, THE Door SHALL shut', ['E108 hint "Upon" → WHEN entry, THE Door SHALL shut']],
  ['As soon as a fits, the door shall open', ['E108 hint "As soon as" → When a fits, the door shall open']],
  [
    'During the night THE Door SHALL b',
    [
      'E108 hint "During" → WHILE the night THE Door SHALL b',
      'E106 hint "THE Door" → During the night, THE Door SHALL b',
    ],
  ],
  ['After 5 s, THE Door SHALL shut.', ['E108 hint "After" → THE Door SHALL shut after 5 s.']],
  ['Until dawn, THE Door SHALL stay shut', ['E108 hint "Until"']],
  ['Once per day, THE Door SHALL ring', ['E108 hint "Once"']],
  ['After-hours visits SHALL be logged', []],
  [
    'For visitors WHEN a fits, THE Door SHALL b',
    [
      'E111 info "For visitors" → (For visitors) WHEN a fits, THE Door SHALL b → For visitors. WHEN a fits, THE Door SHALL b',
    ],
  ],
  ['(night) WHEN a fits, THE Door SHALL b', []],
  ['**Night**: WHEN a fits, THE Door SHALL b', []],
  ['DOOR-07: WHEN a fits, THE Door SHALL b', []],
  ['WHEN a fits, system clock SHALL b', ['E104 hint "system clock" → WHEN a fits, THE system clock SHALL b']],
  ['WHEN a fits, application SHALL b', ['E104 hint "application" → WHEN a fits, THE application SHALL b']],
  // What goes on is no thing, and has no article.
  ['WHEN a fits THEN preloading SHALL b', []],
  ['WHEN a fits THEN key detection SHALL b', []],
  ['WHEN a fits THEN o sistema SHALL abrir', []],
  ['WHEN a fits THEN le système SHALL ouvrir', []],
  ['WHEN a fits, Files SHALL close', []],
  ['WHEN a fits, it SHALL close', []],
  ['THE Door SHALL open <!-- and SHALL ring when b -->', []],
  ['<!-- Upon entry -->', []],
];

describe('Problems of a criterion’s form', () => {
  for (const [text, expected] of cases) it(text === '' ? '(empty)' : text, () => check(text, expected));

  it('tells a duty in another word from what may be none', () => {
    const messageOf = (text: string) =>
      lintCriterion(text).find(({ code }) => code === 'E102')?.message ?? '';
    for (const word of ['must', 'needs to', 'is required to'])
      assert.match(messageOf(`The door ${word} open`), /means SHALL/);
    for (const word of ['should', 'will', 'may'])
      assert.match(messageOf(`The door ${word} open`), /leaves open whether/);
  });
});
