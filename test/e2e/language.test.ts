/** A spec document in a real editor: findings, colours, hover, a fix by keyboard, a rename across three files. */
// Verifies: spec-engine#7.1, #7.3
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from '../support/host/workbench';
import { type Editor, startEditor, until } from './editor';

const SPEC = '.kiro/specs/front-door';
const REQUIREMENTS = `# Requirements Document

## Glossary

- **Door_Lock**: What keeps the door shut.
- **Alarm**: What rings when something is wrong.

## Requirements

### Requirement 1: Opening the door

**User Story:** As a guest, I want to open the door with my key, so that I need not ring.

#### Acceptance Criteria

1. WHEN a key fits, THE Door_Lock SHALL open within 500 ms
2. IF the key breaks, THE Alarm SHALL ring quickly
3. WHILE the Alarm rings, WHEN a key fits, THE Door_Lock SHALL stay shut
4. WHERE a camera is installed, THE Alarm SHALL send a picture, if possible
5. WHEN a guest leaves, SHALL close the door

### Requirement 2: Keeping a record

**User Story:** As an owner, I want a record of all openings, so that I know who was there.

#### Acceptance Criteria

1. WHEN the Door_Lock opens, THE Door_Lock SHALL record the time, the key and the name of its owner and THE Alarm SHALL be told
2. THE Record_Keeper SHALL keep each record for 90 days
`;
const DESIGN = `# Design Document

## Correctness Properties

### Property 1: Only keys open

*For any* object that is no key, the Door_Lock stays shut.

**Validates: Requirements 1.1, 1.3**
`;
const TASKS = `# Implementation Plan

- [x] 1. Build the Door_Lock
  - Forge the bolt
  - _Requirements: 1.1, 1.3_
- [ ] 2. Hang the Alarm
  - _Requirements: 1.2, 2.7_
`;

describe('the language of specs, in the browser', function () {
  this.timeout(240_000);
  let editor: Editor;
  let window: Workbench;

  before(async () => {
    editor = await startEditor({ settings: { 'editor.fontSize': 13, 'editor.minimap.enabled': false } });
    await mkdir(join(editor.folder, SPEC), { recursive: true });
    await writeFile(join(editor.folder, SPEC, 'requirements.md'), REQUIREMENTS);
    await writeFile(join(editor.folder, SPEC, 'design.md'), DESIGN);
    await writeFile(join(editor.folder, SPEC, 'tasks.md'), TASKS);
    window = await editor.open();
  });
  after(() => editor?.stop());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.screenshot('language-failed');
  });

  /** Opens a document of the spec from the Specs view, and goes to a place in it. */
  async function openAt(file: string, line: number, column: number): Promise<void> {
    // Not its preview.
    const tab = window.page.locator(`.tab[data-resource-name="${file}"]`);
    if ((await tab.count()) > 0) await tab.first().click();
    else {
      await window.openView('Earshot');
      const spec = window.treeRow('front-door');
      await spec.waitFor();
      if ((await spec.getAttribute('aria-expanded')) !== 'true') await spec.click();
      await window.treeRow(file).first().click();
    }
    await window.page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
    await window.activeEditor().locator('.view-lines').first().click();
    await window.page.keyboard.press('Control+g');
    const input = await window.quickInput(/.*/);
    await window.page.keyboard.type(`${line}:${column}`);
    await window.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  it('underlines what is wrong, colours clauses, and shows the ids', async () => {
    await openAt('requirements.md', 1, 1);
    await window.page.locator('.squiggly-warning').first().waitFor();
    await window.page.locator('.view-line', { hasText: '1.3' }).first().waitFor();
    await window.screenshot('language-requirements');
    await openAt('tasks.md', 5, 20);
    await window.page.locator('.squiggly-warning').first().waitFor();
    await window.runCommand('Show or Focus Hover');
    await window.page.locator('.monaco-hover', { hasText: 'event-driven' }).waitFor();
    await window.screenshot('language-hover');
  });

  it('mends by keyboard, and explains', async () => {
    await openAt('requirements.md', 17, 4);
    await window.page.locator('.squiggly-warning').first().waitFor();
    const fix = window.page.locator('.action-widget').getByText('Insert THEN', { exact: true }).first();
    await until('the menu', async () => {
      await window.page.keyboard.press('Escape');
      await window.page.keyboard.press('Control+.');
      await fix.waitFor({ timeout: 3000 });
      return true;
    });
    await window.screenshot('language-quick-fix');
    await window.page.keyboard.press('Enter');
    await until('the fix', async () =>
      (await window.editorText()).includes('IF the key breaks, THEN THE Alarm'),
    );
    await window.save();
    await window.runCommand('Earshot: Explain a Rule…');
    await window.quickInput(/.*/);
    await window.page.keyboard.type('vague-term');
    await window.page.keyboard.press('Enter');
    await window.page.locator('.tab', { hasText: 'vague-term' }).waitFor();
  });

  it('renames a term in three files at once', async () => {
    await openAt('tasks.md', 3, 20);
    await window.page.locator('.squiggly-warning').first().waitFor();
    await window.page.keyboard.press('F2');
    const box = window.page.locator('.rename-box input');
    await box.waitFor();
    await box.fill('Gate_Lock');
    await window.screenshot('language-rename');
    await window.page.keyboard.press('Enter');
    await until('the rename', async () => (await window.editorText()).includes('Gate_Lock'));
    await window.runCommand('File: Save All Files');
    const read = (name: string) => editor.read(`${SPEC}/${name}`);
    await until('all three files', async () =>
      (await Promise.all(['requirements.md', 'design.md', 'tasks.md'].map(read))).every((text) =>
        text.includes('Gate_Lock'),
      ),
    );
    assert.equal(await read('design.md'), DESIGN.replaceAll('Door_Lock', 'Gate_Lock'));
    assert.equal(await read('tasks.md'), TASKS.replaceAll('Door_Lock', 'Gate_Lock'));
  });

  it('moves a criterion and ticks tasks by keyboard; each undo takes back a whole step', async () => {
    const { keyboard } = window.page;
    await openAt('requirements.md', 16, 4);
    await window.page.locator('.view-line', { hasText: '1.3' }).first().waitFor();
    const before = await window.editorText();
    await keyboard.press('Alt+ArrowDown');
    await until('the move', async () => /\n2\. \S*WHEN a key fits/.test(await window.editorText()));
    await window.screenshot('language-moved');
    // The cursor went along: the same key moves it on.
    await keyboard.press('Alt+ArrowDown');
    await until('the next move', async () => /\n3\. \S*WHEN a key fits/.test(await window.editorText()));
    await keyboard.press('Control+z');
    await keyboard.press('Control+z');
    await until('all as it was', async () => (await window.editorText()) === before);
    // Elsewhere the keys do what they always do.
    await until('the line', async () => {
      await openAt('tasks.md', 4, 1);
      if (/_Requirements.*\n.*Forge/.test(await window.editorText())) return true;
      await keyboard.press('Alt+ArrowDown');
      return false;
    });
    await openAt('tasks.md', 3, 1);
    for (let line = 0; line < 4; line++) await keyboard.press('Shift+ArrowDown');
    await keyboard.press('Alt+c');
    await until('the ticks', async () => (await window.editorText()).match(/\[x\]/g)?.length === 2);
  });
});
