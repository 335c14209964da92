// Feature: agent-engine, Property 7: Nothing leads out
// Verifies: agent-engine#4.2
/** What the agent sees of a workspace: list_files, glob, search and read_file. */
import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAbort } from '../../../../src/core/util/abort';
import { createNodeFiles } from '../../../../src/node/nodeFiles';
import { settle } from '../../../support/fakeClock';
import { createMemoryFiles } from '../../../support/memoryFiles';
import { createWorkspace } from '../../../support/workspaceBuilder';
import { type ToolUser, toolUser } from './toolHarness';

function project(files: Readonly<Record<string, string>>): ToolUser {
  return toolUser(createMemoryFiles({ root: '/w', files }));
}

const lines = (text: string) => text.split('\n');

describe('ignored files', () => {
  const FILES = {
    '.gitignore': '# built\n*.log\n/out/\nlogs/\n!keep.log\n',
    '.kiroignore': 'secrets/\n*.pem\n!public.pem\n',
    'app.log': 'needle',
    'keep.log': 'needle',
    'out/a.js': 'needle',
    'src/out/a.js': 'needle',
    'src/.gitignore': '*.gen.ts\n!debug.log\n!logs/\n',
    'src/debug.log': 'needle',
    'src/logs/today.txt': 'needle',
    'src/a.gen.ts': 'needle',
    'secrets/key.txt': 'needle',
    'deep/private.pem': 'needle',
    'deep/public.pem': 'needle',
  };
  const SEEN = ['deep/public.pem', 'keep.log', 'src/debug.log', 'src/logs/today.txt', 'src/out/a.js'];

  it('are left out of lists, globs and searches; nearer files and negation count', async () => {
    const { output } = project(FILES);
    const listed = lines(await output('list_files', {})).filter((path) => !/ignore$/.test(path));
    assert.deepEqual(listed.sort(), SEEN);
    const globbed = lines(await output('glob', { pattern: '**/*.{js,txt,log,pem,ts}' }));
    assert.deepEqual(globbed.sort(), SEEN);
    const found = lines(await output('search', { pattern: 'NEEDLE' }));
    assert.deepEqual(
      found.sort(),
      SEEN.map((path) => `${path}:1: needle`),
    );
  });

  it('of git can be read and listed by name; those of .kiroignore cannot, in any way', async () => {
    const { output, refusal } = project(FILES);
    assert.equal(await output('read_file', { path: 'app.log' }), '1\tneedle');
    assert.equal(await output('list_files', { path: 'out' }), 'out/a.js');
    assert.equal(await output('glob', { pattern: 'out/*.js' }), 'out/a.js');
    assert.equal(await output('read_file', { path: 'deep/public.pem' }), '1\tneedle');
    const hidden: readonly [string, object][] = [
      ['read_file', { path: 'secrets/key.txt' }],
      ['read_file', { path: 'deep/../secrets/key.txt' }],
      ['read_file', { path: '/w/deep/private.pem' }],
      ['list_files', { path: 'secrets' }],
      ['glob', { pattern: 'secrets/**' }],
      ['search', { pattern: 'needle', path: 'secrets/key.txt' }],
      ['edit_file', { path: 'deep/private.pem', oldText: 'needle', newText: 'x' }],
      ['write_file', { path: 'secrets/new.txt', content: '' }],
    ];
    for (const [name, input] of hidden) {
      const said = await refusal(name, input);
      assert.match(said, /kept from you by \.kiroignore. Do the task without it/);
      assert.ok(!said.includes('needle'));
    }
  });

  it('are not taken from a list that leads elsewhere', async () => {
    const files = createMemoryFiles({ root: '/w', files: { 'a.txt': '', '/etc/list': '*' } });
    files.link('/w/.gitignore', '/etc/list');
    assert.equal(await toolUser(files).output('list_files', {}), 'a.txt');
  });
});

