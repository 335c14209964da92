/** Spec documents in the editor: lenses, problems, fixes, and a tick that is an edit like any other. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, inWorkspace, lensTitles, readText, remove, writeText } from './support';

const TASKS = `# Implementation Plan\r
\r
- [ ] 1. First\r
  - [ ] 1.1 Part one\r
    - _Requirements: 1.1_\r
  - [ ]* 1.2 Optional part\r
- [x] 2. Second\r
`;
const REQUIREMENTS = `# Requirements Document

## Requirements

### Requirement 1: Save

**User Story:** As a person, I want to save, so that nothing is lost.

#### Acceptance Criteria

1. WHEN the disk fails, THE Editor SHALL keep the text.
2. THE Editor should save.
`;

describe('spec documents', () => {
  // A spec of its own for each test: the editor keeps a file's model for a while after it was closed.
  let nth = 0;
  let spec = '';
  let tasks: vscode.Uri;
  let requirements: vscode.Uri;

  beforeEach(async () => {
    spec = `host-documents-${++nth}`;
    tasks = inWorkspace('.kiro', 'specs', spec, 'tasks.md');
    requirements = inWorkspace('.kiro', 'specs', spec, 'requirements.md');
    await writeText(tasks, TASKS);
    await writeText(requirements, REQUIREMENTS);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(inWorkspace('.kiro', 'specs', spec));
  });

  it('offer to start each open task', async () => {
    await vscode.window.showTextDocument(tasks);
    const titles = await eventually('lenses', async () => {
      const all = await lensTitles(tasks);
      return all.includes('Start Task') ? all : undefined;
    });
    assert.equal(titles.filter((title) => title === 'Start Task').length, 3);
    assert.ok(
      titles.some((title) => title.startsWith('Run All Tasks')),
      titles.join(),
    );
    assert.ok(titles.includes('Plan'), titles.join());
  });

  it('a tick of a file that is not open changes one character', async () => {
    await eventually('the tick', async () => {
      // Does nothing but a warning as long as the new spec is not known.
      await vscode.commands.executeCommand('earshot.markTaskDone', { spec, task: '1.2' });
      return (await readText(tasks)) === TASKS ? undefined : true;
    });
    assert.equal(await readText(tasks), TASKS.replace('[ ]* 1.2', '[x]* 1.2'));
  });

  it('a tick of an open document with unsaved text keeps that text, and can be undone', async () => {
    const editor = await vscode.window.showTextDocument(tasks);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Unsaved. '));
    await eventually('the spec', async () =>
      (await lensTitles(tasks)).includes('Start Task') ? true : undefined,
    );
    await vscode.commands.executeCommand('earshot.toggleTask', { spec, task: '1.1' });
    const expected = `Unsaved. ${TASKS}`.replace('[ ] 1.1', '[x] 1.1');
    assert.equal(editor.document.getText(), expected);
    assert.equal(await readText(tasks), expected);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), `Unsaved. ${TASKS}`);
  });

  it('follow the files: a task that somebody else ticks is ticked here', async () => {
    await vscode.window.showTextDocument(tasks);
    await writeText(tasks, TASKS.replace('[ ] 1.1', '[x] 1.1'));
    await eventually('two left', async () =>
      (await lensTitles(tasks)).filter((title) => title === 'Start Task').length === 2 ? true : undefined,
    );
  });

  it('say what is wrong under the words, with a quick fix', async () => {
    await vscode.window.showTextDocument(requirements);
    const found = await eventually('problems', () => {
      const all = vscode.languages.getDiagnostics(requirements).filter(({ source }) => source === 'Earshot');
      return all.length > 0 ? all : undefined;
    });
    const weak = found.find(({ range }) => range.start.line === 11);
    assert.ok(weak, JSON.stringify(found));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      requirements,
      weak.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ edit }) => edit);
    assert.ok(fix?.edit, JSON.stringify(actions.map(({ title }) => title)));
    await vscode.workspace.applyEdit(fix.edit);
    const document = await vscode.workspace.openTextDocument(requirements);
    assert.match(document.lineAt(11).text, /THE Editor SHALL save\./);
  });

  it('a malformed hook is told at its place, and the others stay', async () => {
    const good = inWorkspace('.kiro', 'hooks', 'good.json');
    const bad = inWorkspace('.kiro', 'hooks', 'bad.json');
    try {
      await writeText(
        good,
        '{"version":"v1","hooks":[{"name":"good","trigger":"Manual","action":{"type":"command","command":"true"}}]}',
      );
      await writeText(bad, '{"version":"v1",\n"hooks":[{"name":"bad" "trigger":"Manual"}]}');
      const [problem] = await eventually('the problem', () => {
        const all = vscode.languages.getDiagnostics(bad).filter(({ source }) => source === 'Earshot');
        return all.length > 0 ? all : undefined;
      });
      assert.equal(problem?.range.start.line, 1);
      assert.match(problem?.message ?? '', /Not valid JSON/);
    } finally {
      await remove(good);
      await remove(bad);
    }
  });

  it('ordinary Markdown is left alone', async () => {
    const readme = inWorkspace('README.md');
    await vscode.window.showTextDocument(readme);
    assert.deepEqual(await lensTitles(readme), []);
    assert.deepEqual(vscode.languages.getDiagnostics(readme), []);
  });
});
