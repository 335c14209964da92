/** What the agent asks of the editor: problems, places in the code, and renaming. */
import assert from 'node:assert/strict';
import type { CodePlace, CodeProblem, EditorServices } from '../../../../src/core/agent/editorServices';
import { editsOf } from '../../../../src/core/agent/session/events';
import { ALL_TOOLS } from '../../../../src/core/agent/tools/codingTools';
import { createMemoryFiles } from '../../../support/memoryFiles';
import { answerAll, call, resumeTalk, startTalk, told } from './conversation';
import { toolUser } from './toolHarness';

const FILES = {
  '.kiroignore': 'secret/\n',
  'a.ts': 'export function area() {}\nexport const areas = area;\n',
  'empty.ts': '',
  'b.ts': '\uFEFFimport { area } from "./a";\narea();\n',
  'secret/c.ts': 'area();\n',
};

interface Asked {
  places: CodePlace[];
}

const problem = (
  name: string,
  line: number,
  severity: CodeProblem['severity'],
  message: string,
  source: string,
) => ({
  ...{ path: `/w/${name}`, line, character: 0 },
  ...{ severity, message, source },
});
const PROBLEMS: readonly CodeProblem[] = [
  problem('a.ts', 1, 'warning', 'unused', 'lint'),
  problem('b.ts', 0, 'error', 'no\n  area', 'ts 2304'),
  problem('secret/c.ts', 0, 'error', 'key=1', ''),
];

function editor(asked: Asked = { places: [] }, more: Partial<EditorServices> = {}): EditorServices {
  const found = (place: CodePlace) => {
    asked.places.push(place);
    return Promise.resolve([
      { path: '/w/a.ts', line: 0, character: 16 },
      { path: '/w/secret/c.ts', line: 0, character: 0 },
      { path: '/lib/lib.d.ts', line: 9, character: 0 },
    ]);
  };
  return {
    problems: async (path) => ({
      problems: PROBLEMS.filter((problem) => path === undefined || problem.path === path),
      sure: path !== '/w/empty.ts',
    }),
    definitions: found,
    references: found,
    outline: async (path) => [
      { path, line: 0, character: 0, name: 'area', kind: 'function', depth: 0 },
      { path, line: 1, character: 0, name: 'areas', kind: 'constant', depth: 1 },
    ],
    symbols: async (name) => [{ path: '/w/a.ts', line: 0, character: 0, name, kind: 'function', depth: 0 }],
    rename: async (_, newText) => [
      { path: '/w/a.ts', edits: [change(0, 16, newText), change(1, 21, newText)] },
      { path: '/w/b.ts', edits: [change(0, 9, newText), change(1, 0, newText)] },
    ],
    ...more,
  };
}

function change(line: number, character: number, newText: string) {
  return { start: { line, character }, end: { line, character: character + 4 }, newText };
}

const user = (services?: EditorServices) =>
  toolUser(createMemoryFiles({ root: '/w', files: FILES }), '/w', services ? { editor: services } : {});

describe('diagnostics', () => {
  it('tells what the editor shows, errors first, and nothing of hidden files', async () => {
    const { output } = user(editor());
    const all = 'b.ts:1 error ts 2304: no area\na.ts:2 warning lint: unused';
    assert.equal(await output('diagnostics', {}), all);
    assert.equal(await output('diagnostics', { path: 'a.ts' }), 'a.ts:2 warning lint: unused');
    const none = await output('diagnostics', { path: 'empty.ts' });
    assert.match(none, /^No problems in empty\.ts\. It is not open in the editor/);
  });

  it('refuses files that are hidden, missing or outside', async () => {
    const { refusal } = user(editor());
    assert.match(await refusal('diagnostics', { path: 'secret/c.ts' }), /kept from you by \.kiroignore/);
    assert.match(await refusal('diagnostics', { path: 'none.ts' }), /no file none\.ts/);
    assert.match(await refusal('diagnostics', { path: '../x.ts' }), /outside the workspace/);
    assert.match(await user().refusal('diagnostics', {}), /No editor is here\. Run the project’s own check/);
  });
});

