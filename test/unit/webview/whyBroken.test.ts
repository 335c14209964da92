import assert from 'node:assert/strict';
import { whyBroken } from '../../../src/webview/preview/whyBroken';

describe('preview: why a diagram cannot be drawn', () => {
  it('names the place, and keeps what the parser expected for who wants it', () => {
    const message =
      "Parse error on line 4:\n...LR  A[Client --> \n--------------------^\nExpecting 'SQE', 'PE', got '1'";
    const { reason, more } = whyBroken(message);
    assert.equal(reason, ': it is not understood near “LR  A[Client -->”.');
    assert.equal(more, message);
  });

  it('says what it is told where no place is pointed at', () => {
    assert.deepEqual(whyBroken('No diagram type detected'), {
      reason: ': No diagram type detected',
      more: undefined,
    });
  });
});
