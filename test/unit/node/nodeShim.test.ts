import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { ensureNodeShim } from '../../../src/node/nodeShim';
import { createWorkspace } from '../../support/workspaceBuilder';

describe('ensureNodeShim', () => {
  it('follows the program when it moves, and is written once', async () => {
    const workspace = createWorkspace();
    const path = `${workspace.native}/bin/node`;
    await ensureNodeShim(`${workspace.native}/bin`, "/opt/it's/electron", 'linux');
    assert.equal(
      readFileSync(path, 'utf8'),
      "#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec '/opt/it'\\''s/electron' \"$@\"\n",
    );
    assert.equal(statSync(path).mode & 0o111, 0o111);
    const { ino } = statSync(path);
    await ensureNodeShim(`${workspace.native}/bin`, "/opt/it's/electron", 'linux');
    assert.equal(statSync(path).ino, ino);
    await ensureNodeShim(`${workspace.native}/bin`, '/opt/new/electron', 'linux');
    assert.match(readFileSync(path, 'utf8'), /'\/opt\/new\/electron'/);
  });

  it('is a batch file on Windows', async () => {
    const workspace = createWorkspace();
    await ensureNodeShim(workspace.native, 'C:\\100%\\Code.exe', 'win32');
    assert.equal(
      readFileSync(`${workspace.native}/node.cmd`, 'utf8'),
      '@echo off\r\nset ELECTRON_RUN_AS_NODE=1\r\n"C:\\100%%\\Code.exe" %*\r\n',
    );
  });
});
