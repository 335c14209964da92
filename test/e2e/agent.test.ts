/** A conversation with the agent, as a person has it: mentions, steps, a question, a fork, another window. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
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
});
