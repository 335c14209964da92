import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createCappedText } from '../../../src/core/util/cappedText';
import { runs } from '../../support/soak';

describe('cappedText', () => {
  it('keeps everything that fits, and of the rest the beginning and the end', () => {
    const property = fc.property(fc.array(fc.string({ unit: 'grapheme' })), (parts) => {
      const capped = createCappedText(10);
      for (const part of parts) capped.add(part);
      const whole = parts.join('');
      const shown = capped.toString();
      if (shown === whole) return;
      const match = /^([\s\S]*)\n… (\d+) characters left out …\n([\s\S]*)$/.exec(shown);
      assert.ok(match, shown);
      const [, head = '', leftOut, tail = ''] = match;
      assert.ok(whole.startsWith(head) && whole.endsWith(tail));
      assert.equal(head.length + Number(leftOut) + tail.length, whole.length);
      assert.ok(head.length <= 10 && tail.length <= 10);
      assert.ok(isWellFormed(head) && isWellFormed(tail));
    });
    fc.assert(property, runs(100));
  });
});

/** No half of a character: encoding would replace it. */
function isWellFormed(text: string): boolean {
  return Buffer.from(text, 'utf8').toString('utf8') === text;
}
