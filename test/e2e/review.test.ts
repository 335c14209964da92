// Verifies: workflow-engine#3.2, #4.2-4.4
/**
 * A review as a person does it: comments in the panel and in the editor become one request, its revision is taken in
 * part, all is approved, and an edit by hand un-approves exactly what it touches.
 */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { axeFindings } from '../support/axe';
import type { Workbench } from '../support/host/workbench';
import { type MessagesServer, startMessagesServer } from '../support/messagesServer';
import { reviewSubject } from '../support/reviewSubject';
import { inLongRun } from '../support/soak';
import { type Editor, startEditor, until } from './editor';
import { LOOK, OTHER_THEME } from './look';
import { itIsDoneByKeysAlone } from './reviewByKeys';

const REVIEW = '[data-earshot="review"]';
const TRACE = '[data-earshot="trace"]';
const SPEC = '.kiro/specs/subject';

describe('a review', function () {
  this.timeout(180_000);
  this.bail(true);
  const subject = reviewSubject();
  const [first, second, third, edited] = subject.criteria;
  if (!first || !second || !third || !edited) throw new Error('four criteria');
  // The one that the design names is edited last.
  const [byHand, refused, accepted, other] = [first, second, third, edited];
  let editor: Editor;
  let server: MessagesServer;
  let window: Workbench;

  before(async () => {
    server = await startMessagesServer({ stays: true });
    editor = await startEditor({
      machineSettings: { 'earshot.baseUrl': server.url },
      settings: { 'comments.openView': 'never' },
    });
    await mkdir(join(editor.folder, SPEC), { recursive: true });
    for (const [name, text] of Object.entries(subject.texts))
      await writeFile(join(editor.folder, SPEC, name), text);
    window = await editor.open();
    await window.quick.choose('Earshot: Open Review', 'subject');
  });
  after(async () => {
    await editor?.stop();
    await server?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.screenshot('review-failed');
  });

  const review = () => window.webview({ selector: REVIEW });
  const row = (panel: FrameLocator, id: string) => panel.locator(`.row[data-nav="${id}"]`);
  const press = (key: string) => window.page.keyboard.press(key);
  const read = (name: string) => editor.read(`${SPEC}/${name}`);

  /** As it is, and in a narrow window. */
  async function look(name: string): Promise<void> {
    await window.screenshot(`review-${name}`);
    await window.page.setViewportSize({ width: 720, height: 900 });
    await window.screenshot(`review-${name}-narrow`);
    await window.page.setViewportSize(LOOK.size);
  }

  async function comment(panel: FrameLocator, id: string, text: string): Promise<void> {
    await row(panel, id).focus();
    await press('c');
    await panel.getByRole('textbox', { name: `Comment on ${id}` }).fill(text);
    await press('ControlOrMeta+Enter');
    await row(panel, id).getByText(text).waitFor();
  }

  /** The editor shows the acts of a comment when the pointer is over it. */
  async function editInPlace(comment: Locator, more: string): Promise<void> {
    await comment.hover();
    await comment.getByRole('button', { name: 'Edit Comment' }).click();
    await comment.locator('.monaco-editor').first().waitFor();
    await press('ControlOrMeta+End');
    await window.page.keyboard.type(more);
    await comment.getByRole('button', { name: 'Save' }).click();
    await comment.locator('.monaco-editor').first().waitFor({ state: 'detached' });
  }

  it('keeps comments of the panel and of the editor in one place, until they are sent', async () => {
    const panel = await review();
    await row(panel, refused.id).waitFor();
    await comment(panel, refused.id, 'Say how long that may take.');
    await comment(panel, accepted.id, 'Who is told about it?');
    // The third in the editor, at its line.
    await row(panel, other.id).focus();
    await press('Enter');
    await window.activeEditor().waitFor();
    await window.runCommand('Comments: Add Comment on Current Selection');
    const box = window.page.locator('.review-widget', { hasText: 'Start discussion' });
    await box.locator('.monaco-editor').first().click();
    await window.page.keyboard.type('And when it fails?');
    await box.getByRole('button', { name: /^Comment/ }).click();
    const said = window.page.locator('.review-comment', { hasText: 'And when it fails?' }).first();
    await said.waitFor();
    await editInPlace(said, ' Say it.');
    await window.screenshot('review-1-editor');
    await window.page.locator('.tab', { hasText: 'Review: subject' }).click();
    const again = await review();
    await row(again, other.id).getByText('And when it fails? Say it.').waitFor();
    await again.getByText('3 comments staged').waitFor();
    await look('2-staged');
    assert.deepEqual(await axeFindings(window.page, REVIEW), []);
  });

  it('keeps a comment that is half written through a reload of the window', async () => {
    const panel = await review();
    await row(panel, byHand.id).focus();
    await press('c');
    await panel.getByRole('textbox', { name: `Comment on ${byHand.id}` }).waitFor();
    await window.page.keyboard.type('Half a thou');
    const loaded = window.page.waitForEvent('load');
    await window.runCommand('Developer: Reload Window');
    await loaded;
    await window.untilDrawn();
    // The panel comes back with the extension, and that with a host of its own: on a busy machine late.
    await window.page.locator('.statusbar-item[id*="earshot.model"]').waitFor({ timeout: 120_000 });
    const again = await review();
    const box = again.getByRole('textbox', { name: `Comment on ${byHand.id}` });
    await box.waitFor();
    assert.equal(await box.inputValue(), 'Half a thou');
    await again.getByRole('button', { name: /^Cancel/ }).click();
    await box.waitFor({ state: 'detached' });
  });

  it('sends them as one request, and shows the answer change by change', async () => {
    const before = subject.texts['requirements.md'];
    const after = [refused, accepted, other].reduce(
      (text, { text: words }) => text.replace(words, `${words.replace(/\.$/, '')} and record the time`),
      before,
    );
    server.enqueue({ text: after, chunkSize: 2000 });
    const panel = await review();
    await row(panel, refused.id).focus();
    await press('ControlOrMeta+Shift+Enter');
    await panel.getByText('A revision waits').waitFor();
    assert.equal(server.requests.length, 1);
    const asked = JSON.stringify(server.requests[0]?.body.messages);
    for (const words of [
      'Say how long that may take.',
      'Who is told about it?',
      'And when it fails? Say it.',
    ])
      assert.ok(asked.includes(words), words);
    assert.equal(await read('requirements.md'), before);
    assert.equal(await panel.locator('.change').count(), 3);
    await panel.getByText('Answers “Who is told about it?”').waitFor();
    await look('3-revision');
    assert.deepEqual(await axeFindings(window.page, REVIEW), []);
  });

  it('writes the two changes that are accepted, and not the one that is refused', async () => {
    const panel = await review();
    await panel.locator(`[data-nav="change reworded ${refused.id}"]`).focus();
    await press('n');
    await panel.getByRole('button', { name: /^Accept 2 of 3/ }).waitFor();
    await window.page.keyboard.type('How long is not known.');
    await press('Enter');
    await panel.getByText('How long is not known.').waitFor();
    await press('ControlOrMeta+Enter');
    await panel.getByText('A revision waits').waitFor({ state: 'detached' });
    const text = await read('requirements.md');
    assert.ok(text.includes(refused.text));
    for (const { text: words } of [accepted, other])
      assert.ok(text.includes(`${words.replace(/\.$/, '')} and record the time`), words);
    // What it did is compared with what stands there.
    await row(panel, refused.id).focus();
    await press('[');
    await panel.getByText(/^1 reworded, \d+ unchanged\.$/).waitFor();
    await look('4-rounds');
    assert.deepEqual(await axeFindings(window.page, REVIEW), []);
    await press('Escape');
    await panel.getByRole('button', { name: 'Resolve all 3' }).click();
    await panel.getByText('3 comments sent').waitFor({ state: 'detached' });
  });

  it('approves all three documents', async () => {
    const panel = await review();
    await row(panel, byHand.id).focus();
    await press('ControlOrMeta+Enter');
    await window.answerDialog('Approve requirements.md of subject?', 'Approve');
    await panel.locator('.step[data-step="requirements"][data-state="approved"]').waitFor();
    await approveRest();
    await look('5-approved');
  });

  async function approveRest(): Promise<void> {
    await window.quick.choose('Earshot: Approve as They Are…', 'subject');
    await window.answerDialog('Approve subject as it is?', 'Approve');
    const panel = await review();
    for (const kind of ['requirements', 'design', 'tasks'])
      await panel.locator(`.step[data-step="${kind}"][data-state="approved"]`).waitFor();
  }

  it('un-approves exactly the criterion that is edited by hand, and suspects exactly what carries on with it', async () => {
    const panel = await review();
    await row(panel, byHand.id).focus();
    await press('Enter');
    await window.activeEditor().waitFor();
    await until('the criterion is shown', async () =>
      (await window.editorText()).includes(byHand.text.slice(0, 30)),
    );
    // The first goes to the end of the line that is seen, the second to that of the whole.
    await press('End');
    await press('End');
    await window.page.keyboard.type(' Always');
    await window.save();
    await window.page.locator('.tab', { hasText: 'Review: subject' }).click();
    const again = await review();
    await again.locator('.row[data-item-state="changed"]').waitFor();
    const ids = (state: string) =>
      again
        .locator(`.row[data-item-state="${state}"]`)
        .evaluateAll((rows) => rows.map((each) => each.getAttribute('data-nav')));
    assert.deepEqual(await ids('changed'), [byHand.id]);
    assert.deepEqual(await ids('open'), []);
    await row(again, byHand.id).locator('.cell-link.suspect').first().waitFor();
    await look('6-suspect');
    const { property, task } = byHand.levels;
    const properties = property.links.map(({ label }) => `Property ${label}`);
    const parts = [...properties, headingIn(subject.texts['design.md'])];
    assert.deepEqual(await suspects(again, 'design'), parts.sort());
    assert.deepEqual(await axeFindings(window.page, REVIEW), []);
    assert.deepEqual(await suspects(again, 'tasks'), task.links.map(({ label }) => label).sort());
    assert.deepEqual(await axeFindings(window.page, REVIEW), []);
  });

  it('is for everybody to read in the other theme as well, each document', async () => {
    await inOtherTheme(async () => {
      const panel = await review();
      for (const kind of ['tasks', 'design', 'requirements']) {
        await panel.locator(`.step[data-step="${kind}"]`).click();
        await panel.locator(`.review[data-shown="${kind}"]`).waitFor();
        await window.screenshot(`review-6-other-theme-${kind}`);
        assert.deepEqual(await axeFindings(window.page, REVIEW), []);
      }
      await row(panel, byHand.id).focus();
      await press('t');
      await (await window.webview({ selector: TRACE })).locator('.chain').waitFor();
      await window.screenshot('review-6-other-theme-trace');
      assert.deepEqual(await axeFindings(window.page, TRACE), []);
      await window.runCommand('View: Close Editor');
      await window.page.locator('.tab', { hasText: 'Review: subject' }).click();
    });
  });

  async function inOtherTheme(act: () => Promise<void>): Promise<void> {
    const path = join(editor.folder, '.vscode/settings.json');
    const before = await readFile(path, 'utf8').catch(() => '{}');
    const body = window.page.locator('.monaco-workbench');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify({ ...(JSON.parse(before) as object), ...OTHER_THEME.settings }));
    await body.and(window.page.locator(OTHER_THEME.selector)).waitFor();
    try {
      await act();
    } finally {
      await writeFile(path, before);
      await body.and(window.page.locator(`:not(${OTHER_THEME.selector})`)).waitFor();
    }
  }

  /** The parts of a document that say that they are suspect, sorted. */
  async function suspects(panel: FrameLocator, kind: string): Promise<readonly string[]> {
    await panel.locator(`.step[data-step="${kind}"]`).click();
    await panel.locator(`.review[data-shown="${kind}"]`).waitFor();
    const parts = panel.locator('.part', { has: panel.locator('.suspects') });
    await parts.first().waitFor();
    const found = await parts.evaluateAll((all) => all.map((each) => each.getAttribute('data-nav') ?? ''));
    return found.sort();
  }

  const headingIn = (design: string) => /^## .*$/m.exec(design)?.[0] ?? '';

  it('carries the edit on by refining, and is approved again', async () => {
    const panel = await review();
    await panel.locator('.step[data-step="requirements"]').click();
    await panel.getByRole('button', { name: 'Refine design.md and tasks.md' }).waitFor();
    const [property] = byHand.levels.property.links;
    const key = `Property ${property?.label}`;
    server.enqueue(
      { text: `<part id="${key}">\n${partOf('design.md', key)}\n\nAlways.\n</part>` },
      { text: '<none/>' },
    );
    await panel.getByRole('button', { name: 'Refine design.md and tasks.md' }).click();
    await panel.getByText('A revision waits').waitFor();
    await window.screenshot('review-7-refined');
    await panel.locator('.change').first().focus();
    await press('ControlOrMeta+Enter');
    await panel.getByText('A revision waits').waitFor({ state: 'detached' });
    await approveRest();
    // The model left the tasks as they are: that they are right is a person's word.
    await panel.locator('.step[data-step="tasks"]').click();
    await panel.getByRole('button', { name: /still right/ }).click();
    for (const kind of ['requirements', 'design', 'tasks']) {
      await panel.locator(`.step[data-step="${kind}"]`).click();
      await panel.locator(`.review[data-shown="${kind}"]`).waitFor();
      const open = panel.locator('.suspects, .suspect, [data-item-state="changed"]');
      await until(`nothing is open in ${kind}`, async () => (await open.count()) === 0);
    }
    await look('8-again');
  });

  inLongRun('has a missing task written: by Sync in the panel, by Draft One in the trace', async () => {
    const path = join(editor.folder, SPEC, 'requirements.md');
    const [before, tasks] = [await read('requirements.md'), await read('tasks.md')];
    const fresh = '### Requirement 99: Log\n\n#### Acceptance Criteria\n\n1. THE System SHALL log.\n';
    const task = '- [ ] 99. Log it\n  - _Requirements: 99.1_\n';
    await writeFile(path, `${before.trimEnd()}\n\n${fresh}`);
    const panel = await review();
    server.enqueue({ text: `<part id="new">\n${task}</part>` });
    await panel.getByText('99.1 has no task.').waitFor();
    await panel.getByRole('button', { name: 'Sync tasks' }).click();
    await panel.locator('.change', { hasText: 'Log it' }).waitFor();
    await panel.locator('.step[data-step="tasks"][data-state="approved"]', { hasText: 'Tasks' }).waitFor();
    await panel.locator('.change').first().focus();
    await press('Shift+N');
    await panel.getByText('A revision waits').waitFor({ state: 'detached' });
    await panel.locator('.step[data-step="requirements"]').click();
    await row(panel, '99.1').focus();
    await press('t');
    const trace = await window.webview({ selector: TRACE });
    server.enqueue({ text: `${tasks.trimEnd()}\n${task}`, chunkSize: 2000 });
    await trace.locator('.node', { hasText: 'Task' }).getByRole('button', { name: 'Draft one' }).click();
    const again = await review();
    await again.locator('.change', { hasText: 'Log it' }).waitFor();
    await window.screenshot('review-8-drafted-one');
    await again.locator('.change').first().focus();
    await press('ControlOrMeta+Enter');
    await again.getByText('A revision waits').waitFor({ state: 'detached' });
    assert.ok((await read('tasks.md')).includes(task.trim()));
    await writeFile(path, before);
  });

  /** A property as its document has it. */
  function partOf(name: 'design.md', key: string): string {
    const text = subject.texts[name];
    const start = text.search(new RegExp(`^#+ .*${key}\\b`, 'm'));
    const rest = text.slice(start);
    const [, end = rest] = /^([^\n]*\n[\s\S]*?)\n#+ /.exec(rest) ?? [];
    return end.trimEnd();
  }

  it('shows the design with its diagrams drawn, and a broken one with its source', async () => {
    const path = join(editor.folder, SPEC, 'design.md');
    const text = await read('design.md');
    const drawn = '```mermaid\nflowchart LR\n  A[Client] --> B[Server]\n```';
    const broken = '```mermaid\nflowchart LR\n  A[Client --> \n```';
    await writeFile(path, `${text}\n\n## Diagrams\n\n${drawn}\n\n${broken}\n`);
    await window.quick.choose('Earshot: Preview Design with Diagrams', 'subject');
    const preview = await window.webview({ selector: '[data-earshot="preview"]' });
    const picture = preview.locator('.diagram img').last();
    await picture.scrollIntoViewIfNeeded();
    await until('the picture is drawn', () =>
      picture.evaluate((img: HTMLImageElement) => img.naturalWidth > 50),
    );
    await preview.getByText('This diagram cannot be drawn').waitFor();
    await preview.locator('.fence', { hasText: 'A[Client -->' }).waitFor();
    await look('9-preview');
    assert.deepEqual(await axeFindings(window.page, '[data-earshot="preview"]'), []);
    assert.deepEqual(window.refused, []);
    await writeFile(path, text);
    await window.runCommand('View: Close Editor');
    await window.page.locator('.tab', { hasText: 'Review: subject' }).click();
  });

  itIsDoneByKeysAlone(() => ({ editor, window, server }));
});
