/** A change of a property or of prose reads as the document does, not as its source. */
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { ChangeWord } from '../../../src/webview/review/changeLines';
import { lookingWords } from '../../../src/webview/review/changeMarks';

const kept = (text: string): ChangeWord => ({ text, is: 'kept' });
const gone = (text: string): ChangeWord => ({ text, is: 'gone' });
const fresh = (text: string): ChangeWord => ({ text, is: 'new' });
const shown = (words: readonly ChangeWord[]) =>
  lookingWords(words).map(({ text, is, looks }) => [text, is, ...looks].join('|'));
const text = (words: readonly ChangeWord[]) => words.map((word) => word.text).join('');

describe('review: the words of a change', () => {
  it('of a property are its title, its words and its links, without marks', () => {
    const words = [
      kept('### Property 1: Old links go\n\n*For any* link older than '),
      gone('30'),
      fresh('60'),
      kept(' days, `sweep` deletes it.\n\n**Validates: Requirements 1.1**'),
    ];
    assert.deepEqual(shown(words), [
      'Property 1: Old links go|kept|strong',
      '\n|kept',
      '\n|kept',
      'For any|kept|em',
      ' link older than |kept',
      '30|gone',
      '60|new',
      ' days, |kept',
      'sweep|kept|code',
      ' deletes it.|kept',
      '\n|kept',
      '\n|kept',
      'Validates: Requirements 1.1|kept|strong',
    ]);
  });

  it('say so where a mark is what changed', () => {
    assert.deepEqual(shown([kept('It is '), fresh('**'), kept('gone'), fresh('**'), kept('.')]), [
      'It is |kept',
      '**|new|strong',
      'gone|kept|strong',
      '**|new',
      '.|kept',
    ]);
  });

  it('are as they are written where a mark has no other', () => {
    for (const lone of ['2 * 3 is 6', 'a *.ts file', 'a ` in words', '**half'])
      assert.equal(text(lookingWords([kept(lone)])), lone);
  });

  it('never lose a word', () => {
    const word = fc.record<ChangeWord>({
      text: fc.stringMatching(/^(?:[ab*`#\n ]{0,6})$/),
      is: fc.constantFrom('kept', 'gone', 'new'),
    });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const letters = (all: readonly ChangeWord[]) => text(all).replace(/[^ab\n]/g, '');
        assert.equal(letters(lookingWords(words)), letters(words));
      }),
    );
  });
});
