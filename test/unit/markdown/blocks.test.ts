import { strict as assert } from 'node:assert';
import { type Block, readBlocks } from '../../../src/core/markdown/blocks';

function describeBlock(text: string, block: Block): string {
  const range = 'content' in block ? block.content : block.kind === 'fence' ? block.body : block.range;
  const mark =
    block.kind === 'heading' ? block.level : block.kind === 'listItem' ? (block.number ?? '-') : '';
  return `${block.kind}${mark}@${block.depth} ${JSON.stringify(text.slice(range.start, range.end))}`;
}

function check(text: string, expected: readonly string[]): void {
  assert.deepEqual(
    readBlocks(text).map((block) => describeBlock(text, block)),
    expected,
  );
}

describe('Reading blocks', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['nothing', '', []],
    ['blank lines', '\n \t\n\r\n', []],
    ['a heading', '# One', ['heading1@0 "One"']],
    ['closing marks', '## Two ##  ', ['heading2@0 "Two"']],
    ['no heading without a blank', '#One', ['paragraph@0 "#One"']],
    ['seven marks', '####### x', ['paragraph@0 "####### x"']],
    ['an empty heading', '##\n', ['heading2@0 ""']],
    ['underlined headings', 'One\n===\nTwo\n---\n', ['heading1@0 "One"', 'heading2@0 "Two"']],
    [
      'a break',
      'a\n\n---\n***\n_ _ _\n',
      ['paragraph@0 "a"', 'break@0 "---"', 'break@0 "***"', 'break@0 "_ _ _"'],
    ],
    ['a paragraph of two lines', 'a\nb\n\nc', ['paragraph@0 "a\\nb"', 'paragraph@0 "c"']],
    ['CRLF', '# A\r\n\r\n- b\r\n  c\r\n', ['heading1@0 "A"', 'listItem-@0 "b\\r\\n  c"']],
    ['lone CR', '# A\r- b\r- c', ['heading1@0 "A"', 'listItem-@0 "b"', 'listItem-@0 "c"']],
    ['a byte order mark', '\uFEFF# A', ['heading1@0 "A"']],
    ['a mark in the middle is text', 'a\uFEFF', ['paragraph@0 "a\uFEFF"']],
    [
      'markers',
      '- a\n* b\n+ c\n1. d\n2) e',
      ['-', '-', '-', '1', '2'].map((m, i) => `listItem${m}@0 "${'abcde'[i]}"`),
    ],
    ['an empty item', '-\n- \nx', ['listItem-@0 ""', 'listItem-@0 ""', 'paragraph@0 "x"']],
    ['no item without a blank', '-a\n', ['paragraph@0 "-a"']],
    ['a number with a year', 'in\n1984. x', ['paragraph@0 "in\\n1984. x"']],
    ['1. begins a list in a paragraph', 'in\n1. x', ['paragraph@0 "in"', 'listItem1@0 "x"']],
    [
      'nesting by two',
      '- a\n  - b\n    - c\n- d',
      ['listItem-@0 "a"', 'listItem-@1 "b"', 'listItem-@2 "c"', 'listItem-@0 "d"'],
    ],
    ['two columns nest under a number, too', '1. a\n  - b', ['listItem1@0 "a"', 'listItem-@1 "b"']],
    ['one column does not', '- a\n - b', ['listItem-@0 "a"', 'listItem-@0 "b"']],
    ['tabs', '- a\n\t- b\n\t\t- c', ['listItem-@0 "a"', 'listItem-@1 "b"', 'listItem-@2 "c"']],
    ['no indented code', '        - [ ] a', ['listItem-@0 "[ ] a"']],
    ['a paragraph in an item', '- a\n\n  b\n\nc', ['listItem-@0 "a"', 'paragraph@1 "b"', 'paragraph@0 "c"']],
    ['a lazy line', '- a\nb', ['listItem-@0 "a\\nb"']],
    ['a fence', '```json\n- x\n```\n- y', ['fence@0 "- x\\n"', 'listItem-@0 "y"']],
    ['tildes, longer close', '~~~\na\n```\n~~~~\nb', ['fence@0 "a\\n```\\n"', 'paragraph@0 "b"']],
    ['an open fence', '```\na\n\nb', ['fence@0 "a\\n\\nb"']],
    ['a fence at the very end', '```', ['fence@0 ""']],
    ['inline code is no fence', '```a``` b', ['paragraph@0 "```a``` b"']],
    [
      'a fence in an item',
      '- a\n  ```\n  x\n  ```\n- b',
      ['listItem-@0 "a"', 'fence@1 "  x\\n"', 'listItem-@0 "b"'],
    ],
    [
      'it ends with its item',
      '- a\n  ```\n  x\n- b',
      ['listItem-@0 "a"', 'fence@1 "  x"', 'listItem-@0 "b"'],
    ],
    ['a fence as an item', '- ```\n  - x\n  ```\n- b', ['listItem-@0 "```"', 'listItem-@0 "b"']],
    [
      'a table',
      '| a | b |\n|---|:-:|\n| 1 | 2 |\n\nc',
      ['table@0 "| a | b |\\n|---|:-:|\\n| 1 | 2 |"', 'paragraph@0 "c"'],
    ],
    ['a table after text', 'x\n| a |\n|---|\n', ['paragraph@0 "x"', 'table@0 "| a |\\n|---|"']],
    ['a pipe alone is none', 'a | b\nc', ['paragraph@0 "a | b\\nc"']],
    [
      'a comment',
      'a\n<!-- x\n- y -->\nb',
      ['paragraph@0 "a"', 'comment@0 "<!-- x\\n- y -->"', 'paragraph@0 "b"'],
    ],
    ['an open comment', '<!-- x\n# y', ['comment@0 "<!-- x\\n# y"']],
    ['the shortest comment', '<!-->\na', ['comment@0 "<!-->"', 'paragraph@0 "a"']],
  ];
  for (const [name, text, expected] of cases) it(name, () => check(text, expected));

  it('gives lines from 0, both inclusive', () => {
    const [first, second] = readBlocks('a\nb\n\n- c');
    assert.deepEqual([first?.line, first?.endLine, second?.line, second?.endLine], [0, 1, 3, 3]);
  });

  it('takes linear time for what is hard elsewhere', function () {
    this.timeout(10_000);
    for (const piece of [
      '- ',
      '> ',
      '`',
      '```\n',
      '<!--',
      '|\n',
      '|-|\n',
      '*',
      ' ',
      '\t',
      '#',
      '1. ',
      '- [ ] a\n  ',
    ]) {
      readBlocks(piece.repeat(100_000));
    }
  });
});
