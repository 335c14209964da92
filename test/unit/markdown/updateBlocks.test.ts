// Feature: spec-engine, Property 2: Incremental reading equals whole reading
// Verifies: spec-engine#1.4, #1.5
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { readBlocks } from '../../../src/core/markdown/blocks';
import { readText, updateBlocks } from '../../../src/core/markdown/updateBlocks';
import { corpusFiles } from '../../support/corpus';
import { runs } from '../../support/soak';

/** Pieces that change how what is around them is read. */
const piece = fc.constantFrom(
  '- ',
  '* a\n',
  '1. ',
  '2) b\n',
  '  - c\n',
  '    d\n',
  '\t',
  '# e\n',
  '## f',
  '```\n',
  '~~~~\n',
  '`',
  '---\n',
  '===\n',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  ' ',
  'word',
  'a | b\n',
  '|---|---|\n',
  '<!-- ',
  ' -->',
  '> q\n',
  '- [ ] 1. t\n',
  '  - _Requirements: 1.1_\n',
  '\uFEFF',
  '* * *\n',
  '10. ten\n',
  '   ',
  'x\n',
);
const soup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(12),
  put: fc.array(piece, { maxLength: 3 }),
});

type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(text: string, { at, cut, put }: Edit): string {
  const start = Math.floor(at * (text.length + 1));
  return text.slice(0, start) + put.join('') + text.slice(start + cut);
}

function follow(text: string, edits: readonly Edit[]): void {
  let read = readText(text);
  for (const each of edits) {
    const next = edited(read.text, each);
    read = updateBlocks(read, next);
    assert.deepEqual(read.blocks, readBlocks(next), JSON.stringify(next));
  }
}

describe('Blocks after an edit', () => {
  it('are those of the whole text, for any text and any edits', () => {
    fc.assert(fc.property(soup, fc.array(edit, { minLength: 1, maxLength: 8 }), follow), runs(600));
  });

  it('are those of the whole text, in real documents', function () {
    const texts = ['requirements.md', 'design.md', 'tasks.md'].flatMap(corpusFiles).map(({ text }) => text);
    if (texts.length === 0) this.skip();
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 4 }), follow),
      runs(60),
    );
  });

  it('cost a few lines, however long the document is', () => {
    const requirement = (number: number) =>
      `### Requirement ${number}: Title\n\n**User Story:** As a user\n\n#### Acceptance Criteria\n\n1. THE Door SHALL open\n2. THE Bell SHALL ring\n\n`;
    const text = Array.from({ length: 500 }, (_, index) => requirement(index + 1)).join('');
    const middle = text.indexOf('Door', text.length / 2);
    const { linesRead } = updateBlocks(readText(text), `${text.slice(0, middle)}X${text.slice(middle)}`);
    assert.ok(linesRead <= 12, `${linesRead} lines`);
  });

  it('cost nothing when nothing changed', () => {
    assert.equal(updateBlocks(readText('# a\n'), '# a\n').linesRead, 0);
  });
});