describe('list_files and glob', () => {
  it('name files from the workspace folder, page by page', async () => {
    const names = Array.from({ length: 1100 }, (_, index) => `lib/f${String(index).padStart(4, '0')}.ts`);
    const { output } = project(Object.fromEntries(names.map((name) => [name, ''])));
    for (const [name, input] of [
      ['list_files', { path: 'lib' }],
      ['glob', { pattern: '*.ts' }],
    ] as const) {
      const first = lines(await output(name, input));
      assert.deepEqual(first.slice(0, 500), names.slice(0, 500));
      assert.equal(first[500], '[more; go on with offset 500]');
      const last = lines(await output(name, { ...input, offset: 1000 }));
      assert.deepEqual(last, names.slice(1000));
      assert.equal(await output(name, { ...input, offset: 1100 }), '[nothing after 1100]');
    }
  });

  it('match names at any depth, paths, alternatives and absolute patterns', async () => {
    const { output, refusal } = project({ 'a.md': '', 'docs/b.md': '', 'docs/x/c.md': '', 'docs/d.txt': '' });
    const glob = async (pattern: string) => lines(await output('glob', { pattern })).sort();
    assert.deepEqual(await glob('*.md'), ['a.md', 'docs/b.md', 'docs/x/c.md']);
    assert.deepEqual(await glob('docs/*.{md,txt}'), ['docs/b.md', 'docs/d.txt']);
    assert.deepEqual(await glob('./docs/**/*.md'), ['docs/b.md', 'docs/x/c.md']);
    assert.deepEqual(await glob('/w/docs/?.txt'), ['docs/d.txt']);
    assert.deepEqual(await glob('docs/d.txt'), ['docs/d.txt']);
    assert.deepEqual(await glob('!docs/**'), ['a.md']);
    assert.deepEqual(await glob('*.rs'), ['No file matches "*.rs".']);
    for (const pattern of ['../**', '/etc/*', 'docs/../../*'])
      assert.match(await refusal('glob', { pattern }), /outside the workspace/);
  });
});

