import assert from 'node:assert/strict';
import { fromNativePath, toNativePath } from '../../../src/node/nativePath';

describe('nativePath', () => {
  it('translates at the border of Windows', () => {
    assert.equal(toNativePath('c:/a/b c.md', 'win32'), 'c:\\a\\b c.md');
    assert.equal(toNativePath('c:', 'win32'), 'c:\\');
    assert.equal(fromNativePath('C:\\a\\b', 'win32'), 'c:/a/b');
    assert.equal(fromNativePath('\\\\?\\C:\\a', 'win32'), 'c:/a');
  });

  it('leaves paths alone elsewhere, where a backslash is a letter', () => {
    assert.equal(toNativePath('/a/b\\c', 'linux'), '/a/b\\c');
    assert.equal(fromNativePath('/a/b\\c', 'linux'), '/a/b\\c');
  });
});
