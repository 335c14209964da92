import { strict as assert } from 'node:assert';
import { parseDesign } from '../../../src/core/spec/parseDesign';
import { describeProblem } from '../../support/describeSpec';
import { lintText } from '../../support/lintText';

function check(text: string, expected: readonly string[]): void {
  const { properties } = parseDesign(text);
  assert.deepEqual(
    properties.map(({ id, title, validates }) => `${id} ${title} (${validates.join(' ')})`),
    expected,
  );
  for (const { range } of properties) assert.match(text.slice(range.start, range.end), /^[#*-].*Property/i);
}

describe('Reading design.md', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['none', '# Design Document\n## Overview\n', []],
    [
      'a property',
      '### Property 1: A b\n\n*For any* x\n\n**Validates: Requirements 1.1, 1.2**',
      ['1 A b (1.1 1.2)'],
    ],
    ['without a title', '### Property 2\n**Validates: 3**', ['2  (3)']],
    [
      'ranges',
      '### Property 1: A\n**Validates: Requirements 1.1, 1.2-1.4, 2.1–2.2**',
      ['1 A (1.1 1.2 1.3 1.4 2.1 2.2)'],
    ],
    [
      'a list after the words',
      '### Property 1: A\n*For any* x\n**Validates: Requirements 1.1**',
      ['1 A (1.1)'],
    ],
    [
      'stars around the word alone',
      '### Property 1: A\n**Validates**: Requirements US-1 (Criteria 2)',
      ['1 A (US-1)'],
    ],
    ['in another language', '### Property 1: A\n**Validates: 需求 1.1, 1.2**', ['1 A (1.1 1.2)']],
    ['in italics', '### Property 1: A\n_Validates: Requirement 1.1_', ['1 A (1.1)']],
    ['in a bullet', '### Property 1: A\n- **Validates: Requirements 1.1**', ['1 A (1.1)']],
    ['All and free text', '### Property 1: A\n**Validates: Requirements All**', ['1 A ()']],
    ['several lines', '### Property 1: A\n**Validates: 1.1**\n\n**Validates: 1.2**', ['1 A (1.1 1.2)']],
    [
      'bold paragraphs',
      '**Property 1: A**\n*For any*\n**Validates: 1.1**\n\n**Property 2: B**\n**Validates: 2.1**',
      ['1 A (1.1)', '2 B (2.1)'],
    ],
    ['bullets', '- **Property 1: A**\n  **Validates: 1.1**\n- **Property 2**: B', ['1 A (1.1)', '2  ()']],
    ['a sub-heading belongs', '### Property 1: A\n#### Notes\n**Validates: 1.1**', ['1 A (1.1)']],
    ['the next section does not', '### Property 1: A\n## Testing\n**Validates: 1.1**', ['1 A ()']],
    ['no code', '### Property 1: A\n```\n**Validates: 1.1**\n```', ['1 A ()']],
    ['other headings', '### Property Reflection\n### Property-Based Testing\n### Properties', []],
  ];
  for (const [name, text, expected] of cases) it(name, () => check(text, expected));

  it('reads sections', () => {
    const text = '# Design\n## A\n### B\ntext\n## C\n';
    assert.deepEqual(
      parseDesign(text).sections.map(({ level, title, range }) => [
        level,
        title,
        text.slice(range.start, range.end),
      ]),
      [
        [1, 'Design', text],
        [2, 'A', '## A\n### B\ntext\n'],
        [3, 'B', '### B\ntext\n'],
        [2, 'C', '## C\n'],
      ],
    );
  });

  it('names properties that are numbered twice, and ranges that are none', () => {
    const text = '### Property 1: A\n### Property 1: B\n**Validates: 2.1-1.3**';
    assert.deepEqual(
      lintText(text, 'design').map((problem) => describeProblem(text, problem)),
      [
        'D05 duplicate-property warning 2:1 "### Property 1: B" → Number it 2',
        'D09 reference-range warning 3:14 "2.1-1.3" → Write 2.1, 1.3',
      ],
    );
  });
});
