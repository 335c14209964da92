// Verifies: steering-engine#4.1
/** What is around the agent, as a person sets it up: a hook in words, steering that is in the context, a server that asks back. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { axeFindings } from '../support/axe';
import type { Workbench } from '../support/host/workbench';
import { type MessagesServer, startMessagesServer } from '../support/messagesServer';
import { startOAuthServer } from '../support/oauthServer';
import { EVERYTHING } from '../support/realServers';
import { type Editor, startEditor, until } from './editor';

const FORM = '[data-earshot="mcp"]';
const HOOK = {
  name: 'Check syntax',
  trigger: 'PostFileSave',
  matcher: '^src/.*\\.js$',
  action: { type: 'command', command: 'node --check {{filePath}} && echo {{filePath}} is fine' },
  timeout: 30,
};
const AGENT = `---
name: reviewer
description: Reviews.
tools: [read]
hooks:
  stop:
    - command: npm run report
  preToolUse:
    - matcher: read_file
      command: npm run may-read
---
You review.
`;
const STEERING = {
  'errors.md': `---\ninclusion: fileMatch\nfileMatchPattern: "src/**/*.js"\n---\n# Errors\n\nA refusal says what to do.\n`,
  'releases.md': '---\ninclusion: manual\n---\n# Releases\n\nThe changelog comes first.\n',
};

