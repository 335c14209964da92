/** The whole way, as a stranger goes it: an idea, three approvals, a run, a hook on save, a reload. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from '../support/host/workbench';
import { type Editor, startEditor, until } from './editor';

const SPEC = '.kiro/specs/short-links-expire';

describe('the journey', function () {
  this.timeout(420_000);
  this.bail(true);
  let editor: Editor;
  let window: Workbench;

  before(async () => {
    editor = await startEditor();
    window = await editor.open();
  });
  after(() => editor?.stop());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.screenshot('journey-failed');
  });

  const review = () => window.webview({ selector: '[data-earshot="review"]' });
  const agent = () => window.webview({ selector: '[data-earshot="agent"]' });

  /** How often the person said what becomes of a turn's changes: a press may come too late to count. */
  function decisions(): number {
    const logs = readdirSync(editor.home, { recursive: true, encoding: 'utf8' })
      .filter((name) => /sessions\/.*\.jsonl$/.test(name))
      .map((name) => readFileSync(join(editor.home, name), 'utf8'));
    return logs.join('\n').match(/"type":"review\.decided"/g)?.length ?? 0;
  }

  async function approve(kind: string, button: string): Promise<void> {
    const panel = await review();
    await panel.getByRole('button', { name: /^Approve/ }).click();
    await window.answerDialog(`Approve ${kind}.md of short-links-expire?`, button);
  }

  it('shows the sample’s finished spec and offers the demo', async () => {
    await window.openView('Earshot');
    await window.treeRow('short-codes').waitFor();
    assert.match((await window.treeRow('short-codes').textContent()) ?? '', /done · 6\/6/);
    await window.page.getByRole('button', { name: 'Start the Guided Demo' }).waitFor();
    await window.screenshot('journey-1-start');
  });

  it('turns an idea into requirements, streamed into an editor', async () => {
    await window.page.getByRole('button', { name: 'Start the Guided Demo' }).click();
    await window.quick.accept(/in a sentence/);
    await window.quick.accept('Name of the spec');
    await until('text streams', async () => (await window.editorText()).includes('## Introduction'));
    await window.screenshot('journey-2-streaming');
    const panel = await review();
    await panel.getByText('Give a Link a Lifetime').waitFor();
    assert.deepEqual(Object.keys(JSON.parse(await editor.read(`${SPEC}/.config.kiro`)) as object), [
      'specId',
      'workflowType',
      'specType',
    ]);
  });

  it('shows each criterion by its clauses, and mends what is wrong with one', async () => {
    const panel = await review();
    await panel.getByText('failure-as-when').waitFor();
    await window.screenshot('journey-3-review');
    await panel.getByRole('button', { name: /Rewrite as IF/ }).click();
    await panel.getByText('failure-as-when').waitFor({ state: 'detached' });
    // The panel follows the open document; the file follows when that is saved.
    const mended = /IF the number of days is invalid, THEN THE Shortener SHALL refuse/;
    await until('the file', async () => mended.test(await editor.read(`${SPEC}/requirements.md`)));
  });

  it('revises as asked, and changes nothing before the person accepts', async () => {
    const before = await editor.read(`${SPEC}/requirements.md`);
    const panel = await review();
    await panel.getByRole('button', { name: /Request changes/ }).click();
    await panel.getByRole('textbox', { name: /change/i }).fill('Name the error of an expired link.');
    await window.page.keyboard.press('ControlOrMeta+Enter');
    await panel.locator('[data-act="accept"]').waitFor();
    assert.equal(await editor.read(`${SPEC}/requirements.md`), before);
    await window.screenshot('journey-4-revision');
    await panel.locator('[data-act="accept"]').click();
    await until(
      'the revision is written',
      async () => (await editor.read(`${SPEC}/requirements.md`)) !== before,
    );
  });

  it('goes from approval to approval', async () => {
    await approve('requirements', 'Approve and Draft design.md');
    const panel = await review();
    await panel.getByRole('heading', { name: /Correctness Properties/ }).waitFor();
    await window.screenshot('journey-5-design');
    await approve('design', 'Approve and Draft tasks.md');
    await panel
      .getByText(/Write the rules about time/)
      .first()
      .waitFor();
    await panel
      .getByText(/Task Dependency Graph/)
      .first()
      .waitFor();
    await approve('tasks', 'Approve');
    await until(
      'three approvals',
      async () => (await editor.read(`${SPEC}/.earshot/approvals.jsonl`)).trim().split('\n').length === 3,
    );
  });

  it('runs every required task, asking first, and ticks what its check proved', async () => {
    await window.page.getByRole('button', { name: 'Run All Tasks' }).first().click();
    await window.answerDialog('Use this command as the check?', 'Use This Check');
    const view = await agent();
    const keep = view.getByRole('button', { name: /^Keep All/ });
    await view.getByRole('alertdialog').or(keep).first().waitFor();
    await window.screenshot('journey-6-question');
    let asked = 0;
    let reviewed = 0;
    let hookAgreed = false;
    const done = window.notification('6 tasks are done');
    await until(
      'the run ends',
      async () => {
        const question = view.getByRole('alertdialog').getByRole('button', { name: /session/i });
        if (await question.first().isVisible()) {
          await question
            .first()
            .click({ timeout: 2000 })
            .catch(() => {});
          asked++;
        }
        if (await keep.first().isVisible()) {
          if (reviewed++ === 0) await window.screenshot('journey-6-review');
          await keep
            .first()
            .click({ timeout: 2000 })
            .catch(() => {});
        }
        // The agent's first save fires the hook, which asks once.
        const hook = window.notification('Let the hook “Test on save” run?');
        if (!hookAgreed && (await hook.isVisible())) {
          await window.answerNotification('Let the hook “Test on save” run?', 'Review…');
          await window.answerDialog('Let the hook “Test on save” run?', 'Let It Run');
          hookAgreed = true;
        }
        return done.isVisible();
      },
      300_000,
    );
    assert.ok(asked >= 1, `asked about commands ${asked} times`);
    const kept = decisions();
    assert.ok(kept >= 4, `reviewed ${kept} turns`);
    assert.ok(hookAgreed);
    await window.screenshot('journey-7-done');
    const tasks = await editor.read(`${SPEC}/tasks.md`);
    assert.equal(tasks.match(/- \[x\] /g)?.length, 8);
    assert.match(tasks, /- \[ \]\* 1\.3/);
    const output = execFileSync(process.execPath, ['--test'], { cwd: editor.folder, encoding: 'utf8' });
    assert.match(output, /# fail 0/);
    assert.match(readFileSync(join(editor.folder, 'src/expiry.js'), 'utf8'), /isExpired/);
  });

  it('fires the hook on the person’s save, too', async () => {
    await window.runCommand('Earshot: Open the Demo’s File');
    await until('the file is open', async () => (await window.editorText()).length > 0);
    await window.page.keyboard.press('ControlOrMeta+Home');
    await window.page.keyboard.type('/* Read me first. */ ');
    await window.save();
    await window.openView('Earshot');
    await window.pane('Hooks');
    await window.treeRow(/Test on save.*passed/s).waitFor();
    await window.page.getByText('That was the whole way').first().waitFor();
    await window.screenshot('journey-8-hook');
  });

  it('is all there after a reload', async () => {
    await window.reload();
    await window.openView('Earshot');
    await window.treeRow('short-links-expire').waitFor();
    assert.match((await window.treeRow('short-links-expire').textContent()) ?? '', /done · 6\/6/);
    await window.pane('Hooks');
    await window.treeRow(/Test on save.*passed/s).waitFor();
    // Where there is no secondary side bar, the agent shares its place with the specs.
    await window.runCommand('Earshot: Show Agent');
    const view = await agent();
    await view.getByText('3 Checkpoint - Ensure all tests pass').first().waitFor();
    await window.quick.choose('Earshot: Open Review', 'short-links-expire');
    await (await review()).getByText('10 of 10').first().waitFor();
    assert.equal(await window.page.locator('.tab', { hasText: 'Review: short-links-expire' }).count(), 1);
    await window.screenshot('journey-9-reload');
  });
});
