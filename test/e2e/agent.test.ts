/** A conversation with the agent, as a person has it: mentions, steps, a question, a fork, another window. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { repoRoot } from '../support/host/paths';
import type { Workbench } from '../support/host/workbench';
import { type MessagesServer, startMessagesServer } from '../support/messagesServer';
import { inLongRun } from '../support/soak';
import { type Editor, startEditor, until } from './editor';

const AGENT = { selector: '[data-earshot="agent"]' };

describe('a conversation with the agent', function () {
  this.timeout(180_000);
  this.bail(true);
  let editor: Editor;
  let server: MessagesServer;
  let window: Workbench;

  before(async () => {
    server = await startMessagesServer({ stays: true });
    editor = await startEditor({ machineSettings: { 'earshot.baseUrl': server.url } });
    window = await editor.open();
    await window.runCommand('Earshot: Show Agent');
  });
  after(async () => {
    await editor?.stop();
    await server?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.screenshot('agent-failed');
  });

  const message = (view: FrameLocator) => view.getByLabel('Message to the agent');
  const answer = (view: FrameLocator, text: string) => view.locator('.message', { hasText: text });

  it('begins by typing, with a file that is found by its name', async () => {
    server.enqueue(
      {
        tools: [
          { name: 'read_file', input: { path: 'README.md' } },
          { name: 'list_files', input: { path: 'src' } },
        ],
      },
      { text: 'It makes **short links**.' },
    );
    const view = await window.webview(AGENT);
    await message(view).click();
    await window.page.keyboard.type('What is #fi');
    await view.getByRole('option', { name: /#file/ }).waitFor();
    await window.page.keyboard.press('Enter');
    await window.page.keyboard.type('readme');
    await view.getByRole('option', { name: /README\.md/ }).waitFor();
    await window.screenshot('agent-1-mention');
    await window.page.keyboard.press('Tab');
    await window.page.keyboard.type('about?');
    await window.page.keyboard.press('Enter');
    await answer(view, 'short links').waitFor();
    await view.locator('.state-tag', { hasText: 'Ready' }).waitFor();
    await view.locator('.mention', { hasText: 'README.md' }).waitFor();
    await window.screenshot('agent-2-answer');
    const [first] = server.requests[0]?.body.messages ?? [];
    assert.match(String(first?.content[0]?.text), /^<attached name="#file:README\.md">/);
  });

  it('attaches what the editor knows; a mention that is whole is sent with one Enter', async () => {
    server.enqueue({ text: 'All is well.' });
    const view = await window.webview(AGENT);
    await message(view).fill('Look at #problems');
    await window.page.keyboard.press('Enter');
    await answer(view, 'All is well.').waitFor();
    const attached = server.requests.at(-1)?.body.messages.at(-1)?.content[0];
    assert.match(String(attached?.text), /^<attached name="#problems">/);
  });

  it('asks before it runs a command, and shows what that prints', async () => {
    server.enqueue(
      { tools: [{ name: 'run_command', input: { command: 'echo counted 3 files' } }] },
      { text: 'There are three.' },
    );
    const view = await window.webview(AGENT);
    await message(view).fill('Count the files');
    await window.page.keyboard.press('Enter');
    await view.getByText('Allow this command?').waitFor();
    await window.screenshot('agent-3-question');
    // From wherever the person is in the view; then by its number.
    await message(view).focus();
    await window.page.keyboard.press('F6');
    await view.locator('.question :focus').waitFor();
    await window.page.keyboard.press('1');
    await answer(view, 'There are three.').waitFor();
    await until('the answer is told', async () => server.requests.length === 5);
    const result = JSON.stringify(server.requests[4]?.body.messages.at(-1));
    assert.match(result, /counted 3 files/);
  });

  async function thank({ page }: Workbench, view: FrameLocator): Promise<void> {
    server.enqueue({ text: 'You are welcome.' });
    await message(view).fill('Thank you');
    await page.keyboard.press('Enter');
    await answer(view, 'You are welcome.').waitFor();
  }

  // Two cores with one home do so always, in the unit tests of chats and of two windows.
  inLongRun('is the same in a second window, which goes on with it', async () => {
    const other = await editor.open();
    await other.runCommand('Earshot: Show Agent');
    const view = await other.webview(AGENT);
    await answer(view, 'There are three.').waitFor();
    await thank(other, view);
    await answer(await window.webview(AGENT), 'You are welcome.').waitFor();
    await other.close();
  });

  it('is forked before a message, which is then changed', async () => {
    const view = await window.webview(AGENT);
    const isThanked = (await answer(view, 'You are welcome.').count()) > 0;
    if (!isThanked) await thank(window, view);
    await view.locator('.prompt', { hasText: 'Thank you' }).hover();
    await view
      .locator('.prompt', { hasText: 'Thank you' })
      .getByLabel(/^Fork before/)
      .click();
    await until(
      'the words are there to change',
      async () => (await message(view).inputValue()) === 'Thank you',
    );
    assert.equal(await answer(view, 'You are welcome.').count(), 0);
    server.enqueue({ text: 'Tschüss.' });
    await message(view).fill('In German, please');
    await window.page.keyboard.press('Enter');
    await answer(view, 'Tschüss.').waitFor();
  });

  it('is restored to before a message with the files that it changed, and that is undone', async () => {
    const file = join(editor.folder, 'notes.md');
    server.enqueue(
      { tools: [{ name: 'write_file', input: { path: 'notes.md', content: 'Short links.\n' } }] },
      { text: 'Noted.' },
    );
    const view = await window.webview(AGENT);
    await message(view).fill('Write notes');
    await window.page.keyboard.press('Enter');
    await view.getByRole('button', { name: 'Keep All' }).click();
    await answer(view, 'Noted.').waitFor();
    await view.locator('.state-tag', { hasText: 'Ready' }).waitFor();
    await view.locator('.prompt', { hasText: 'Write notes' }).hover();
    await view.getByLabel('Restore to before this turn').last().click();
    await window.quick.pick('Files and conversation');
    await window.page.getByPlaceholder('Uncheck what shall stay').waitFor();
    await window.screenshot('agent-4-restore');
    await window.page.keyboard.press('Enter');
    await window.notification('Restored 1 file').waitFor();
    assert.equal(existsSync(file), false);
    const fork = await window.webview(AGENT);
    await until('its words', async () => (await message(fork).inputValue()) === 'Write notes');
    assert.equal(await answer(fork, 'Noted.').count(), 0);
    await message(fork).fill('');
    await window.answerNotification('Restored 1 file', 'Undo');
    await answer(await window.webview(AGENT), 'Noted.').waitFor();
    assert.equal(existsSync(file), true);
  });

  it('is called something else, is listed, exported, and deleted with consent', async () => {
    const view = await window.webview(AGENT);
    await message(view).fill('/rename In German');
    await window.page.keyboard.press('Enter');
    await view.getByRole('heading', { name: 'In German' }).waitFor();
    await message(view).fill('/export');
    await window.page.keyboard.press('Escape');
    await window.page.keyboard.press('Enter');
    await until('the export', async () => (await window.editorText()).includes('# In German'));
    await view.getByLabel('Sessions').click();
    await view.locator('.session-name', { hasText: 'In German' }).waitFor();
    await window.screenshot('agent-5-sessions');
    await window.page.keyboard.press('Delete');
    await window.answerDialog('Delete the session “In German”?', 'Delete');
    await view.locator('.session-name', { hasText: 'In German' }).waitFor({ state: 'detached' });
    await window.page.keyboard.press('Escape');
  });

  it('is whole again after a reload', async () => {
    await window.reload();
    await window.runCommand('Earshot: Show Agent');
    await answer(await window.webview(AGENT), 'There are three.').waitFor();
    await window.screenshot('agent-6-reloaded');
  });

  /** Begins another session, which is told `words` with what is on the clipboard. */
  async function begin(words: string): Promise<FrameLocator> {
    const view = await window.webview(AGENT);
    await message(view).fill('/new');
    await window.page.keyboard.press('Escape');
    await window.page.keyboard.press('Enter');
    await view.getByPlaceholder('Ask or tell').waitFor();
    await message(view).fill(words);
    return view;
  }
  const allow = async (view: FrameLocator) => {
    await view.getByText('Allow this command?').waitFor();
    await view.getByRole('button', { name: /^Allow once/i }).click();
  };
  const lastMessage = () => server.requests.at(-1)?.body.messages.at(-1)?.content ?? [];

  it('is shown a picture that was pasted, and steered while its command runs', async () => {
    const wait = 'echo ready; until [ -e go ]; do sleep 0.1; done; echo gone on';
    server.enqueue(
      { text: 'A red dot. I look further.', tools: [{ name: 'run_command', input: { command: wait } }] },
      { text: 'Only the header, then.' },
    );
    const view = await begin('What is in this picture?');
    await copyPicture(window);
    await message(view).focus();
    await window.page.keyboard.press('ControlOrMeta+V');
    await view.getByLabel('Pictures to send').getByText('picture-1.png').waitFor();
    await window.screenshot('agent-7-picture');
    await window.page.keyboard.press('Enter');
    await allow(view);
    const image = lastMessage().find(({ type }) => type === 'image');
    const { media_type: type, data } = (image?.source ?? {}) as Readonly<Record<string, string>>;
    assert.deepEqual([type, sizeOf(data)], ['image/png', sizeOf(await picture)]);
    await view.getByText('ready', { exact: true }).waitFor();
    const before = server.requests.length;
    await message(view).fill('Look at the header alone');
    await window.page.keyboard.press('Enter');
    await view.getByLabel('Waits for the next request').getByText('Look at the header alone').waitFor();
    await window.screenshot('agent-8-steering');
    assert.equal(server.requests.length, before, 'the command still runs');
    await writeFile(join(editor.folder, 'go'), '');
    await answer(view, 'Only the header, then.').waitFor();
    const [result, steered] = lastMessage();
    assert.match(String(result?.content), /gone on/);
    assert.equal(steered?.text, 'Look at the header alone');
  });

  it('ends a command with all that it started when it is stopped, and says so', async () => {
    const command = 'sleep 987 & echo $! > child.pid; echo started; wait';
    server.enqueue({ tools: [{ name: 'run_command', input: { command } }] });
    const view = await window.webview(AGENT);
    await message(view).fill('Run it');
    await window.page.keyboard.press('Enter');
    await allow(view);
    await view.getByText('started', { exact: true }).waitFor();
    const child = Number(await editor.read('child.pid'));
    assert.ok(isAlive(child));
    const before = server.requests.length;
    await view.getByRole('button', { name: 'Stop', exact: true }).last().click();
    await view.locator('.state-tag', { hasText: 'Stopped' }).waitFor();
    await view.getByText('What was done is kept.').waitFor();
    await until('the child is gone', async () => !isAlive(child));
    assert.equal(server.requests.length, before);
    await window.screenshot('agent-9-stopped');
  });

  it('waits with the next turn until two changes are decided on, and takes the refused one back', async () => {
    const text = (first: string, last: string) => [first, ...Array(20).fill('between'), last, ''].join('\n');
    await writeFile(join(editor.folder, 'two.txt'), text('one', 'two'));
    server.enqueue(
      { tools: [{ name: 'read_file', input: { path: 'two.txt' } }] },
      { tools: [{ name: 'write_file', input: { path: 'two.txt', content: text('ONE', 'TWO') } }] },
      { text: 'Both are louder.' },
      { text: 'One is.' },
    );
    const view = await begin('Make both louder');
    await window.page.keyboard.press('Enter');
    await view.getByText('1 file changed: keep it?').waitFor();
    const before = server.requests.length;
    await message(view).fill('Which are louder now?');
    await window.page.keyboard.press('Enter');
    await view.getByLabel('Waits for your review').waitFor();
    assert.equal(await editor.read('two.txt'), text('ONE', 'TWO'));
    await view.getByLabel('Keep the piece at line 22 of two.txt').click();
    await view.getByRole('button', { name: 'Keep 1, Refuse 1' }).waitFor();
    await window.screenshot('agent-10-review');
    assert.equal(server.requests.length, before, 'it waits');
    await view.getByRole('button', { name: 'Keep 1, Refuse 1' }).click();
    await server.received(before + 1);
    assert.equal(await editor.read('two.txt'), text('ONE', 'two'));
    await answer(view, 'One is.').waitFor();
    await view.locator('.state-tag', { hasText: 'Ready' }).waitFor();
    await window.screenshot('agent-11-decided');
  });
});

const picture = readFile(join(repoRoot, 'media/icon.png'), 'base64');

/** Of a PNG in base64: the clipboard writes it anew. */
function sizeOf(data = ''): readonly number[] {
  const bytes = Buffer.from(data, 'base64');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** As a program for pictures copies one. */
async function copyPicture({ page }: Workbench): Promise<void> {
  await page.evaluate(
    async (data) => {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      const blob = new Blob([bytes], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    },
    await picture,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
