/** A run that a person watches: it fails, is told how, is proved, taken back and reported; and one whose extension host is killed. */
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { axeFindings } from '../support/axe';
import type { Workbench } from '../support/host/workbench';
import { type MessagesServer, startMessagesServer } from '../support/messagesServer';
import { type Editor, startEditor, until } from './editor';

const RUN = { selector: '[data-earshot="run"]' };
const SPEC = '.kiro/specs/greeting';
const CHECK = `import assert from 'node:assert/strict';
import { hello } from './src/hello.js';
assert.equal(hello('Ada'), 'Hello, Ada!');
`;
const helloThat = (says: string) => ({
  tools: [
    {
      name: 'write_file',
      input: {
        path: 'src/hello.js',
        content: `export function hello(name) {\n  return ${says};\n}\n`,
      },
    },
  ],
});
const CLAIM = { text: 'It greets people now.' };

describe('a run', function () {
  this.timeout(240_000);
  let editor: Editor;
  let window: Workbench;
  let server: MessagesServer;

  before(async () => {
    server = await startMessagesServer({ stays: true });
    editor = await startEditor({
      machineSettings: { 'earshot.baseUrl': server.url, 'earshot.autonomy': 'autopilot' },
    });
    window = await editor.open();
  });
  after(async () => {
    await editor?.stop();
    await server?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.screenshot('run-failed');
  });

  it('fails, goes on with a hint, is proved, taken back, and reported', async () => {
    await mkdir(join(editor.folder, SPEC), { recursive: true });
    // The sample's own tests are no part of this story.
    await writeFile(join(editor.folder, 'package.json'), '{ "type": "module" }\n');
    await writeFile(join(editor.folder, 'check.mjs'), CHECK);
    await writeFile(
      join(editor.folder, SPEC, 'tasks.md'),
      '# Implementation Plan\n\n- [ ] 1. Greet by name\n  - _Verify: node check.mjs_\n- [ ]* 2. Greet in German\n',
    );
    // Three tries, and none of them does what it says.
    server.enqueue(
      helloThat('name'),
      CLAIM,
      helloThat("'Hi, ' + name"),
      CLAIM,
      helloThat("'Hello ' + name"),
      CLAIM,
    );
    await window.openView('Earshot');
    await window.treeRow('greeting').waitFor();
    await window.quick.choose('Earshot: Plan Run…', 'greeting');
    const panel = await window.webview(RUN);
    await panel.getByRole('button', { name: 'Run 1 task' }).waitFor();
    await window.screenshot('run-1-plan');
    await panel.getByRole('button', { name: 'Run 1 task' }).click();
    await window.answerDialog(/before it is approved/, 'Run Anyway');
    await window.answerDialog('Use this command as the check?', 'Use This Check');
    const hint = panel.getByLabel(/^Hint for the next try/);
    await hint.waitFor();
    await window.screenshot('run-2-failed');
    assert.deepEqual(await axeFindings(window.page, RUN.selector), []);
    const box = async () => (await editor.read(`${SPEC}/tasks.md`)).match(/\[(.)\] 1/)?.[1];
    assert.equal(await box(), ' ');
    assert.match(await editor.read('src/hello.js'), /'Hello ' \+ name/);

    server.enqueue(helloThat("'Hello, ' + name + '!'"), CLAIM);
    await hint.fill('With a comma and an exclamation mark');
    await window.page.keyboard.press('Control+Enter');
    await panel.locator('.tag', { hasText: 'Done' }).first().waitFor();
    const said = JSON.stringify(server.requests[6]?.body.messages);
    assert.match(said, /With a comma and an exclamation mark/);
    assert.equal(await box(), 'x');
    await window.screenshot('run-3-proved');

    await panel.getByRole('button', { name: 'Restore to before' }).click();
    await window.page.getByPlaceholder('Uncheck what shall stay').waitFor();
    await window.screenshot('run-4-restore');
    await window.page.keyboard.press('Enter');
    await window.notification('Restored 4 files').waitFor();
    assert.equal(await box(), ' ');
    await window.answerNotification('Restored 4 files', 'Undo');
    await until('all is back', async () => (await box()) === 'x');
    assert.match(await editor.read('src/hello.js'), /'Hello, '/);

    await panel.getByRole('button', { name: 'Report' }).click();
    await window.page.locator('.tab.active', { hasText: 'Report of run 1' }).waitFor();
    const report = await window.webview({ title: /Report of run 1/ });
    await report.getByText('1 Greet by name').first().waitFor();
    await window.screenshot('run-5-report');

    await window.openView('Testing');
    await window.page.locator('.test-explorer [aria-label^="greeting (Passed)"]').waitFor();
  });

  async function unfold(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const row = window.treeRow(name);
      await row.waitFor();
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
    }
  }

  async function sessionLog(): Promise<{ text: string; events: { type: string; owner?: string }[] }> {
    const folder = join(editor.home, 'workspaces');
    const [workspace = ''] = await readdir(folder);
    const sessions = join(folder, workspace, 'sessions');
    const logs = (await readdir(sessions)).filter((name) => name.endsWith('.jsonl'));
    const times = await Promise.all(logs.map(async (name) => (await stat(join(sessions, name))).mtimeMs));
    const newest = logs[times.indexOf(Math.max(...times))] ?? '';
    const text = await readFile(join(sessions, newest), 'utf8');
    return {
      text,
      events: text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string; owner?: string }),
    };
  }

  it('leaves, when its extension host is killed, an interrupted task, an intact log, and a way on', async () => {
    const asked = server.requests.length;
    server.enqueue(
      { text: 'I look first.', tools: [{ name: 'list_files', input: { path: '.' } }] },
      { text: 'And now I think about it for a very long time', fault: 'stall', faultAfter: 3 },
    );
    const path = join(editor.folder, '.kiro/specs/short-codes/tasks.md');
    await writeFile(path, '# Implementation Plan\n\n- [ ] 1. Look around\n  - _Verify: node --version_\n');
    await window.openView('Earshot');
    await unfold('short-codes', 'tasks.md');
    await window.treeRow('1 Look around').waitFor();
    await window.quick.choose('Earshot: Start Task', '1 Look around');
    await window.answerDialog(/before it is approved/, 'Run Anyway').catch(() => {});
    await window.answerDialog('Use this command as the check?', 'Use This Check').catch(() => {});
    await until('two requests', async () => server.requests.length === asked + 2);
    // What came before the request is written while the model thinks.
    await until('the log of them', async () => (await sessionLog()).events.length >= 7);
    assert.match(await readFile(path, 'utf8'), /\[-\] 1\. Look around/);

    const pid = Number((await sessionLog()).events[0]?.owner?.split(/\D/)[0]);
    process.kill(pid, 'SIGKILL');
    await window.page.waitForTimeout(1000);
    await window.reload();

    await window.openView('Earshot');
    await unfold('short-codes', 'tasks.md');
    await window.treeRow(/Look around.*interrupted/s).waitFor();
    await window.screenshot('crash-interrupted');
    const { events } = await sessionLog();
    assert.deepEqual(
      events.slice(0, 7).map(({ type }) => type),
      ['session.started', 'user', 'turn.started', 'turn.ended', 'tool.started', 'tool.ended', 'turn.started'],
    );
  });
});
