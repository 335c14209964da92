import assert from 'node:assert/strict';
import { borrowClipboard, type Replacing } from '../../../src/vscode/features/entryPoints/clipboard';

/** A clipboard with a text, or with a picture, which no extension sees. */
function clipboardWith(held: string | { picture: string }) {
  let content = held;
  const asked: Replacing[] = [];
  const borrow = (selected: string, answer?: Replacing) =>
    borrowClipboard(
      {
        readText: async () => (typeof content === 'string' ? content : ''),
        async writeText(text) {
          content = text;
        },
      },
      async () => {
        if (selected !== '') content = selected;
      },
      async () => {
        asked.push(answer);
        return answer;
      },
    );
  return { borrow, asked, content: () => content };
}

describe('the selection of the terminal, by way of the clipboard', () => {
  it('is read, and a text that was copied before is there again', async () => {
    const { borrow, asked, content } = clipboardWith('mine');
    assert.equal(await borrow('error 5'), 'error 5');
    assert.equal(await borrow(''), '', 'nothing was selected');
    assert.equal(content(), 'mine');
    assert.deepEqual(asked, []);
  });

  it('does not cost a picture that was copied before, unless the person says so', async () => {
    const picture = { picture: 'a dot' };
    const { borrow, content } = clipboardWith(picture);
    assert.equal(await borrow('error 5', undefined), undefined);
    assert.equal(await borrow('error 5', 'latest'), '', 'something else is taken');
    assert.equal(content(), picture);
    assert.equal(await borrow('error 5', 'selection'), 'error 5');
    assert.equal(await borrow('error 6'), 'error 6', 'there is text on it now: nobody is asked');
  });
});
