import { strict as assert } from 'node:assert';
import { parseCriterion } from '../../../src/core/ears/parseCriterion';
import { describeCriterion } from '../../support/describeSpec';

/** The pattern and clauses of one sentence; ranges must name exactly the words. */
function check(text: string, expected: string): void {
  const offset = 100;
  const criterion = parseCriterion('1.1', text, offset);
  assert.equal(describeCriterion(criterion), `1.1 ${expected}`);
  for (const { text: words, range, keyword, keywordRange } of criterion.clauses) {
    assert.equal(text.slice(range.start - offset, range.end - offset), words);
    assert.equal(text.slice(keywordRange.start - offset, keywordRange.end - offset), keyword);
  }
}

const patterns: readonly (readonly [text: string, expected: string])[] = [
  ['THE Door SHALL open.', 'ubiquitous: system[THE|Door] response[SHALL|open]'],
  [
    'WHEN a key fits, THE Door SHALL open',
    'event-driven: when[WHEN|a key fits] system[THE|Door] response[SHALL|open]',
  ],
  [
    'WHILE locked, THE Door SHALL stay shut',
    'state-driven: while[WHILE|locked] system[THE|Door] response[SHALL|stay shut]',
  ],
  [
    'WHERE a bell is built in, THE Door SHALL ring',
    'optional-feature: where[WHERE|a bell is built in] system[THE|Door] response[SHALL|ring]',
  ],
  [
    'IF the key breaks, THEN THE Door SHALL warn',
    'unwanted-behaviour: if[IF|the key breaks] then[THEN|] system[THE|Door] response[SHALL|warn]',
  ],
  [
    'WHERE a, WHILE b, WHEN c, THE Door SHALL d',
    'complex: where[WHERE|a] while[WHILE|b] when[WHEN|c] system[THE|Door] response[SHALL|d]',
  ],
  [
    'FOR ALL keys, THE Door SHALL remember them',
    'quantified: quantifier[FOR ALL|keys] system[THE|Door] response[SHALL|remember them]',
  ],
  [
    'For any text x, parse(print(x)) SHALL equal x',
    'quantified: quantifier[For any|text x] system[|parse(print(x))] response[SHALL|equal x]',
  ],
  [
    'GIVEN a key WHEN it fits THEN the door opens.',
    'gherkin: while[GIVEN|a key] when[WHEN|it fits] then[THEN|the door opens]',
  ],
  [
    'WHEN saved twice THEN the system stores two',
    'gherkin: when[WHEN|saved twice] then[THEN|the system stores two]',
  ],
  ['A door opens.', 'none: text[|A door opens.]'],
  ['', 'none: '],
];

