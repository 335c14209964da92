/** The extension host is killed in the middle of a task: the next start tells, and nothing is lost. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from '../support/host/workbench';
import { type MessagesServer, startMessagesServer } from '../support/messagesServer';
import { disposeOwned } from '../support/testStore';
import { type Editor, startEditor, until } from './editor';

describe('a killed extension host', function () {
  this.timeout(180_000);
  let editor: Editor;
  let window: Workbench;
  let server: MessagesServer;

  before(async () => {
    server = await startMessagesServer({
      turns: [
        { text: 'I look first.', tools: [{ name: 'list_files', input: { path: '.' } }] },
        { text: 'And now I think about it for a very long time', fault: 'stall', faultAfter: 3 },
      ],
    });
    editor = await startEditor({
      machineSettings: { 'earshot.baseUrl': server.url, 'earshot.autonomy': 'autopilot' },
    });
    window = await editor.open();
  });
  after(async () => {
    await editor?.stop();
    await disposeOwned();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.screenshot('crash-failed');
  });

  async function sessionLog(): Promise<{ text: string; events: { type: string; owner?: string }[] }> {
    const folder = join(editor.home, 'workspaces');
    const [workspace = ''] = await readdir(folder);
    const [log = ''] = await readdir(join(folder, workspace, 'sessions'));
    const text = await readFile(join(folder, workspace, 'sessions', log), 'utf8');
    return {
      text,
      events: text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string; owner?: string }),
    };
  }

  it('leaves an interrupted task, an intact log, and a way on', async () => {
    const path = join(editor.folder, '.kiro/specs/short-codes/tasks.md');
    const { writeFile } = await import('node:fs/promises');
    await writeFile(path, '# Implementation Plan\n\n- [ ] 1. Look around\n  - _Verify: node --version_\n');
    await window.openView('Earshot');
    await window.treeRow('1 Look around').waitFor();
    await window.runCommand('Earshot: Start Task');
    await window.quick.pick('1 Look around').catch(() => {});
    await window.answerDialog(/before it is approved/, 'Run Anyway').catch(() => {});
    await window.answerDialog(/Use these 2 commands as checks/, 'Use These Checks').catch(() => {});
    await until('two requests', async () => server.requests.length === 2);
    // What came before the request is written while the model thinks.
    await until('the log of them', async () => (await sessionLog()).events.length >= 7);
    assert.match(await readFile(path, 'utf8'), /\[-\] 1\. Look around/);

    const pid = Number((await sessionLog()).events[0]?.owner?.split(/\D/)[0]);
    process.kill(pid, 'SIGKILL');
    await window.page.waitForTimeout(1000);
    await window.reload();

    await window.openView('Earshot');
    await window.treeRow(/Look around.*interrupted/s).waitFor();
    await window.screenshot('crash-interrupted');
    const { events } = await sessionLog();
    assert.deepEqual(
      events.slice(0, 7).map(({ type }) => type),
      ['session.started', 'user', 'turn.started', 'turn.ended', 'tool.started', 'tool.ended', 'turn.started'],
    );
  });
});