describe('the surroundings of the agent', function () {
  this.timeout(180_000);
  this.bail(true);
  let editor: Editor;
  let server: MessagesServer;
  let window: Workbench;

  before(async () => {
    server = await startMessagesServer({ stays: true });
    editor = await startEditor({ machineSettings: { 'earshot.baseUrl': server.url } });
    const steering = join(editor.folder, '.kiro/steering');
    await mkdir(steering, { recursive: true });
    for (const [name, text] of Object.entries(STEERING)) await writeFile(join(steering, name), text);
    const agents = join(editor.folder, '.kiro/agents');
    await mkdir(agents, { recursive: true });
    await writeFile(join(agents, 'reviewer.md'), AGENT);
    window = await editor.open();
    await window.openView('Earshot');
  });
  after(async () => {
    await editor?.stop();
    await server?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.screenshot('surroundings-failed');
  });

  const rowIn = (pane: Locator, text: string | RegExp) =>
    pane.locator('.monaco-list-row[role="treeitem"]').filter({ hasText: text }).first();

  /** Its own click opens what it stands for. */
  /** A click on a row that is just drawn anew is lost. */
  const unfold = (row: Locator) =>
    until('the row is unfolded', async () => {
      if ((await row.getAttribute('aria-expanded')) === 'true') return true;
      await row.locator('.monaco-tl-twistie').click();
      await window.page.waitForTimeout(500);
      return false;
    });

  /** One view alone, as tall as the side bar. */
  async function onlyPane(title: string): Promise<Locator> {
    for (const other of ['Specs', 'Hooks', 'MCP Servers', 'Steering']) {
      const header = (await window.pane(other, false)).locator('.pane-header').first();
      const isOpen = (await header.getAttribute('aria-expanded')) === 'true';
      if (isOpen !== (other === title)) await header.click();
    }
    return window.pane(title);
  }

  async function openFile(name: string): Promise<void> {
    await window.runCommand('Go to File...');
    await window.quick.pick(name.slice(name.lastIndexOf('/') + 1), name);
    await window.page.locator('.tab.active', { hasText: name.slice(name.lastIndexOf('/') + 1) }).waitFor();
  }

  it('drafts a hook from a sentence, and shows it before it is saved', async () => {
    const path = '.kiro/hooks/check-syntax.json';
    server.enqueue({ text: JSON.stringify(HOOK), chunkSize: 200 });
    await onlyPane('Hooks');
    await window.runCommand('Earshot: Create Hook from a Description…');
    await window.quickInput('What should happen, and when?');
    await window.quick.enter('When I save a JavaScript file of src, check its syntax');
    await window.quickInput('This is the hook.');
    assert.match(await window.editorText(), /node --check \{\{filePath\}\}/);
    assert.match(JSON.stringify(server.requests[0]?.body.messages), /check its syntax/);
    assert.equal(existsSync(join(editor.folder, path)), false);
    await window.screenshot('surroundings-1-proposal');
    await window.quick.pick('.kiro/hooks/check-syntax.json in');
    await window.answerNotification('The hook “Check syntax” is saved', 'Let It Run…');
    await window.answerDialog('Let the hook “Check syntax” run?', 'Let It Run');
    assert.deepEqual(JSON.parse(await editor.read(path)).hooks, [HOOK]);
    await rowIn(await window.pane('Hooks'), /Check syntax.*ready/s).waitFor();
  });

  it('fires it when a file is saved, and shows what it printed', async () => {
    await openFile('src/codes.js');
    await window.runCommand('Earshot: Dry Run: What Would Fire if I Saved This File?');
    await window.quickInput('What would fire: src/codes.js');
    await window.quick.item('Check syntax').waitFor();
    await window.screenshot('surroundings-2-dry-run');
    await window.page.keyboard.press('Escape');
    await window.type('\n');
    await window.save();
    const hooks = await window.pane('Hooks');
    const row = rowIn(hooks, /Check syntax.*passed/s);
    await unfold(row);
    const run = rowIn(hooks, 'src/codes.js');
    await run.waitFor();
    await run.click();
    await until('its output', async () => (await window.editorText()).includes('src/codes.js is fine'));
    await window.screenshot('surroundings-3-run');
  });

  it('lists the hooks that an agent brings, and opens its file at them', async () => {
    const hooks = await window.pane('Hooks');
    await rowIn(hooks, 'Of agents').waitFor();
    await rowIn(hooks, /npm run report.*reviewer · asks first/s).waitFor();
    await rowIn(hooks, 'npm run may-read').click();
    await window.page.locator('.tab.active', { hasText: 'reviewer.md' }).waitFor();
    await window.page.locator('.statusbar-item', { hasText: 'Ln 9, Col' }).waitFor();
    await window.screenshot('surroundings-3-agents');
  });

  it('tells which steering is in the context of the file and of the session, and why', async () => {
    await openFile('src/codes.js');
    const steering = await onlyPane('Steering');
    await rowIn(steering, 'In context for src/codes.js').waitFor();
    await rowIn(steering, /errors.*src\/\*\*\/\*\.js/s).waitFor();
    await rowIn(steering, /tech.*always/s).waitFor();
    const before = steering.locator('.monaco-list-row', { hasText: 'came into the session' });
    assert.equal(await before.count(), 0);
    server.enqueue({ text: 'Then I write it first.' });
    await window.runCommand('Earshot: Show Agent');
    const agent = await window.webview({ selector: '[data-earshot="agent"]' });
    const message = agent.getByLabel('Message to the agent');
    await message.click();
    await window.page.keyboard.type('/new');
    await window.page.keyboard.press('Enter');
    await agent.getByRole('heading', { name: 'New session' }).waitFor();
    await message.click();
    await window.page.keyboard.type('/rele');
    await agent.getByRole('option', { name: /releases/ }).waitFor();
    await window.page.keyboard.press('Enter');
    await window.page.keyboard.press('Enter');
    await agent.locator('.message', { hasText: 'Then I write it first.' }).waitFor();
    assert.match(JSON.stringify(server.requests.at(-1)?.body.messages), /The changelog comes first/);
    await rowIn(steering, /releases.*came into the session/s).waitFor();
    await window.screenshot('surroundings-4-steering');
    await window.runCommand('View: Toggle Secondary Side Bar Visibility');
  });

  it('adds a server from a command line, which starts when it is agreed to', async () => {
    const servers = await onlyPane('MCP Servers');
    await window.quick.choose('Earshot: Add MCP Server…', 'Command line');
    await window.quickInput('Nothing runs yet.');
    await window.quick.enter(`node ${EVERYTHING}`);
    await window.quick.pick('This workspace');
    await window.quickInput('What it is called.');
    await window.quick.enter('everything');
    const question = window.page.locator('.monaco-dialog-box', { hasText: 'Add the server “everything”?' });
    await question.waitFor();
    await window.screenshot('surroundings-5-add');
    await window.answerDialog('Add the server “everything”?', 'Add');
    await window.answerNotification('“everything” was added', 'Start It');
    await window.answerDialog('Let the server “everything” run?', 'Let It Run');
    const row = rowIn(servers, /everything.*running.*tools/s);
    await row.waitFor();
    const config = JSON.parse(await editor.read('.kiro/settings/mcp.json'));
    assert.deepEqual(config.mcpServers.everything, { command: 'node', args: [EVERYTHING] });
    await unfold(row);
    await rowIn(servers, 'trigger-elicitation-request').waitFor();
    await window.screenshot('surroundings-6-server');
  });

  it('answers what a server asks in a form, and the server gets that', async () => {
    const servers = await window.pane('MCP Servers');
    const tool = rowIn(servers, /^trigger-elicitation-request(?!-)/);
    await tool.hover();
    await tool.getByRole('button', { name: 'Call Tool…' }).click();
    const call = await window.webview({ selector: FORM });
    await call.getByRole('button', { name: 'Call' }).click();
    await window.answerNotification('The server “everything” asks', 'Answer…');
    await window.page.locator('.tab.active', { hasText: 'A question of this server' }).waitFor();
    const form = await window.webview({ selector: FORM });
    await form.getByRole('textbox', { name: 'String', exact: true }).fill('Ada Lovelace');
    await form.getByRole('checkbox', { name: 'Drums' }).check();
    await form.getByLabel('Integer').fill('1000');
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByText('Write at most 100').waitFor();
    await window.screenshot('surroundings-7-form');
    assert.deepEqual(await axeFindings(window.page, FORM), []);
    await form.getByLabel('Integer').fill('99');
    await window.page.keyboard.press('ControlOrMeta+Enter');
    const back = await window.webview({ selector: FORM });
    const answer = back.getByRole('textbox', { name: 'Answer' });
    await answer.waitFor();
    assert.match(await answer.inputValue(), /Ada Lovelace/);
    assert.match(await answer.inputValue(), /99/);
    assert.match(await answer.inputValue(), /Guitar.*Drums/s);
    await window.screenshot('surroundings-8-answered');
    assert.deepEqual(await axeFindings(window.page, FORM), []);
  });

  it('waits for a sign-in in the browser, and has the server’s tools when it is done', async () => {
    const { url, grants } = await startOAuthServer({ asksPerson: true });
    const servers = await onlyPane('MCP Servers');
    const row = (words: RegExp) => rowIn(servers, words);
    await window.quick.choose('Earshot: Add MCP Server…', 'Command line');
    await window.quickInput('Nothing runs yet.');
    await window.quick.enter(url);
    await window.quick.pick('This workspace');
    await window.quickInput('What it is called.');
    await window.quick.enter('guarded');
    await window.answerDialog('Add the server “guarded”?', 'Add');
    const opened = window.context.waitForEvent('page');
    await window.answerNotification('“guarded” was added', 'Start It');
    await window.answerDialog('Use the server “guarded”?', 'Use It');
    const page = await opened;
    // The editor’s server sends addresses of its machine by way of a proxy, which it does not bring; the browser is on that machine.
    await page.waitForURL(/authorize/);
    await page.goto(page.url().replace(/^.*\/proxy\/(\d+)\//, 'http://127.0.0.1:$1/'));
    await page.getByRole('link', { name: 'Allow Earshot' }).waitFor();
    await row(/guarded.*waiting for sign-in/s).waitFor();
    await row(/^Sign in at 127\.0\.0\.1:\d+ in your browser/).waitFor();
    await row(/guarded/).hover();
    await row(/guarded/)
      .getByRole('button', { name: 'Cancel Sign-In' })
      .waitFor();
    await window.screenshot('surroundings-9-signing-in');
    await page.getByRole('link', { name: 'Allow Earshot' }).click();
    await page.getByText('You are signed in.').waitFor();
    await page.close();
    await row(/guarded.*running.*1 tool/s).waitFor();
    await unfold(row(/guarded/));
    await row(/^greet/).waitFor();
    await window.screenshot('surroundings-10-signed-in');
    assert.deepEqual(grants, ['authorization_code']);
    assert.deepEqual(window.refused, []);
  });
});
