import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createDocumentFilter } from '../../../../src/core/workflow/drafting/documentFilter';

const RUNS = 300 * (process.env.EARSHOT_SOAK ? 20 : 1);
const FENCE = '```';
const WITH_BLOCKS = `# Design\n\n${FENCE}mermaid\ngraph TD\n${FENCE}\n\n## Data\n\n${FENCE}\nplain\n${FENCE}\n\nThe end.\n`;
const ENDS_IN_BLOCK = `# Plan\n\n- [ ] 1. X\n\n${FENCE}json\n{ "waves": [] }\n${FENCE}\n`;

function filtered(pieces: readonly string[]): string {
  const filter = createDocumentFilter();
  return pieces.map((piece) => filter.feed(piece)).join('') + filter.end();
}

function cut(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

const cases: readonly [what: string, answer: string, document: string][] = [
  ['a plain document', '# T\n\nText\n', '# T\n\nText\n'],
  ['no line break at the end', '# T\n\nText', '# T\n\nText\n'],
  ['white space around', '\n\n  \n# T\n\nText\n\n\n   ', '# T\n\nText\n'],
  ['a sentence before', 'Here is the document:\n\n# T\nText', '# T\nText\n'],
  ['a number sign in the sentence before', 'Issue # 7, see #8:\n# T\nText', '# T\nText\n'],
  ['a fence around', `${FENCE}markdown\n# T\n\nText\n${FENCE}`, '# T\n\nText\n'],
  ['a bare fence around', `${FENCE}\n# T\nText\n${FENCE}\n`, '# T\nText\n'],
  [
    'a fence after a sentence, and a farewell',
    `Sure!\n\n${FENCE}md\n# T\nText\n${FENCE}\n\nTell me what to change.\n`,
    '# T\nText\n',
  ],
  ['a longer fence around', `${FENCE}\`markdown\n${WITH_BLOCKS}${FENCE}\`\n`, WITH_BLOCKS],
  ['tildes around', `~~~markdown\n${WITH_BLOCKS}~~~\n`, WITH_BLOCKS],
  ['the same fence around blocks', `${FENCE}markdown\n${WITH_BLOCKS}${FENCE}\n`, WITH_BLOCKS],
  [
    'the same fence around blocks, and a farewell',
    `${FENCE}markdown\n${WITH_BLOCKS}${FENCE}\nGood luck.`,
    WITH_BLOCKS,
  ],
  ['blocks without a fence around', WITH_BLOCKS, WITH_BLOCKS],
  ['a document that ends in a block', ENDS_IN_BLOCK, ENDS_IN_BLOCK],
  ['the same in a fence', `${FENCE}markdown\n${ENDS_IN_BLOCK}${FENCE}\n`, ENDS_IN_BLOCK],
  ['the same in a fence that is not closed', `${FENCE}markdown\n${ENDS_IN_BLOCK}`, ENDS_IN_BLOCK],
  [
    'a bare block with a heading in it',
    `${FENCE}\n# T\n\n${FENCE}\n# install\nnpm i\n${FENCE}\n\nMore\n${FENCE}\n`,
    `# T\n\n${FENCE}\n# install\nnpm i\n${FENCE}\n\nMore\n`,
  ],
  ['Windows line ends', `${FENCE}markdown\r\n# T\r\n\r\nText\r\n${FENCE}\r\n`, '# T\r\n\r\nText\n'],
  [
    'inline backticks',
    '# T\n`code` and ``x`` and\n```inline``` end',
    '# T\n`code` and ``x`` and\n```inline``` end\n',
  ],
  ['nothing', '', ''],
  ['words without a heading', 'I cannot help with that.', ''],
  ['only a smaller heading', '## Introduction\ntext', ''],
];

describe('the document in a model’s answer', () => {
  for (const [what, answer, document] of cases) {
    it(`${what}, in pieces of every size`, () => {
      for (let size = 1; size <= Math.max(1, answer.length); size++) {
        assert.equal(filtered(cut(answer, size)), document, `pieces of ${size}`);
      }
    });
  }

  it('is the same however the stream is cut', () => {
    const line = fc.constantFrom(
      '# T',
      '## S',
      'text',
      '',
      '   ',
      FENCE,
      `${FENCE}\``,
      `${FENCE}json`,
      '~~~',
      '`',
      '# ',
      '#',
      'a # b',
    );
    const text = fc.array(line, { maxLength: 14 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (answer, sizes) => {
        const pieces: string[] = [];
        for (let start = 0, n = 0; start < answer.length; n++) {
          const size = sizes[n % sizes.length] ?? 1;
          pieces.push(answer.slice(start, start + size));
          start += size;
        }
        const whole = filtered([answer]);
        assert.equal(filtered(pieces), whole);
        assert.ok(
          whole === '' || (whole.startsWith('# ') && whole.endsWith('\n') && !whole.endsWith('\n\n')),
        );
      }),
      { seed: 3, numRuns: RUNS },
    );
  });

  it('never loses a word of a document without a fence around', () => {
    const body = fc.array(fc.constantFrom('word', '## S', '', FENCE, `${FENCE}js`, '- x'), { maxLength: 12 });
    fc.assert(
      fc.property(body, (lines) => {
        const document = `${['# T', ...lines].join('\n').trimEnd()}\n`;
        assert.equal(filtered([document]), document);
      }),
      { seed: 5, numRuns: RUNS },
    );
  });

  it('comes as it streams: what is certain does not wait for the end', () => {
    const filter = createDocumentFilter();
    assert.equal(filter.feed('Sure.\n# Tit'), '# Tit');
    assert.equal(filter.feed('le\n\nWor'), 'le\n\nWor');
    assert.equal(filter.feed('d \n'), 'd');
    assert.equal(filter.end(), '\n');
  });

  it('has one end', () => {
    const filter = createDocumentFilter();
    filter.feed('# T');
    assert.equal(filter.end(), '\n');
    assert.equal(filter.end(), '');
    assert.equal(filter.feed('more'), '');
  });

  it('takes no longer than its length for an answer that is no document', () => {
    filtered(cut('no heading here, only words; '.repeat(20_000), 4));
    filtered(cut(`# T\n${' '.repeat(50_000)}\n${'`'.repeat(50_000)}`, 5));
  });
});
