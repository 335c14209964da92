import { strict as assert } from 'node:assert';
import { applyEdits } from '../../../src/core/util/textRange';
import { lintCriterion } from '../../support/lintText';

/** Expected: `CODE severity "words"`; with a fix, `→ the text after it`. */
function check(text: string, expected: readonly string[]): void {
  const problems = lintCriterion(text).filter(({ code }) => code.startsWith('E'));
  assert.deepEqual(
    problems.map(({ code, severity, range, fixes: [fix] = [] }) => {
      const words = `${code} ${severity} "${text.slice(range.start, range.end)}"`;
      return fix === undefined ? words : `${words} → ${applyEdits(text, fix.edits())}`;
    }),
    expected,
  );
}

const cases: readonly (readonly [text: string, expected: readonly string[]])[] = [
  ['WHEN a fits, THE Door SHALL open', []],
  ['WHEN a fits THEN the door SHALL open', []],
  ['', []],
  ['The door opens.', ['E101 warning "The door opens"']],
  ['GIVEN a WHEN b THEN c', ['E101 warning "GIVEN a WHEN b THEN c"']],
  ['✅ Done', ['E101 warning "Done"']],
  ['The door should open', ['E102 warning "should" → The door shall open']],
  ['THE Door MUST open', ['E102 warning "MUST" → THE Door SHALL open']],
  ['WHEN a, THE Door will not open', ['E102 warning "will" → WHEN a, THE Door SHALL not open']],
  ['The door needs to open', ['E102 warning "needs to" → The door shall open']],
  ['The door is required to open', ['E102 warning "is required to" → The door shall open']],
  ['The door may ring', ['E102 warning "may" → The door shall ring']],
  ['IF a THEN the door can ring', ['E102 warning "can" → IF a THEN the door SHALL ring']],
  ['WHEN a, SHALL open', ['E103 error "SHALL"']],
  ['WHEN a THEN SHALL open', ['E103 error "SHALL"']],
  ['SHALL open', ['E103 error "SHALL"']],
  ['THE SHALL open', ['E103 error "SHALL"']],
  ['WHEN a, WHILE b, THE Door SHALL c', ['E105 warning "WHILE" → WHILE b, WHEN a, THE Door SHALL c']],
  ['WHILE b, WHERE a, THE Door SHALL c', ['E105 warning "WHERE" → WHERE a, WHILE b, THE Door SHALL c']],
  ['IF a, THE Door SHALL b', ['E107 hint "IF" → IF a, THEN THE Door SHALL b']],
  ['IF a THE Door SHALL b', ['E107 hint "IF" → IF a, THEN THE Door SHALL b']],
  ['If a, the door shall b', ['E107 hint "If" → If a, then the door shall b']],
  ['IF a, **THE Door** SHALL b', ['E107 hint "IF" → IF a, **THEN THE Door** SHALL b']],
  ['WHEN a, WHEN b, THE Door SHALL c', ['E109 warning "WHEN" → WHEN a AND b, THE Door SHALL c']],
  [
    'WHEN a, IF b, THEN THE Door SHALL c',
    ['E109 warning "IF" → WHEN a, THEN THE Door SHALL c\n2. IF b, THEN THE Door SHALL c'],
  ],
  ['WHEN a AND WHEN b, THE Door SHALL c', []],
  ['THEN the door SHALL open', ['E110 warning "THEN" → the door SHALL open']],
  ['WHILE a THEN the door SHALL open', ['E110 warning "THEN" → WHILE a, the door SHALL open']],
  ['WHILE a, THEN the door SHALL open', ['E110 warning "THEN" → WHILE a, the door SHALL open']],
  [
    'THE Door SHALL open and SHALL ring',
    ['E112 warning "SHALL" → THE Door SHALL open\n2. THE Door SHALL ring'],
  ],
  ['THE Door SHALL show "SHALL" (SHALL)', []],
  ['THE Door SHALL ring when a fits', ['E113 hint "when" → WHEN a fits, THE Door SHALL ring']],
  ['THE Door SHALL stay shut unless a fits', ['E113 hint "unless"']],
  ['THE Door SHALL check if a fits', []],
  ['THE Door SHALL ring if possible', []],
  ['THE Door SHALL ring while preserving power', []],
  ['THE Door SHALL', ['E114 error "SHALL"']],
  ['WHEN a, THE Door SHALL NOT.', ['E114 error "SHALL NOT"']],
  ['WHEN, THE Door SHALL open', ['E115 error "WHEN"']],
  ['WHILE a, IF THEN THE Door SHALL open', ['E115 error "IF"']],
];

describe('Problems of a criterion’s form', () => {
  for (const [text, expected] of cases) it(text === '' ? '(empty)' : text, () => check(text, expected));
});
