// Verifies: spec-engine#5.3, #7.1-7.5
/** What the editor knows about ids, terms and clauses: asked as the editor asks, in a real extension host. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, inWorkspace, remove, writeText } from './support';

const REQUIREMENTS = `# Requirements Document

## Glossary

- **Door_Lock**: What keeps the door shut.

## Requirements

### Requirement 1: Opening

#### Acceptance Criteria

1. WHEN a key fits, THE Door_Lock SHALL open
2. IF the key breaks, THE Door_Lock SHALL open fast
`;
const DESIGN = `# Design

## Correctness Properties

### Property 1: Keys open

*For any* key, the Door_Lock opens.

**Validates: Requirements 1.1, 1.2**
`;
const TASKS = `# Plan

- [ ] 1. Build the Door_Lock
  - _Requirements: 1.1_
`;

describe('the language of specs', () => {
  let nth = 0;
  let spec = '';
  const file = (name: string) => inWorkspace('.kiro', 'specs', spec, name);

  beforeEach(async () => {
    spec = `host-language-${++nth}`;
    await writeText(file('requirements.md'), REQUIREMENTS);
    await writeText(file('design.md'), DESIGN);
    await writeText(file('tasks.md'), TASKS);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(inWorkspace('.kiro', 'specs', spec));
  });

  async function open(name: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(file(name));
    await vscode.window.showTextDocument(document);
    return document;
  }

  /** The place marked `|` in a piece of the document. */
  function at(document: vscode.TextDocument, marked: string): vscode.Position {
    const start = document.getText().indexOf(marked.replace('|', ''));
    assert.notEqual(start, -1, marked);
    return document.positionAt(start + marked.indexOf('|'));
  }

  const ask = <T>(what: string, command: string, ...args: unknown[]) =>
    eventually(what, async () => {
      const answer = await vscode.commands.executeCommand<T | undefined>(command, ...args);
      return Array.isArray(answer) && answer.length === 0 ? undefined : answer;
    });

  async function hoverAt(document: vscode.TextDocument, marked: string): Promise<string> {
    const position = at(document, marked);
    const hovers = await ask<vscode.Hover[]>(
      'a hover',
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return hovers
      .flatMap(({ contents }) => contents.map((each) => (typeof each === 'string' ? each : each.value)))
      .join();
  }

  it('tells on hover what an id means', async () => {
    const tasks = await open('tasks.md');
    assert.match(await hoverAt(tasks, '1.|1_'), /1\.1\*\* · event-driven/);
  });

  it('tells what Kiro remembers of property tests, and of which tasks nothing is known', async () => {
    const meta = file('tasks.meta.json');
    await writeText(meta, '{"pbtResults": {"1": {"status": "failed"}, "7": {"status": "passed"}}}');
    const tasks = await open('tasks.md');
    assert.match(await hoverAt(tasks, '[ ] |1. Build'), /property test \*\*failed/);
    const [problem] = await eventually('the unknown task', () => {
      const all = vscode.languages.getDiagnostics(meta).filter(({ source }) => source === 'Earshot');
      return all.length > 0 ? all : undefined;
    });
    assert.match(problem?.message ?? '', /no task 7/);
    await writeText(meta, '{"pbtResults": ');
    await eventually('broken JSON', () =>
      vscode.languages.getDiagnostics(meta).some(({ message }) => /not valid JSON/.test(message)),
    );
  });

  it('tells what is wrong in the file that says what a spec is, and when it is mended', async () => {
    const config = file('.config.kiro');
    await open('tasks.md');
    const told = () =>
      vscode.languages.getDiagnostics(config).some(({ message }) => /not valid JSON/.test(message));
    await writeText(config, '{"specType": ');
    await eventually('broken JSON', told);
    await writeText(config, '{"specType": "feature"}');
    await eventually('that it is mended', () => !told());
  });

  it('goes to the definition, and finds all references', async () => {
    const tasks = await open('tasks.md');
    const [link] = await ask<vscode.LocationLink[]>(
      'a definition',
      'vscode.executeDefinitionProvider',
      tasks.uri,
      at(tasks, '1.|1_'),
    );
    assert.equal(link?.targetUri.fsPath, file('requirements.md').fsPath);
    assert.equal(link?.targetRange.start.line, 12);
    const references = await ask<vscode.Location[]>(
      'references',
      'vscode.executeReferenceProvider',
      tasks.uri,
      at(tasks, '1.|1_'),
    );
    assert.deepEqual(references.map(({ uri }) => uri.path.split('/').at(-1)).sort(), [
      'design.md',
      'requirements.md',
      'tasks.md',
    ]);
  });

  it('renames a term in three files, as one edit', async () => {
    const tasks = await open('tasks.md');
    const edit = await ask<vscode.WorkspaceEdit>(
      'a rename',
      'vscode.executeDocumentRenameProvider',
      tasks.uri,
      at(tasks, 'Door|_Lock'),
      'Gate',
    );
    assert.equal(edit.size, 3);
    await vscode.workspace.applyEdit(edit);
    const text = async (name: string) => (await vscode.workspace.openTextDocument(file(name))).getText();
    assert.equal(await text('requirements.md'), REQUIREMENTS.replaceAll('Door_Lock', 'Gate'));
    assert.equal(await text('design.md'), DESIGN.replaceAll('Door_Lock', 'Gate'));
    assert.equal(await text('tasks.md'), TASKS.replaceAll('Door_Lock', 'Gate'));
  });

  it('says why the position of a criterion cannot be renamed', async () => {
    const tasks = await open('tasks.md');
    await ask('the spec', 'vscode.executeHoverProvider', tasks.uri, at(tasks, '1.|1_'));
    const position = at(tasks, '1.|1_');
    await assert.rejects(
      async () =>
        vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', tasks.uri, position, '1.7'),
      /Move the criterion/,
    );
  });

  it('completes ids with the text of their criteria', async () => {
    const tasks = await open('tasks.md');
    const items = await eventually('ids', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        tasks.uri,
        at(tasks, '_Requirements: |1.1_'),
      );
      const own = list.items.filter(({ kind }) => kind === vscode.CompletionItemKind.Reference);
      return own.length > 0 ? own : undefined;
    });
    assert.deepEqual(
      items.map(({ label }) => (typeof label === 'string' ? label : label.label)),
      ['1', '1.1', '1.2'],
    );
  });

  it('outlines, folds, colours, and shows ids that are nowhere written', async () => {
    const { uri, lineCount } = await open('requirements.md');
    const names = (symbols: readonly vscode.DocumentSymbol[]): string[] =>
      symbols.flatMap(({ name, children }) => [name, ...names(children)]);
    const outline = await eventually('the outline', async () => {
      const all = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        uri,
      );
      return names(all ?? []).includes('Requirement 1') ? names(all) : undefined;
    });
    assert.ok(outline.includes('1.2'), outline.join());
    const folds = await ask<vscode.FoldingRange[]>('folds', 'vscode.executeFoldingRangeProvider', uri);
    assert.ok(folds.some(({ start, end }) => start === 8 && end === 13));
    const tokens = await ask<vscode.SemanticTokens>('tokens', 'vscode.provideDocumentSemanticTokens', uri);
    assert.ok(tokens.data.length >= 5 * 8, `${tokens.data.length / 5} tokens`);
    const hints = await ask<vscode.InlayHint[]>(
      'hints',
      'vscode.executeInlayHintProvider',
      uri,
      new vscode.Range(0, 0, lineCount, 0),
    );
    assert.deepEqual(
      hints.map(({ label }) => label),
      ['1.1', '1.2'],
    );
  });

  it('offers fixes, a reason to set aside, and a page; fixing all runs only what is safe', async () => {
    const document = await open('requirements.md');
    const line = new vscode.Range(13, 0, 13, 60);
    const actions = await eventually('fixes', async () => {
      const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        line,
      );
      return all.length >= 4 ? all : undefined;
    });
    const titles = actions.map(({ title }) => title);
    for (const title of [
      'Insert THEN',
      'Explain if-without-then',
      'Set vague-term aside here, with a reason…',
    ])
      assert.ok(titles.includes(title), titles.join());
    const [all] = await ask<vscode.CodeAction[]>(
      'fix all',
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(0, 0, 0, 0),
      vscode.CodeActionKind.SourceFixAll.value,
    );
    assert.ok(all?.edit);
    await vscode.workspace.applyEdit(all.edit);
    assert.equal(document.getText(), REQUIREMENTS.replace('breaks, THE', 'breaks, THEN THE'));
  });

  it('links each finding to its rule', async () => {
    const { uri } = await open('requirements.md');
    const [first] = await eventually('problems', () => {
      const all = vscode.languages.getDiagnostics(uri);
      return all.length > 0 ? all : undefined;
    });
    assert.ok(typeof first?.code === 'object');
    assert.match(decodeURIComponent(first.code.target.query), /if-without-then/);
    const page = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme: 'earshot-rule', path: '/vague-term.md' }),
    );
    assert.match(page.getText(), /# Vague term[\s\S]*Instead of/);
  });

  it('follows the workspace’s own rules as they change', async () => {
    const { uri } = await open('requirements.md');
    const codes = () =>
      vscode.languages.getDiagnostics(uri).map(({ code }) => (typeof code === 'object' ? code.value : code));
    await eventually('the vague term', () => codes().includes('vague-term') || undefined);
    const settings = inWorkspace('.kiro', 'settings', 'earshot.json');
    try {
      await writeText(settings, '{"lint": {"severities": {"vague-term": "off", "vage": "off"}}}');
      await eventually('silence', () => !codes().includes('vague-term') || undefined);
      await eventually(
        'what is wrong in the file',
        () => vscode.languages.getDiagnostics(settings).length === 1 || undefined,
      );
    } finally {
      await remove(settings);
    }
    await eventually('the vague term again', () => codes().includes('vague-term') || undefined);
  });

  it('leaves ordinary Markdown alone', async () => {
    const readme = inWorkspace(`notes-${spec}.md`);
    await writeText(readme, REQUIREMENTS);
    try {
      const document = await vscode.workspace.openTextDocument(readme);
      await vscode.window.showTextDocument(document);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        readme,
        at(document, 'Door|_Lock SHALL open'),
      );
      assert.deepEqual(hovers, []);
      assert.deepEqual(vscode.languages.getDiagnostics(readme), []);
    } finally {
      await remove(readme);
    }
  });
});
