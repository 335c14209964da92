import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hunksOf, mergeTexts, withHunks } from '../../../../../src/core/agent/changes/hunks';
import { runs } from '../../../../support/soak';

/** Few different lines, of every kind of end, so that much is alike. */
const line = fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', 'é 🎉\n', '  a\n', '\r', '\u2028\n');
const text = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('', 'a', 'b\r'))
  .map(([lines, last]) => lines.join('') + last);

describe('hunks of a change', () => {
  it('give any choice of them back, to the last byte', () => {
    fc.assert(
      fc.property(text, text, fc.array(fc.boolean(), { maxLength: 30 }), (before, after, choice) => {
        const hunks = hunksOf(before, after);
        const takes = (index: number) => choice[index] ?? true;
        const chosen = withHunks(before, hunks, takes);
        assert.equal(
          withHunks(before, hunks, () => true),
          after,
        );
        assert.equal(
          withHunks(before, hunks, () => false),
          before,
        );
        // An obvious other way: from the text after, with each hunk that is not taken put back.
        const lines = after.split(/(?<=\n)/).filter((each) => each !== '');
        for (const [index, hunk] of [...hunks.entries()].reverse())
          if (!takes(index)) lines.splice(hunk.newAt, hunk.added.length, ...hunk.removed);
        assert.equal(lines.join(''), chosen);
      }),
      runs(800),
    );
  });

  it('are apart where lines between them stayed, and one where hardly any did', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `line ${index}\n`);
    const after = lines.with(1, 'x\n').with(3, 'y\n').with(9, 'z\n').join('');
    assert.deepEqual(
      hunksOf(lines.join(''), after).map(({ at, added }) => [at, added]),
      [
        [1, ['x\n', 'line 2\n', 'y\n']],
        [9, ['z\n']],
      ],
    );
  });

  it('of a text that changed beyond comparing are one, without what is the same at its ends', () => {
    const many = (word: string) => Array.from({ length: 3000 }, (_, index) => `${word} ${index}\n`).join('');
    const [before, after] = [`head\n${many('a')}tail`, `head\n${many('b')}tail`];
    const hunks = hunksOf(before, after);
    assert.deepEqual(
      hunks.map(({ at, removed }) => [at, removed.length]),
      [[1, 3000]],
    );
    assert.equal(
      withHunks(before, hunks, () => true),
      after,
    );
  });
});

describe('two changes of one text', () => {
  it('come together whichever is first', () => {
    fc.assert(
      fc.property(text, text, text, (base, ours, theirs) => {
        const merged = mergeTexts(base, ours, theirs);
        assert.equal(merged, mergeTexts(base, theirs, ours));
        assert.equal(mergeTexts(base, base, theirs), theirs);
        assert.equal(mergeTexts(base, ours, ours), ours);
      }),
      runs(500),
    );
  });

  it('far enough from each other are both in the result', () => {
    const body = fc.array(fc.constantFrom('m\n', 'n\r\n', '\n'), { minLength: 3, maxLength: 8 });
    fc.assert(
      fc.property(text, text, body, text, text, (head, newHead, middle, tail, newTail) => {
        // Lines that are nowhere else keep the ends apart.
        const between = `\n<1>\n<2>\n${middle.join('')}<3>\n<4>\n`;
        const of = (first: string, last: string) => first + between + last;
        assert.equal(mergeTexts(of(head, tail), of(newHead, tail), of(head, newTail)), of(newHead, newTail));
      }),
      runs(400),
    );
  });

  it('are none where both changed the same lines, or lines beside each other', () => {
    assert.equal(mergeTexts('a\nb\nc\n', 'x\nb\nc\n', 'y\nb\nc\n'), undefined);
    assert.equal(mergeTexts('a\nb\nc\n', 'x\nb\nc\n', 'a\ny\nc\n'), undefined);
    assert.equal(mergeTexts('a\nb\nc\n', 'x\nb\nc\n', 'a\nb\ny\n'), 'x\nb\ny\n');
    assert.equal(mergeTexts('a\n', 'a\nours\n', 'a\ntheirs\n'), undefined);
  });
});