describe('search', () => {
  it('takes a text or an expression, and only the files that were asked for', async () => {
    const { output } = project({ 'a.ts': 'f(x)\nFxx', 'b.js': 'f(x)', 'lib/c.ts': 'f(x)' });
    assert.equal(await output('search', { pattern: 'f(x)', glob: '*.ts' }), 'a.ts:1: f(x)\nlib/c.ts:1: f(x)');
    assert.equal(await output('search', { pattern: '^fx+$', regex: true }), 'a.ts:2: Fxx');
    assert.equal(await output('search', { pattern: 'x', path: 'lib', glob: 'lib/*' }), 'lib/c.ts:1: f(x)');
  });

  it('reads only what a faster look found worth reading, and everything where that cannot tell', async () => {
    const files = createMemoryFiles({
      root: '/w',
      files: { 'a.ts': 'needle', 'lib/b.ts': 'needle', 'c.ts': 'none' },
    });
    const looks: string[] = [];
    const read = async (input: object, found: ReadonlySet<string> | undefined) => {
      const readings: string[] = [];
      const counting = {
        ...files,
        readText: (path: string) => {
          readings.push(path);
          return files.readText(path);
        },
      };
      const find = async (folder: string, text: string) => {
        looks.push(`${folder} ${text}`);
        return found;
      };
      const { output } = toolUser(counting, '/w', { textSearch: { find } });
      return {
        hits: lines(await output('search', input)),
        readings: readings.filter((path) => path.endsWith('.ts')),
      };
    };
    const narrow = await read({ pattern: 'needle' }, new Set(['/w/lib/b.ts', '/elsewhere/d.ts']));
    assert.deepEqual(narrow, { hits: ['lib/b.ts:1: needle'], readings: ['/w/lib/b.ts'] });
    const whole = await read({ pattern: 'needle' }, undefined);
    assert.deepEqual(whole.hits, ['a.ts:1: needle', 'lib/b.ts:1: needle']);
    assert.deepEqual((await read({ pattern: 'need.e', regex: true }, new Set())).hits, whole.hits);
    assert.deepEqual(looks, ['/w needle', '/w needle'], 'an expression is another language there');
  });

  it('says how to go on, and shows every hit once', async () => {
    const text = Array.from({ length: 250 }, (_, index) => `hit ${index}`).join('\n');
    const { output } = project({ 'a.txt': text });
    const seen: string[] = [];
    for (let offset = 0; offset < 250; offset += 100) {
      const page = lines(await output('search', { pattern: 'hit', offset }));
      if (offset < 200) assert.equal(page.pop(), `[more; go on with offset ${offset + 100}]`);
      seen.push(...page);
    }
    assert.deepEqual(
      seen,
      lines(text).map((line, index) => `a.txt:${index + 1}: ${line}`),
    );
  });

  it('refuses an expression that is wrong or may never end, and says what to do', async () => {
    const { refusal, output } = project({ 'a.txt': `${'a'.repeat(40)}!` });
    assert.match(await refusal('search', { pattern: '(', regex: true }), /Leave regex out/);
    for (const pattern of ['(a+)+$', '(a|aa)+$', '((a{1,9}))*$', '(?:a*)*$', '(?<n>a?){2,}$'])
      assert.match(
        await refusal('search', { pattern, regex: true }),
        /can take for ever\. Write it/,
        pattern,
      );
    for (const pattern of ['(ab)+|a{40}!', '(a|b)a+', '[(a+)]+', '\\(a+\\)+|!', '(?:\\d{2}:)+|!'])
      assert.match(await output('search', { pattern, regex: true }), /^a\.txt:1: /, pattern);
  });

  it('refuses what takes too long on a long line, and finds with what only looks like it', async () => {
    const long = 'a'.repeat(100_000);
    const { refusal, output } = project({
      'a.ts': `${long}\nconst  word = call( one, two ) ; // ${'x'.repeat(500)} end`,
    });
    for (const pattern of ['a*a*a*a*a*a*b', '.*.*.*.*.*.*x', '(?:a*)(?:a*)(?:a*)(?:a*)(?:a*)(?:a*)b'])
      assert.match(await refusal('search', { pattern, regex: true }), /can take the same text/, pattern);
    for (const pattern of ['.*a.*b', 'a*a*!', '^(.*)(.*)\\1\\2b'])
      assert.match(await output('search', { pattern, regex: true }), /^No hit/, pattern);
    for (const pattern of [
      '(const|let|var)\\s+\\w+\\s*=\\s*\\w+\\s*\\(\\s*\\w+\\s*,\\s*\\w+\\s*\\)\\s*;',
      'const.*end',
      'word\\s*=.*end$',
    ])
      assert.match(await output('search', { pattern, regex: true }), /^a\.ts:2: const/, pattern);
    assert.match(
      await output('search', { pattern: '.*b.*c.*d', regex: true }),
      /^No hit .*\n\[of longer lines the first 186 characters searched\]$/,
    );
  });

  it('can be stopped in the middle of a file that takes long', async () => {
    const files = createMemoryFiles({ root: '/w', files: { 'a.txt': `${'a'.repeat(300)}\n`.repeat(3000) } });
    const abort = createAbort();
    let begun = false;
    const { prepare } = toolUser({
      ...files,
      async readText(path) {
        begun ||= path === '/w/a.txt';
        // The person stops as soon as anything else comes to its turn.
        if (begun) setImmediate(() => abort.abort(new Error('stopped')));
        return files.readText(path);
      },
      async stat(path) {
        await settle();
        return files.stat(path);
      },
    });
    const { perform } = await prepare('search', { pattern: 'a*.*a*b', regex: true });
    await assert.rejects(perform(abort.signal), /stopped/);
  });

  it('tells what it did not look at', async () => {
    const { output } = project({ 'big.txt': 'needle '.repeat(200_000), 'a.txt': 'none' });
    assert.equal(
      await output('search', { pattern: 'needle' }),
      'No hit for "needle" in the workspace.\n[1 larger than 1 MB not searched]',
    );
  });
});

