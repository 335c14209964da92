import { strict as assert } from 'node:assert';
import type { ReviewClause, ReviewFinding } from '../../../src/protocol/review';
import { clauseLines, spansOf, storyParts } from '../../../src/webview/review/lines';

function finding(start: number, end: number): ReviewFinding {
  return { rule: 'r', severity: 'warning', message: 'm', start, end, fix: undefined, offset: start };
}

/** Keyword and words of each line, as they are read. */
function read(
  text: string,
  clauses: readonly ReviewClause[],
  findings: readonly ReviewFinding[] = [],
): string[] {
  return clauseLines({ text, clauses, findings }).map((line) => {
    const words = line.parts.map((part) =>
      part.spans.map((span) => (span.finding ? `[${span.text}]` : span.text)).join(''),
    );
    const keyword = line.keyword.map((span) => (span.finding ? `[${span.text}]` : span.text)).join('');
    return `${keyword}|${words.join(' ')}`;
  });
}

const TEXT = 'WHEN a link is opened, THE Redirector SHALL answer within 50 ms.';
const CLAUSES: readonly ReviewClause[] = [
  { role: 'when', keyword: 'WHEN', text: 'a link is opened' },
  { role: 'system', keyword: 'THE', text: 'Redirector' },
  { role: 'response', keyword: 'SHALL', text: 'answer within 50 ms' },
];

describe('lines of a criterion', () => {
  it('puts each clause on a line and the response behind its system', () => {
    assert.deepEqual(read(TEXT, CLAUSES), [
      'WHEN|a link is opened',
      'THE|Redirector SHALL answer within 50 ms',
    ]);
  });

  it('puts the system behind an empty THEN', () => {
    const text = 'IF the code is unknown, THEN THE Redirector SHALL answer 404.';
    const clauses: readonly ReviewClause[] = [
      { role: 'if', keyword: 'IF', text: 'the code is unknown' },
      { role: 'then', keyword: 'THEN', text: '' },
      { role: 'system', keyword: 'THE', text: 'Redirector' },
      { role: 'response', keyword: 'SHALL', text: 'answer 404.' },
    ];
    assert.deepEqual(read(text, clauses), [
      'IF|the code is unknown',
      'THEN|THE Redirector SHALL answer 404.',
    ]);
  });

  it('marks exactly the words of a finding, also across clauses', () => {
    const start = TEXT.indexOf('is opened');
    const end = TEXT.indexOf('Redirector') + 'Redirector'.length;
    assert.deepEqual(read(TEXT, CLAUSES, [finding(start, end)]), [
      'WHEN|a link [is opened]',
      '[THE]|[Redirector] SHALL answer within 50 ms',
    ]);
  });

  it('marks a keyword', () => {
    assert.equal(read(TEXT, CLAUSES, [finding(0, 4)])[0], '[WHEN]|a link is opened');
  });

  it('leaves out no word that no clause holds', () => {
    const text = 'Note: WHEN x, THE S SHALL y unless z.';
    const clauses: readonly ReviewClause[] = [
      { role: 'when', keyword: 'WHEN', text: 'x' },
      { role: 'system', keyword: 'THE', text: 'S' },
      { role: 'response', keyword: 'SHALL', text: 'y' },
    ];
    assert.deepEqual(read(text, clauses), ['|Note:', 'WHEN|x', 'THE|S SHALL y', '|unless z.']);
  });

  it('shows a text without clauses as it is', () => {
    assert.deepEqual(read('It is fast.', [], [finding(6, 10)]), ['|It is [fast].']);
  });

  it('does not take a keyword for a part of a word', () => {
    const text = 'The system SHALL notify, if asked.';
    const clauses: readonly ReviewClause[] = [{ role: 'if', keyword: 'if', text: 'asked' }];
    assert.deepEqual(read(text, clauses), ['|The system SHALL notify,', 'if|asked']);
  });

  it('keeps a clause that the text does not hold as written', () => {
    const clauses: readonly ReviewClause[] = [{ role: 'when', keyword: 'WHEN', text: 'rewritten by hand' }];
    const lines = read('something else', clauses, [finding(0, 9)]);
    assert.ok(lines.includes('WHEN|rewritten by hand'));
    assert.ok(lines.includes('|[something] else'));
  });
});

describe('spans', () => {
  it('cuts at every end of overlapping findings', () => {
    const spans = spansOf('abcdef', 10, [finding(11, 14), finding(13, 15)]);
    assert.deepEqual(
      spans.map((span) => span.text),
      ['a', 'bc', 'd', 'e', 'f'],
    );
    assert.deepEqual(
      spans.map((span) => span.finding?.start),
      [undefined, 11, 11, 13, undefined],
    );
  });
});

describe('user story', () => {
  it('tells the words of the form from those of the author', () => {
    const parts = storyParts('As a member, I want to reserve a tool, so that it is there.');
    assert.deepEqual(
      parts.filter((part) => part.form).map((part) => part.text),
      ['As a', 'I want to', 'so that'],
    );
    assert.equal(
      parts.map((part) => part.text).join(''),
      'As a member, I want to reserve a tool, so that it is there.',
    );
  });
});