describe('code', () => {
  it('asks at the place where the whole word stands, and shows lines of visible files only', async () => {
    const asked: Asked = { places: [] };
    const { output } = user(editor(asked));
    const shown =
      'a.ts:1: export function area() {}\nsecret/c.ts:1\n/lib/lib.d.ts:10 (outside the workspace)';
    assert.equal(await output('code', { action: 'definition', symbol: 'area', path: 'b.ts' }), shown);
    await output('code', { action: 'references', symbol: 'area', path: 'a.ts', line: 2 });
    assert.deepEqual(asked.places, [
      // The editor does not count the byte order mark.
      { path: '/w/b.ts', line: 0, character: 9 },
      { path: '/w/a.ts', line: 1, character: 21 },
    ]);
  });

  it('shows outlines, and symbols by name', async () => {
    const { output } = user(editor());
    assert.equal(
      await output('code', { action: 'symbols', path: 'a.ts' }),
      'function area :1\n  constant areas :2',
    );
    assert.equal(
      await output('code', { action: 'symbols', symbol: 'area' }),
      'a.ts:1: export function area() {}',
    );
  });

  it('says what is missing', async () => {
    const { refusal } = user(editor());
    assert.match(await refusal('code', { action: 'definition', symbol: 'area' }), /Give symbol, and path/);
    assert.match(await refusal('code', { action: 'symbols' }), /Give path for an outline/);
    const nowhere = { action: 'definition', symbol: 'are', path: 'a.ts' };
    assert.match(await refusal('code', nowhere), /“are” does not stand in a\.ts/);
  });

  it('is a search for the word where no editor is, and says so', async () => {
    const { output, refusal } = user();
    assert.equal(
      await output('code', { action: 'references', symbol: 'area', path: 'a.ts' }),
      '[no language server here: found as a word in the text]\na.ts:1: export function area() {}\na.ts:2: export const areas = area;\nb.ts:1: import { area } from "./a";\nb.ts:2: area();',
    );
    assert.match(await refusal('code', { action: 'symbols', path: 'a.ts' }), /no outline.*read_file/);
  });
});

describe('rename_symbol', () => {
  const RENAME = call('rename_symbol', { symbol: 'area', newName: 'size', path: 'a.ts' });
  const project = {
    root: '/w',
    files: FILES,
    tools: ALL_TOOLS,
    script: [{ tools: [RENAME] }, { text: 'Done.' }],
    context: { editor: editor() },
  };
  const AFTER = {
    '/w/a.ts': 'export function size() {}\nexport const areas = size;\n',
    '/w/b.ts': '\uFEFFimport { size } from "./a";\nsize();\n',
  };

  it('asks once for all files with their texts, writes them, and tells which', async () => {
    const talk = startTalk(project);
    answerAll(talk, 'once');
    await talk.ended;
    assert.deepEqual(told(talk), [{ ok: true, text: 'Renamed area to size in a.ts, b.ts.' }]);
    for (const [path, text] of Object.entries(AFTER)) assert.equal(talk.ports.files.text(path), text);
    const [item] = talk.session.state.items.filter((each) => each.type === 'tool');
    assert.ok(item?.type === 'tool');
    assert.equal(item.question?.why, 'Renames area to size in 2 files');
    assert.deepEqual(
      item.question?.needs?.map(({ text }) => text),
      ['a.ts', 'b.ts'],
    );
    assert.deepEqual(
      editsOf(item.edit).map(({ path, after }) => [`/w/${path}`, after]),
      Object.entries(AFTER),
    );
  });

  it('writes nothing when one of the files was changed meanwhile, or when it is denied', async () => {
    const changed = startTalk(project);
    changed.sessions.onDidChange(() => {
      const { state } = changed.session;
      const open = state.items.find((each) => each.type === 'tool' && each.status === 'asking');
      if (open?.type !== 'tool') return;
      setImmediate(async () => {
        await changed.ports.files.writeText('/w/b.ts', 'mine');
        changed.sessions.answer(changed.session.id, open.call, 'once');
      });
    });
    await changed.ended;
    assert.match(told(changed)[0]?.text ?? '', /b\.ts was changed by somebody else meanwhile/);
    assert.equal(changed.ports.files.text('/w/a.ts'), FILES['a.ts']);
    const denied = startTalk(project);
    answerAll(denied, 'deny');
    await denied.ended;
    assert.equal(denied.ports.files.text('/w/a.ts'), FILES['a.ts']);
  });

  it('is known by all its files after a crash', async () => {
    const done = startTalk(project);
    answerAll(done, 'once');
    await done.ended;
    const log = done.log();
    const cutAt = log.indexOf('"tool.ended"');
    const lines = log.slice(0, log.lastIndexOf('\n', cutAt) + 1);
    const path =
      done.ports.files.journal.find((entry) => entry.endsWith('.jsonl'))?.replace(/^\w+ /, '') ?? '';
    await done.ports.files.writeText(path, lines);
    const resumed = await resumeTalk(done.session.id, { ...project, ports: done.ports });
    await resumed.ended;
    assert.deepEqual(told(resumed), [{ ok: true, text: 'Changed a.ts. Changed b.ts.' }]);
    await done.ports.files.writeText(path, lines);
    await done.ports.files.writeText('/w/b.ts', FILES['b.ts']);
    const half = await resumeTalk(done.session.id, { ...project, ports: done.ports });
    await half.ended;
    assert.match(told(half)[0]?.text ?? '', /interrupted; its effect is unknown/);
  });

  it('refuses a rename that reaches what is protected or hidden', async () => {
    for (const path of ['/w/.git/config', '/w/secret/c.ts', '/etc/passwd']) {
      const services = editor({ places: [] }, { rename: async () => [{ path, edits: [] }] });
      const input = { symbol: 'area', newName: 'x', path: 'a.ts' };
      assert.match(await user(services).refusal('rename_symbol', input), /protected|kept from you|outside/);
    }
  });
});
