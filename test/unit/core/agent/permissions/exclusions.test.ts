// Feature: agent-engine, Property 6: Rules agree with their slow model
// Verifies: agent-engine#3.1, #3.8, #3.9
/** What a rule that forbids leaves out: exactly what it names, by whatever name that is asked for, and nothing alike. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgeCommand, judgeFile, judgeHost } from '../../../../../src/core/agent/permissions/judge';
import type { Effect, Rule, Ruleset, ScopedRule } from '../../../../../src/core/agent/permissions/model';
import { askAbout } from '../../../../../src/core/agent/permissions/questions';
import { runs } from '../../../../support/soak';
import { createTestPorts } from '../../../../support/testPorts';

const ROOT = '/project';

function ruled(capability: string, match: readonly string[], exclude: readonly string[]): Ruleset {
  const about = { scope: 'user', file: '' } as const;
  return {
    rules: [
      { ...about, capability: 'all', match: ['**'], exclude: [], effect: 'allow' },
      { ...about, capability, match, exclude, effect: 'deny' },
    ],
    trusting: false,
    broken: undefined,
  };
}

function read(path: string, match: readonly string[], exclude: readonly string[]): Effect {
  return judgeFile(ROOT, ruled('fs_read', match, exclude), 'fs_read', path).effect;
}

describe('a rule that forbids everything but', () => {
  it('one folder leaves that folder out, named from the workspace or whole', () => {
    for (const exclude of ['docs', 'docs/**', `${ROOT}/docs/**`, '**/*.md'])
      assert.equal(read('docs/a.md', ['**'], [exclude]), 'allow', exclude);
    assert.equal(read('src/a.ts', ['**'], ['docs/**']), 'deny');
    assert.equal(read('docs/a.md', [`${ROOT}/**`], ['docs/**']), 'allow', 'forbidden by its whole path');
  });

  it('one file leaves out nothing that only looks like it', () => {
    for (const path of [
      'README.MD',
      'readme.md',
      'README.md.',
      'README.md:x',
      'REA\u200bDME.md',
      'ＲEADME.md',
    ])
      assert.equal(read(path, ['**'], ['README.md']), 'deny', path);
    for (const path of ['docs/../secret', 'docs/./../secret', './docs/../secret', 'docs//..//secret'])
      assert.equal(read(path, ['**'], ['docs/**']), 'deny', path);
    for (const path of ['secret/a', 'Secret/a', 'SECRET/a', 'ſecret/a'])
      assert.equal(read(path, ['secret/**'], ['docs/**']), 'deny', path);
  });

  it('one host leaves out its pages, and no address that only has its name in it', () => {
    const fetch = (url: string) =>
      judgeHost(ruled('web_fetch', ['*'], ['docs.example', '*.docs.example']), url);
    for (const url of ['https://docs.example/a', 'https://DOCS.example', 'https://v1.docs.example/x?y#z'])
      assert.equal(fetch(url).effect, 'allow', url);
    for (const url of [
      'https://evil.example/docs.example',
      'https://evil.example/?.docs.example',
      'https://evil.example/#x.docs.example',
      'https://docs.example@evil.example/',
      'https://docs.example:8080/',
      'https://docs.example.evil.example/',
    ])
      assert.equal(fetch(url).effect, 'deny', url);
  });
});

describe('a rule of more forms than are read', () => {
  const many = '{a,b}'.repeat(40);
  it('forbids, and neither allows nor leaves anything out', () => {
    assert.equal(read('x', [many], []), 'deny');
    assert.equal(read('x', ['**'], [many]), 'deny');
    const allowed = { ...ruled('fs_read', [], []).rules[1], match: [many], effect: 'allow' } as ScopedRule;
    const only = { rules: [allowed], trusting: false, broken: undefined };
    assert.equal(judgeFile(ROOT, only, 'fs_read', 'x').effect, 'ask');
  });
});

describe('a command', () => {
  const files = {
    'docs/a.md': 'a',
    'secret/key': 'k',
    [`${ROOT}/docs/way`]: 'k',
  };
  async function run(command: string, links: Readonly<Record<string, string>> = {}): Promise<Effect> {
    const { files: disk } = createTestPorts({ files });
    for (const [from, to] of Object.entries(links)) disk.link(`${ROOT}/${from}`, `${ROOT}/${to}`);
    const rules = ruled('fs_read', ['secret/**'], []);
    return (await judgeCommand(disk, ROOT, rules, command)).effect;
  }

  it('is judged by where the links lead that it names, and by what its wildcards stand for', async () => {
    assert.equal(await run('cat docs/a.md'), 'allow');
    assert.equal(await run('cat secret/key'), 'deny');
    for (const command of ['cat docs/way', 'cat docs/w*', 'cd docs && cat way', 'cat docs/../docs/way'])
      assert.equal(await run(command, { 'docs/way': 'secret/key' }), 'deny', command);
    for (const command of [
      'cat s*/key',
      'cat docs/../secret/key',
      'cd secret && cat key',
      'cd docs && cat ../secret/key',
    ])
      assert.equal(await run(command), 'deny', command);
  });
});