describe('read_file', () => {
  it('goes on exactly where it was cut, whether by lines or by characters', async () => {
    for (const length of [3, 300]) {
      const text = Array.from({ length: 4100 }, (_, index) => `${index} `.padEnd(length, '.'));
      const { output } = project({ 'a.txt': text.join('\n') });
      const seen: string[] = [];
      for (let startLine: number | undefined = 1; startLine; ) {
        const page: string = await output('read_file', { path: 'a.txt', startLine });
        assert.ok(page.length < 61_000);
        seen.push(...lines(page).filter((line) => !line.startsWith('[')));
        startLine = Number(/go on with startLine (\d+)\]$/.exec(page)?.[1] ?? 0);
      }
      assert.deepEqual(
        seen,
        text.map((line, index) => `${index + 1}\t${line}`),
      );
    }
  });

  it('cuts a line that is a page by itself, and says so', async () => {
    const { output } = project({ 'a.min.js': `${'x'.repeat(500_000)}\nend` });
    const page = await output('read_file', { path: 'a.min.js' });
    assert.ok(page.length < 11_000);
    assert.match(page, /\[490000 more characters in this line; .*\]\n2\tend$/);
  });

  it('tells what is no text instead of showing it', async () => {
    const workspace = createWorkspace();
    const at = (name: string) => join(workspace.native, name);
    writeFileSync(at('image.png'), Buffer.from([0x89, 0x50, 0, 0, 1]));
    writeFileSync(at('latin1.txt'), Buffer.from([0x63, 0x61, 0x66, 0xe9]));
    writeFileSync(at('replaced.txt'), 'a real \uFFFD');
    const huge = openSync(at('huge.log'), 'w');
    ftruncateSync(huge, 100_000_000);
    closeSync(huge);
    const { output, refusal } = toolUser(createNodeFiles(), workspace.root);
    assert.match(
      await refusal('read_file', { path: 'image.png' }),
      /binary file, not text \(5 bytes\)\. Use run_command/,
    );
    assert.match(
      await refusal('read_file', { path: 'latin1.txt' }),
      /not valid UTF-8 \(4 bytes\)\. Use run_command/,
    );
    assert.match(await refusal('read_file', { path: 'huge.log' }), /no UTF-8 text there\. Use run_command/);
    assert.equal(await output('read_file', { path: 'replaced.txt' }), '1\ta real \uFFFD');
    const edit = { oldText: 'a', newText: 'b' };
    assert.match(await refusal('edit_file', { path: 'latin1.txt', ...edit }), /run_command/);
    assert.match(
      await refusal('edit_file', { path: 'huge.log', ...edit }),
      /too large .*100000000 bytes.*read_file shows parts/,
    );
    const searched = await output('search', { pattern: 'nothing' });
    assert.match(searched, /^No hit.*\n\[1 larger than 1 MB not searched\]$/);
  });

  it('shows any lines of a file that is too large to be held', async () => {
    const workspace = createWorkspace();
    const line = (number: number) => `line ${number} ${'ü'.repeat(200)}`;
    const text = Array.from({ length: 40_000 }, (_, index) => line(index + 1)).join('\r\n');
    writeFileSync(join(workspace.native, 'big.log'), `${text}\n${'x'.repeat(2_000_000)}\nend`);
    const { output } = toolUser(createNodeFiles(), workspace.root);
    const some = await output('read_file', { path: 'big.log', startLine: 30_000, endLine: 30_001 });
    assert.equal(
      some,
      `30000\t${line(30_000)}\n30001\t${line(30_001)}\n[more lines; go on with startLine 30002]`,
    );
    const page = lines(await output('read_file', { path: 'big.log', startLine: 7 }));
    assert.ok(page.length > 100 && page.join('\n').length < 62_000);
    assert.equal(page.at(-1), `[more lines; go on with startLine ${7 + page.length - 1}]`);
    const last = await output('read_file', { path: 'big.log', startLine: 40_001 });
    assert.match(last, /^40001\tx{10000} \[1990000 more bytes in this line; .*\]\n40002\tend$/);
    assert.match(await output('read_file', { path: 'big.log', startLine: 50_000 }), /no such lines/);
  });
});
