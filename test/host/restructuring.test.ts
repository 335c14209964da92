// Verifies: spec-engine#6.5
/** Moving, inserting, renumbering and ticking from the keyboard, in a real extension host. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, inWorkspace, readText, remove, writeText } from './support';

const REQUIREMENTS = `# Requirements Document

## Requirements

### Requirement 1: Opening

#### Acceptance Criteria

1. WHEN a key fits, THE Door_Lock SHALL open
2. IF the key breaks, THEN THE Door_Lock SHALL ring
   a bell

### Requirement 2: Closing

#### Acceptance Criteria

1. THE Door_Lock SHALL shut, unlike Requirement 1.1
`;
const DESIGN = `# Design

## Correctness Properties

### Property 1: Keys open

**Validates: Requirements 1.1, 2.1**
`;
const TASKS = `# Plan

- [ ] 1. Build
  - [ ] 1.1 Saw
    - Words
    - _Requirements: 1.1_
  - [x] 1.2 Nail
    - _Depends: 1.1_
- [ ] 2. Hang
  - _Requirements: 1.2_
`;

describe('the structure of specs', () => {
  let nth = 0;
  let spec = '';
  const file = (name: string) => inWorkspace('.kiro', 'specs', spec, name);

  beforeEach(async () => {
    spec = `host-structure-${++nth}`;
    await writeText(file('requirements.md'), REQUIREMENTS);
    await writeText(file('design.md'), DESIGN);
    await writeText(file('tasks.md'), TASKS);
  });
  afterEach(async () => {
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(inWorkspace('.kiro', 'specs', spec));
  });

  /** Opens a document once the spec is known, with the cursor at the place marked `|`. */
  async function open(name: string, marked: string): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(file(name));
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = at(document, marked);
    await eventually('the spec', async () => (await offers(editor)).length > 0 || undefined);
    return editor;
  }

  /** The place marked `|` in a piece of a document, or what lies between two marks. */
  function at(document: vscode.TextDocument, marked: string): vscode.Selection {
    const start = document.getText().indexOf(marked.replaceAll('|', ''));
    assert.notEqual(start, -1, marked);
    const first = start + marked.indexOf('|');
    const last = start + marked.lastIndexOf('|') - (marked.indexOf('|') === marked.lastIndexOf('|') ? 0 : 1);
    return new vscode.Selection(document.positionAt(first), document.positionAt(last));
  }

  /** What is on offer where the cursor stands. */
  async function offers(
    { document, selection }: vscode.TextEditor,
    kind = vscode.CodeActionKind.Refactor,
  ): Promise<readonly vscode.CodeAction[]> {
    const all = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      document.uri,
      selection,
      kind.value,
    );
    return (all ?? []).filter(({ title }) => /Criterion|Requirement|Task|Spec/.test(title));
  }

  const textOf = async (name: string) => (await vscode.workspace.openTextDocument(file(name))).getText();
  const cursor = ({ document, selection: { active } }: vscode.TextEditor) => {
    const { text } = document.lineAt(active.line);
    return `${text.slice(0, active.character)}|${text.slice(active.character)}`;
  };
  const run = (command: string) => vscode.commands.executeCommand(`earshot.${command}`);

  it('a criterion moves down: references in all documents follow, and the cursor; one undo takes all back', async () => {
    const editor = await open('requirements.md', '1. WHEN a key| fits');
    await run('moveDown');
    assert.equal(
      editor.document.getText(),
      REQUIREMENTS.replace('1. WHEN a key fits, THE Door_Lock SHALL open\n', '')
        .replace('2. IF', '1. IF')
        .replace('a bell\n', 'a bell\n2. WHEN a key fits, THE Door_Lock SHALL open\n')
        .replace('unlike Requirement 1.1', 'unlike Requirement 1.2'),
    );
    assert.equal(await textOf('design.md'), DESIGN.replace('1.1, 2.1', '1.2, 2.1'));
    assert.equal(
      await textOf('tasks.md'),
      TASKS.replace('Requirements: 1.1', 'Requirements: 1.?')
        .replace('Requirements: 1.2', 'Requirements: 1.1')
        .replace('1.?', '1.2'),
    );
    assert.equal(cursor(editor), '2. WHEN a key| fits, THE Door_Lock SHALL open');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), REQUIREMENTS);
    assert.equal(await textOf('design.md'), DESIGN);
    assert.equal(await textOf('tasks.md'), TASKS);
  });

  it('a key that is held down moves on, into the next requirement, and back', async () => {
    const editor = await open('requirements.md', '1. WHEN a key| fits');
    await Promise.all([run('moveDown'), run('moveDown'), run('moveDown')]);
    assert.equal(cursor(editor), '2. WHEN a key| fits, THE Door_Lock SHALL open');
    assert.match(
      editor.document.getText(),
      /1\. THE Door_Lock SHALL shut, unlike Requirement 2\.2\n2\. WHEN a key/,
    );
    assert.equal(await textOf('design.md'), DESIGN.replace('1.1, 2.1', '2.2, 2.1'));
    await Promise.all([run('moveUp'), run('moveUp'), run('moveUp')]);
    assert.equal(editor.document.getText(), REQUIREMENTS);
    assert.equal(await textOf('design.md'), DESIGN);
    assert.equal(await textOf('tasks.md'), TASKS);
  });

  it('a task moves with its sub-tasks, stays whole at the end, and other lines move as ever', async () => {
    const editor = await open('tasks.md', '- [ ] 1. Bu|ild');
    await run('moveDown');
    const moved = `# Plan

- [ ] 1. Hang
  - _Requirements: 1.2_
- [ ] 2. Build
  - [ ] 2.1 Saw
    - Words
    - _Requirements: 1.1_
  - [x] 2.2 Nail
    - _Depends: 2.1_
`;
    assert.equal(editor.document.getText(), moved);
    assert.equal(cursor(editor), '- [ ] 2. Bu|ild');
    await run('moveDown');
    assert.equal(editor.document.getText(), moved);
    editor.selection = at(editor.document, '    - Wo|rds');
    await run('moveDown');
    assert.match(editor.document.getText(), /_Requirements: 1\.1_\n {4}- Words\n/);
  });

  it('what is new is selected, so that one types over it', async () => {
    const editor = await open('tasks.md', '  - [ ] 1.1 S|aw');
    await run('insertBelow');
    assert.equal(editor.document.getText(editor.selection), 'New task');
    assert.match(
      editor.document.getText(),
      /_Requirements: 1\.1_\n {2}- \[ \] 1\.2 New task\n {2}- \[x\] 1\.3 Nail\n/,
    );
  });

  it('offer what can be done from the menu of code actions, and show where it went', async () => {
    const editor = await open('requirements.md', '2. IF the key| breaks');
    assert.deepEqual(
      (await offers(editor)).map(({ title, kind }) => `${kind?.value}: ${title}`),
      [
        'refactor.move: Move Criterion 1.2 Up',
        'refactor.move: Move Criterion 1.2 Down',
        'refactor.rewrite: Insert Criterion Below',
        'refactor.rewrite: Remove Criterion 1.2',
      ],
    );
    const [up] = await offers(editor, vscode.CodeActionKind.RefactorMove);
    assert.ok(up?.edit && up.command);
    await vscode.workspace.applyEdit(up.edit);
    await vscode.commands.executeCommand(up.command.command, ...(up.command.arguments ?? []));
    assert.equal(cursor(editor), '1. IF the key| breaks, THEN THE Door_Lock SHALL ring');
    editor.selection = at(editor.document, '|# Requirements Document');
    assert.deepEqual(await offers(editor), []);
  });

  it('renumber as one edit of all documents, where there is a gap', async () => {
    await writeText(file('tasks.md'), TASKS.replace('2. Hang', '4. Hang'));
    await writeText(file('design.md'), DESIGN.replace('Property 1', 'Property 3'));
    const editor = await open('tasks.md', '4. Ha|ng');
    const renumber = await eventually('the offer', async () =>
      (await offers(editor)).find(({ title }) => title === 'Renumber This Spec'),
    );
    assert.equal(renumber.kind?.value, 'refactor.rewrite');
    assert.ok(renumber.edit);
    await vscode.workspace.applyEdit(renumber.edit);
    assert.equal(editor.document.getText(), TASKS);
    assert.equal(await textOf('design.md'), DESIGN);
  });

  it('several boxes are ticked at once, in one step, wherever cursors are', async () => {
    const editor = await open('tasks.md', '- [ ] |1. Build');
    editor.selections = [
      at(editor.document, '- [ ] |1. Build\n  - [ ] 1.1| Saw'),
      at(editor.document, '  - _Requirements: |1.2_'),
    ];
    await run('toggleTask');
    const done = TASKS.replaceAll('[ ]', '[x]');
    assert.equal(editor.document.getText(), done);
    assert.equal(await readText(file('tasks.md')), done);
    assert.deepEqual(
      editor.selections.map(({ start, end }) => [start.line, end.line]),
      [
        [2, 3],
        [9, 9],
      ],
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), TASKS);
    await run('toggleTask');
    await run('toggleTask');
    // All of them were done: all are open.
    assert.equal(editor.document.getText(), TASKS);
  });

  it('a byte order mark, and documents that nobody opened, are no obstacle', async () => {
    await writeText(file('tasks.md'), `\uFEFF- [ ] 1. Build, see Requirement 1.1\n- [ ] 2. Hang\n`);
    await writeText(file('requirements.md'), `\uFEFF${REQUIREMENTS}`);
    const editor = await open('requirements.md', '1. WHEN a key| fits');
    await run('moveDown');
    assert.equal(cursor(editor), '2. WHEN a key| fits, THE Door_Lock SHALL open');
    assert.equal(await textOf('tasks.md'), '- [ ] 1. Build, see Requirement 1.2\n- [ ] 2. Hang\n');
    assert.equal(await textOf('design.md'), DESIGN.replace('1.1, 2.1', '1.2, 2.1'));
    await editor.document.save();
    const bytes = await vscode.workspace.fs.readFile(file('requirements.md'));
    assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  });
});
