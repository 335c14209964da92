import assert from 'node:assert/strict';
import type { PathChange } from '../../../../../src/core/checkpoints/model';
import { changesOf } from '../../../../../src/core/tasks/run/changesOf';
import { createMemoryFiles } from '../../../../support/memoryFiles';
import { judged } from '../evidence/evidenceHarness';
import { BOTH, JS, js, KEEPS } from '../evidence/lies/samples';

/** What a try changed in a workspace in which these files stand now. */
function changed(
  changes: readonly PathChange[],
  before: Readonly<Record<string, string | { readonly binary: number }>>,
  files: Readonly<Record<string, string>>,
) {
  const checkpoints = {
    diff: async () => changes,
    read: async (_: string, __: string, path: string) => before[path],
  };
  return changesOf(createMemoryFiles({ root: '/w', files }), checkpoints, '/w', 'c1', undefined);
}

describe('What a try changed', () => {
  it('holds the texts of tests however many other files there are', async () => {
    const made = Array.from({ length: 2500 }, (_, index) => ({
      path: index < 2000 ? `node_modules/a/${index}.js` : `assets/${index}.svg`,
      change: 'added' as const,
    }));
    const found = await changed(
      [...made, { path: JS, change: 'changed' }],
      { [JS]: BOTH },
      { [JS]: js(KEEPS), ...Object.fromEntries(made.map(({ path }) => [path, 'x'])) },
    );
    assert.equal(found.length, 2501);
    assert.deepEqual(
      found.find(({ path }) => path === JS),
      { path: JS, before: BOTH, after: js(KEEPS) },
    );
  });

  it('says of a test that is no text any more what it asserted: that is gone', async () => {
    const found = await changed([{ path: JS, change: 'changed' }], { [JS]: BOTH }, { [JS]: `${BOTH}// \0` });
    const { verdict, suspicions, files } = judged({ changes: found });
    assert.deepEqual([verdict, suspicions.map(({ kind }) => kind)], ['refuted', ['testsRemoved']]);
    assert.deepEqual(files, [{ path: JS, change: 'changed', added: 0, removed: 0 }]);
  });

  it('knows a file that may be executed now, and one that is gone', async () => {
    const found = await changed(
      [
        { path: 'a.sh', change: 'mode' },
        { path: 'b.ts', change: 'deleted' },
      ],
      { 'a.sh': 'a', 'b.ts': 'b' },
      { 'a.sh': 'a' },
    );
    assert.deepEqual(found, [
      { path: 'a.sh', before: undefined, after: undefined, binary: true },
      { path: 'b.ts', before: 'b', after: undefined },
    ]);
  });
});
