/** The guided demo from an empty window: it goes on after the reload and the trust question that a folder brings. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkbench, type Workbench } from '../support/host/workbench';
import { type Editor, startEditor, until } from './editor';
import { LOOK } from './look';

describe('the guided demo, from an empty window', function () {
  this.timeout(120_000);
  let editor: Editor;
  let window: Workbench;

  before(async () => {
    editor = await startEditor({
      workspaceTrust: true,
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'always',
      },
    });
    window = await openWorkbench({
      browser: editor.browser,
      server: editor.server,
      takesPicture: LOOK.takesPicture,
    });
  });
  after(() => editor?.stop());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.screenshot('demo-failed');
  });

  it('copies the sample, opens it, and begins once it is trusted', async () => {
    await window.runCommand('Earshot: Start the Guided Demo');
    await window.answerTrust('trust');
    await window.quickInput('New Spec (rehearsed demo');
    assert.equal(await window.quick.input().inputValue(), 'Short links that expire');
    await window.quick.accept(/in a sentence/);
    await window.quick.accept('Name of the spec');
    const copy = join(editor.userHome, 'earshot-demo');
    await until('the requirements', async () => {
      const specs = await readdir(join(copy, '.kiro/specs'));
      return (
        specs.includes('short-links-expire') &&
        existsSync(join(copy, '.kiro/specs/short-links-expire/requirements.md'))
      );
    });
    assert.equal(existsSync(join(editor.folder, '.kiro/specs/short-links-expire')), false);
    await window.screenshot('demo-after-trust');
  });
});
