/** Lines of a file as a stream, against splitting the whole text. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createAbort } from '../../../src/core/util/abort';
import { createNodeFiles } from '../../../src/node/nodeFiles';
import { runs } from '../../support/soak';
import { createWorkspace } from '../../support/workspaceBuilder';

const files = createNodeFiles();

describe('readLines', () => {
  it('gives the lines that splitting the whole text gives', async () => {
    const workspace = createWorkspace();
    const piece = fc.constantFrom('a', 'üß', '🙂', '\n', '\r', '\r\n', '\n\n', 'word', '\uFEFF');
    const range = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), range, async (pieces, [first, count]) => {
        const text = pieces.join('');
        writeFileSync(join(workspace.native, 'a.txt'), text);
        const wanted = { first, last: first + count, lineLength: 100, characters: 100_000 };
        const part = await files.readLines(workspace.path('a.txt'), wanted, createAbort().signal);
        const all = text.split(/\r\n|\r|\n/);
        assert.deepEqual(
          part?.lines.map((line) => line.text),
          all.slice(first - 1, first + count),
        );
        assert.equal(part?.isText, true);
        if (part?.more) assert.ok(all.length > first + count);
        else assert.ok(all.length <= first + count);
      }),
      runs(60),
    );
  });

  it('does not split a pair of line ends between two pieces of the stream', async () => {
    const workspace = createWorkspace();
    const long = 'x'.repeat((1 << 20) - 1);
    writeFileSync(join(workspace.native, 'a.txt'), `${long}\r\nend`);
    const wanted = { first: 1, last: 5, lineLength: 3, characters: 100 };
    const part = await files.readLines(workspace.path('a.txt'), wanted, createAbort().signal);
    assert.deepEqual(part, {
      lines: [
        { text: 'xxx', cut: long.length - 3 },
        { text: 'end', cut: 0 },
      ],
      more: false,
      isText: true,
    });
  });

  it('knows no lines of what is not there, and stops when it is told to', async () => {
    const workspace = createWorkspace().file('a.txt', 'a');
    const wanted = { first: 1, last: 5, lineLength: 3, characters: 100 };
    assert.equal(await files.readLines(workspace.path('none'), wanted, createAbort().signal), undefined);
    const abort = createAbort();
    abort.abort(new Error('stop'));
    await assert.rejects(files.readLines(workspace.path('a.txt'), wanted, abort.signal));
  });
});