const dialects: readonly (readonly [name: string, text: string, expected: string])[] = [
  [
    'WHEN … THEN',
    'WHEN a fits THEN the door SHALL open',
    'event-driven: when[WHEN|a fits] then[THEN|] system[the|door] response[SHALL|open]',
  ],
  [
    'WHEN …, THEN',
    'WHEN a fits, THEN the door SHALL open',
    'event-driven: when[WHEN|a fits] then[THEN|] system[the|door] response[SHALL|open]',
  ],
  [
    'lower case',
    'when a fits then the door shall open',
    'event-driven: when[when|a fits] then[then|] system[the|door] response[shall|open]',
  ],
  [
    'no comma',
    'WHEN a fits THE DOOR SHALL open',
    'event-driven: when[WHEN|a fits] system[THE|DOOR] response[SHALL|open]',
  ],
  [
    'neither comma nor capitals',
    'WHEN a fits the door SHALL open',
    'event-driven: when[WHEN|a fits] system[the|door] response[SHALL|open]',
  ],
  [
    'a glossary name alone',
    'WHEN a fits Door_Lock SHALL open',
    'event-driven: when[WHEN|a fits] system[|Door_Lock] response[SHALL|open]',
  ],
  [
    'bold keywords',
    '**WHEN** a fits, **THE Door** **SHALL** open',
    'event-driven: when[WHEN|a fits] system[THE|Door] response[SHALL|open]',
  ],
  ['an emoji', '✅ THE Door SHALL open', 'ubiquitous: system[THE|Door] response[SHALL|open]'],
  ['a box', '[x] THE Door SHALL open', 'ubiquitous: system[THE|Door] response[SHALL|open]'],
  ['a label', 'AC-1.2: THE Door SHALL open', 'ubiquitous: system[THE|Door] response[SHALL|open]'],
  [
    'a label of another kind',
    'DOOR-07: THE Door SHALL open',
    'ubiquitous: system[THE|Door] response[SHALL|open]',
  ],
  ['a bold label', '**3-AC-1.** THE Door SHALL open', 'ubiquitous: system[THE|Door] response[SHALL|open]'],
  [
    'a label and a dash',
    '**D-1.AC-2** — THE Door SHALL open',
    'ubiquitous: system[THE|Door] response[SHALL|open]',
  ],
  [
    'a label and its state',
    'D-1 [AGREED] THE Door SHALL open',
    'ubiquitous: system[THE|Door] response[SHALL|open]',
  ],
  ['a name in brackets', '[Door] SHALL open', 'ubiquitous: system[|[Door]] response[SHALL|open]'],
  ['a name of a version', 'Door2 SHALL open', 'ubiquitous: system[|Door2] response[SHALL|open]'],
  [
    'a title as a sentence',
    '**AC-3 — By night.** `bell` SHALL ring',
    'ubiquitous: text[|By night.] system[|`bell`] response[SHALL|ring]',
  ],
  [
    'a sentence that is bold up to its verb',
    '**The Door SHALL**: open',
    'ubiquitous: system[The|Door] response[SHALL|open]',
  ],
  ['a bold system', '**Door** SHALL open', 'ubiquitous: system[|Door] response[SHALL|open]'],
  [
    'an italic quantifier',
    '*For any* key, the door SHALL know it',
    'quantified: quantifier[For any|key] system[the|door] response[SHALL|know it]',
  ],
  [
    'comments',
    '<!-- IF x --> WHEN a fits <!-- WHILE b, -->, THE Door <!-- THEN --> SHALL open <!-- SHALL -->',
    'event-driven: when[WHEN|a fits] system[THE|Door] response[SHALL|open]',
  ],
  [
    'a comment that never ends',
    'WHEN a fits <!-- , THE Door SHALL open',
    'event-driven: when[WHEN|a fits <!--] system[THE|Door] response[SHALL|open]',
  ],
  [
    'a title',
    '**Entry**: WHEN a fits, THE Door SHALL open',
    'event-driven: text[|Entry] when[WHEN|a fits] system[THE|Door] response[SHALL|open]',
  ],
  [
    'full-width punctuation',
    'WHEN 用户点击，THE Door SHALL 打开。',
    'event-driven: when[WHEN|用户点击] system[THE|Door] response[SHALL|打开]',
  ],
  [
    'keywords next to Chinese',
    'WHEN用户点击，THE Door SHALL打开',
    'event-driven: when[WHEN|用户点击] system[THE|Door] response[SHALL|打开]',
  ],
  [
    'two lines',
    'WHEN a\n   fits, THE Door\n   SHALL open',
    'event-driven: when[WHEN|a fits] system[THE|Door] response[SHALL|open]',
  ],
  [
    'a joined trigger',
    'WHEN a AND WHEN b, THE Door SHALL c',
    'event-driven: when[WHEN|a AND WHEN b] system[THE|Door] response[SHALL|c]',
  ],
  ['SHALL NOT', 'THE Door SHALL NOT open', 'ubiquitous: system[THE|Door] response[SHALL NOT|open]'],
  [
    'a pronoun',
    'WHEN locked THEN it SHALL stay',
    'event-driven: when[WHEN|locked] then[THEN|] system[|it] response[SHALL|stay]',
  ],
  [
    'several systems',
    'THE Door, Lock, and Bell SHALL ring',
    'ubiquitous: system[THE|Door, Lock, and Bell] response[SHALL|ring]',
  ],
  [
    'a list in the condition',
    'WHEN a, b, or c fits, THE Door SHALL open',
    'event-driven: when[WHEN|a, b, or c fits] system[THE|Door] response[SHALL|open]',
  ],
  [
    'a list without a comma after it',
    'WHEN a, b, or c fits THE Door SHALL open',
    'event-driven: when[WHEN|a, b, or c fits] system[THE|Door] response[SHALL|open]',
  ],
  [
    'words before the system',
    'IF a THEN, after 5 s, THE Door SHALL shut',
    'unwanted-behaviour: if[IF|a] then[THEN|] text[|after 5 s] system[THE|Door] response[SHALL|shut]',
  ],
  [
    'a definition first',
    'Let n be 3. The door shall ring n times.',
    'ubiquitous: text[|Let n be 3.] system[The|door] response[shall|ring n times]',
  ],
  [
    'another word for WHEN',
    'Upon entry, the door SHALL shut',
    'event-driven: when[Upon|entry] system[the|door] response[SHALL|shut]',
  ],
  [
    'another word for WHILE',
    'As long as a burns, the door SHALL stay shut',
    'state-driven: while[As long as|a burns] system[the|door] response[SHALL|stay shut]',
  ],
  [
    'GIVEN before a SHALL, and no comma',
    '**GIVEN** a\n**WHEN** b\n**THEN** the Door **SHALL** c',
    'complex: while[GIVEN|a] when[WHEN|b] then[THEN|] system[the|Door] response[SHALL|c]',
  ],
  [
    'clauses in the items of a list',
    '**WHEN** a - b\n- **THEN** the Door SHALL c',
    'event-driven: when[WHEN|a - b] then[THEN|] system[the|Door] response[SHALL|c]',
  ],
  [
    'GIVEN before a SHALL',
    'GIVEN a, WHEN b, THEN THE Door SHALL c',
    'complex: while[GIVEN|a] when[WHEN|b] then[THEN|] system[THE|Door] response[SHALL|c]',
  ],
  [
    'a time is no condition',
    'After 5 s, the door SHALL shut',
    'ubiquitous: text[|After 5 s] system[the|door] response[SHALL|shut]',
  ],
  [
    'a name that begins like a condition',
    'Given names SHALL be kept',
    'ubiquitous: system[|Given names] response[SHALL|be kept]',
  ],
  [
    'no trigger, but an occasion',
    'For a visitor, `bell` SHALL ring',
    'ubiquitous: text[|For a visitor] system[|`bell`] response[SHALL|ring]',
  ],
  [
    'a long list of subjects',
    'A lock, a bell, or a lamp too old for its own good, on any floor (cellar, roof), SHALL glow',
    'ubiquitous: system[A|lock, a bell, or a lamp too old for its own good, on any floor (cellar, roof)] response[SHALL|glow]',
  ],
  [
    'conditions without a comma, in Japanese',
    'WHEN 鍵が合う THEN ドアは SHALL 開く',
    'event-driven: when[WHEN|鍵が合う] then[THEN|] system[|ドアは] response[SHALL|開く]',
  ],
  [
    'SHALL at the end, in Japanese',
    'WHEN 鍵が合う THEN ドアは開く SHALL',
    'event-driven: when[WHEN|鍵が合う] then[THEN|] system[|ドアは開く] response[SHALL|]',
  ],
  [
    'commas and stops of Chinese',
    'WHILE 夜间，WHEN 门铃响：THE Door SHALL 打开；',
    'complex: while[WHILE|夜间] when[WHEN|门铃响] system[THE|Door] response[SHALL|打开]',
  ],
  [
    'code is hidden',
    'WHEN `SHALL` is typed, THE Door SHALL show `WHEN x,`',
    'event-driven: when[WHEN|`SHALL` is typed] system[THE|Door] response[SHALL|show `WHEN x,`]',
  ],
  [
    'quotes are hidden',
    'WHEN "WHILE" or “IF” is typed, THE Door SHALL beep',
    'event-driven: when[WHEN|"WHILE" or “IF” is typed] system[THE|Door] response[SHALL|beep]',
  ],
  [
    'parentheses are hidden',
    'WHEN a (b, IF c) fits, THE Door (left) SHALL open',
    'event-driven: when[WHEN|a (b, IF c) fits] system[THE|Door (left)] response[SHALL|open]',
  ],
  [
    'an apostrophe hides nothing',
    "WHEN a user's key or users' keys fit, THE Door SHALL open",
    "event-driven: when[WHEN|a user's key or users' keys fit] system[THE|Door] response[SHALL|open]",
  ],
  [
    'a list',
    'THE Door SHALL:\n  - open\n  - shut',
    'ubiquitous: system[THE|Door] response[SHALL|- open - shut]',
  ],
  [
    'then of a sequence',
    'WHEN a opens and then shuts, THE Door SHALL ring',
    'event-driven: when[WHEN|a opens and then shuts] system[THE|Door] response[SHALL|ring]',
  ],
  [
    'capitals only',
    'WHEN A KEY FITS, THE DOOR SHALL OPEN',
    'event-driven: when[WHEN|A KEY FITS] system[THE|DOOR] response[SHALL|OPEN]',
  ],
  ['a weak modal', 'The door should open', 'ubiquitous: system[The|door] response[should|open]'],
  [
    'a modal in the condition',
    'WHEN a user can enter, THE Door SHALL open',
    'event-driven: when[WHEN|a user can enter] system[THE|Door] response[SHALL|open]',
  ],
];

describe('Parsing a criterion', () => {
  for (const [text, expected] of patterns) it(text === '' ? '(empty)' : text, () => check(text, expected));
});

it('keeps clauses apart when THEN comes before WHEN', () =>
  check(
    'THEN a WHEN b, the door shall c',
    'event-driven: then[THEN|] text[|a] when[WHEN|b] system[the|door] response[shall|c]',
  ));

describe('The dialects of criteria', () => {
  for (const [name, text, expected] of dialects) it(name, () => check(text, expected));
});
