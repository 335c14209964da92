/** The editor's problems and its real language servers: TypeScript's and JSON's, which come with the editor. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createAbort } from '../../src/core/util/abort';
import { createEditorServices } from '../../src/vscode/adapters/editorServices';
import { toPath } from '../../src/vscode/adapters/paths';
import { eventually, inWorkspace, remove, writeText } from './support';

const folder = inWorkspace('code');
const at = (name: string) => vscode.Uri.joinPath(folder, name);
const { signal } = createAbort();
const editor = createEditorServices();

const AREA = 'export function area(side: number) {\n  return side * side;\n}\n';
const USE = "import { area } from './area';\n\nexport const nine: string = area(3);\n";

describe('what the editor knows of the code', () => {
  before(async function () {
    this.timeout(60_000);
    await writeText(at('tsconfig.json'), '{"compilerOptions": {"strict": true}, "include": ["*.ts"]}');
    await writeText(at('area.ts'), AREA);
    await writeText(at('use.ts'), USE);
    await writeText(at('broken.json'), '{"a": }');
    // The language server reads the project first.
    await eventually(
      'TypeScript',
      async () => (await editor.outline(toPath(at('area.ts')), signal).catch(() => []))[0],
      50_000,
    );
  });
  after(() => remove(folder));

  it('tells the problems of a file that is open, with who says so; of another it is not sure', async () => {
    assert.equal((await editor.problems(toPath(at('broken.json')), signal)).sure, false);
    await vscode.window.showTextDocument(at('broken.json'));
    const json = await eventually('the problem', async () => {
      const { problems, sure } = await editor.problems(toPath(at('broken.json')), signal);
      return sure ? problems[0] : undefined;
    });
    assert.deepEqual([json.severity, json.line, json.source], ['error', 0, 'json 516']);
    assert.match(json.message, /Value expected/);
  });

  it('tells the problems of all files that it has looked at', async () => {
    await vscode.window.showTextDocument(at('use.ts'));
    const found = await eventually('the problem', async () =>
      (await editor.problems(undefined, signal)).problems.find(({ path }) => path === toPath(at('use.ts'))),
    );
    assert.equal(found.line, 2);
    assert.equal(found.source, 'ts 2322');
    assert.match(found.message, /number.*string/);
  });

  it('finds definitions and references across files', async () => {
    const place = { path: toPath(at('use.ts')), line: 2, character: 28 };
    const [definition] = await editor.definitions(place, signal);
    assert.deepEqual([definition?.path, definition?.line], [toPath(at('area.ts')), 0]);
    const references = await eventually('both files', async () => {
      const all = await editor.references(place, signal);
      return new Set(all.map(({ path }) => path)).size === 2 ? all : undefined;
    });
    assert.deepEqual(references.map(({ path, line }) => `${path.split('/').at(-1)}:${line}`).sort(), [
      'area.ts:0',
      'use.ts:0',
      'use.ts:2',
    ]);
  });

  it('knows the outline of a file, and symbols by name', async () => {
    const outline = await editor.outline(toPath(at('use.ts')), signal);
    assert.deepEqual(
      outline.map(({ name, kind, line }) => [name, kind, line]),
      [['nine', 'variable', 2]],
    );
    const [symbol] = await eventually('the symbol', async () => {
      const found = await editor.symbols('area', signal);
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual([symbol?.path, symbol?.kind], [toPath(at('area.ts')), 'function']);
  });

  it('says what a rename would change, and changes nothing', async () => {
    const changes = await editor.rename({ path: toPath(at('area.ts')), line: 0, character: 16 }, 'square');
    assert.deepEqual(
      changes.map(({ path, edits }) => [path.split('/').at(-1), edits.map(({ newText }) => newText)]).sort(),
      [
        ['area.ts', ['square']],
        ['use.ts', ['square', 'square']],
      ],
    );
    const document = await vscode.workspace.openTextDocument(at('area.ts'));
    assert.equal(document.getText(), AREA);
    assert.equal(document.isDirty, false);
  });

  it('passes on what the language says against a rename', async () => {
    const nothing = editor.rename({ path: toPath(at('area.ts')), line: 1, character: 2 }, 'x');
    await assert.rejects(nothing, /rename/i);
  });
});