describe('a command under a rule that lets only some files be read', () => {
  const files = { 'docs/a.md': 'a', 'docs/b.md': 'b', 'src/a.ts': 'a', 'test/a.ts': 'a', secret: 'k' };
  async function verdict(command: string, rules: Ruleset, link = false) {
    const { files: disk } = createTestPorts({ files });
    if (link) disk.link(`${ROOT}/docs/way`, `${ROOT}/secret`);
    return judgeCommand(disk, ROOT, rules, command);
  }
  const only = ruled('fs_read', ['**'], ['docs/**']);

  it('runs where it reads nothing else', async () => {
    for (const command of [
      'ls',
      'ls -la',
      'pwd',
      'cat docs/a.md',
      'cat docs/a.md docs/b.md | head -n 5',
      'cat docs/*.md',
      `cat ${ROOT}/docs/a.md`,
      'cd docs && cat a.md && ls',
      'cat docs/missing.md',
      'wc -l docs/a.md; echo done',
    ])
      assert.equal((await verdict(command, only)).effect, 'allow', command);
  });

  it('is denied where it names another one, by whatever name', async () => {
    for (const command of [
      'cat secret',
      'cat ./secret',
      'cat docs/a.md secret',
      'cat docs/../secret',
      'cd docs && cat ../secret',
      'cat s*',
      'cat *',
      'cat .',
      'cat < secret',
      'grep -r x .',
      'grep x secret',
      'node src/a.ts',
      'npm test --x=src/a.ts',
      'cat "secret"',
      'ls src',
    ])
      assert.equal((await verdict(command, only)).effect, 'deny', command);
    assert.equal((await verdict('cat docs/way', only, true)).effect, 'deny');
    assert.equal((await verdict('cat docs/w*', only, true)).effect, 'deny');
  });

  it('asks where nobody can tell what it reads, whatever else allows it', async () => {
    for (const trusting of [false, true])
      for (const command of [
        'npm install',
        'make',
        'git diff',
        'grep -r x',
        'node -e 1',
        'sh -c "cat docs/a.md"',
        'cat docs/a.md | xargs cat',
        'wc --files0-from=docs/a.md',
        'cat --files docs/a.md',
        'A=1 cat docs/a.md',
        'cat() { sh; }; cat docs/a.md',
        './cat docs/a.md',
        'cat $(ls)',
      ]) {
        const { effect, onceOnly } = await verdict(command, { ...only, trusting });
        assert.deepEqual([effect, onceOnly === undefined], ['ask', false], command);
      }
  });

  it('is denied where another rule leaves nothing out', async () => {
    const rules = { ...only, rules: [...only.rules, ...ruled('fs_read', ['**'], []).rules] };
    for (const command of ['npm install', 'cat docs/a.md'])
      assert.equal((await verdict(command, rules)).effect, 'deny', command);
  });

  it('is told which file the rule is about, or what nobody can tell', async () => {
    const why = async (command: string) => {
      const question = { capability: 'run', subject: command, where: ROOT, why: '' } as const;
      return askAbout(question, await verdict(command, only));
    };
    assert.match(
      (await why('npm test')).onceOnly ?? '',
      /^Your rule “\*\*”.* denies reading test, which this command may name\.$/,
    );
    const { onceOnly, needs } = await why('npm install');
    assert.match(onceOnly ?? '', /denies reading all files but docs\/\*\*, and which .* nobody can tell/);
    assert.deepEqual(needs, []);
  });
});

describe('what a rule leaves out', () => {
  const segment = fc.constantFrom('a', 'A', 'ａ', 'b', 'b.', 'c\u200b', 'c');
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const relative = fc.oneof(path, fc.constantFrom('**', '*', 'a/**', '**/b', '*/c', 'A/*', 'ａ'));
  const pattern = fc.oneof(
    relative,
    relative.map((one) => (one === '**' ? one : `${ROOT}/${one}`)),
  );
  const patterns = fc.array(pattern, { maxLength: 2 });

  it('is what a slow, plain reading of it says', () => {
    fc.assert(
      fc.property(path, patterns, patterns, (asked, match, exclude) => {
        assert.equal(read(asked, match, exclude), slowly(asked, { match, exclude }));
      }),
      runs(2000),
    );
  });
});

/** By regular expressions over both names of the file. */
function slowly(path: string, { match, exclude }: Pick<Rule, 'match' | 'exclude'>): Effect {
  const names = [path, `${ROOT}/${path}`];
  const plain = (name: string) =>
    name
      .split('/')
      .map((part) => part.replace('ａ', 'a').replace('\u200b', '').toLowerCase().replace(/\.+$/, ''))
      .join('/');
  const hits = (pattern: string, name: string) => {
    if (pattern === '**') return true;
    if (pattern.startsWith('/') !== name.startsWith('/')) return false;
    const source = pattern
      .replaceAll('.', '\\.')
      .replace(/\*\*\/|\/\*\*|\*/g, (star) => ({ '**/': '(?:.*/)?', '/**': '(?:/.*)?' })[star] ?? '[^/]*');
    return new RegExp(`^${source}${pattern.includes('*') ? '' : '(?:/.*)?'}$`).test(name);
  };
  const isForbidden = names.some((name) => match.some((pattern) => hits(plain(pattern), plain(name))));
  const isLeftOut = names.some((name) => exclude.some((pattern) => hits(pattern, name)));
  return isForbidden && !isLeftOut ? 'deny' : 'allow';
}
