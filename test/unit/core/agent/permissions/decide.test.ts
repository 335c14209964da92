// Feature: agent-engine, Property 6: Rules agree with their slow model
// Verifies: agent-engine#3.1, #3.3, #3.4, #3.5
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyseCommand } from '../../../../../src/core/agent/permissions/analyseCommand';
import { decide } from '../../../../../src/core/agent/permissions/decide';
import { judgeFile } from '../../../../../src/core/agent/permissions/judge';
import {
  EFFECTS,
  type Effect,
  type Ruleset,
  SCOPES,
  type ScopedRule,
} from '../../../../../src/core/agent/permissions/model';
import { matchCommand, matchPath } from '../../../../../src/core/agent/permissions/patterns';
import { runs } from '../../../../support/soak';

const ROOT = '/project';

function rule(effect: Effect, capability: string, match: string, more: Partial<ScopedRule> = {}): ScopedRule {
  return { capability, match: [match], exclude: [], effect, scope: 'user', ...more };
}

const set = (...rules: ScopedRule[]): Ruleset => ({ rules, trusting: false, broken: undefined });
const run = (rules: Ruleset, command: string) => decide(rules, analyseCommand(command, ROOT));
const effectOf = (command: string, ...rules: ScopedRule[]) => run(set(...rules), command).effect;
const allow = (match: string, more: Partial<ScopedRule> = {}) => rule('allow', 'shell', match, more);
const deny = (match: string, more: Partial<ScopedRule> = {}) => rule('deny', 'shell', match, more);
const ask = (match: string, more: Partial<ScopedRule> = {}) => rule('ask', 'shell', match, more);

describe('permission rules', () => {
  it('deny before ask before allow, from whatever scope, and asks where none matches', () => {
    assert.equal(effectOf('npm test'), 'ask');
    assert.equal(effectOf('npm test', allow('npm *')), 'allow');
    assert.equal(effectOf('npm test', allow('npm *'), ask('npm t*')), 'ask');
    assert.equal(effectOf('npm test', allow('npm *'), ask('npm t*'), deny('* test')), 'deny');
    for (const scope of SCOPES) {
      assert.equal(effectOf('ls', allow('ls', { scope: 'administration' }), deny('ls', { scope })), 'deny');
      assert.equal(effectOf('ls', allow('ls', { scope }), deny('ls', { scope: 'administration' })), 'deny');
    }
  });

  it('names the strongest scope where several say the same', () => {
    const rules = set(deny('ls', { scope: 'session' }), deny('l*', { scope: 'administration' }), allow('ls'));
    assert.equal(run(rules, 'ls').needs[0]?.rule?.scope, 'administration');
  });

  it('an exclusion takes back what a rule says', () => {
    const npm = allow('npm *', { exclude: ['npm publish*'] });
    assert.equal(effectOf('npm test', npm), 'allow');
    assert.equal(effectOf('npm publish', npm), 'ask');
    assert.equal(effectOf('npm "publish"', npm), 'ask');
    assert.equal(
      effectOf('git status', deny('git *', { exclude: ['git status*'] }), allow('git *')),
      'allow',
    );
  });

  it('every simple command must be allowed; one that is denied denies all', () => {
    const rules = [allow('ls *'), allow('npm test *'), deny('rm *')];
    for (const line of [
      'ls && npm test',
      'ls; npm test',
      'ls | npm test',
      'ls & npm test',
      '(ls)',
      '! ls',
      'ls\nnpm test',
    ])
      assert.equal(effectOf(line, ...rules), 'allow', line);
    for (const line of ['ls && cat x', 'ls | cat', '(ls; cat x)', 'if ls; then cat x; fi', 'ls\ncat x'])
      assert.equal(effectOf(line, ...rules), 'ask', line);
    for (const line of [
      'ls && rm x',
      'ls | rm',
      '(ls; rm x)',
      'ls $(rm x)',
      'ls `rm x`',
      'cat <(rm x)',
      'ls & rm x',
      'rm x &',
    ])
      assert.equal(effectOf(line, ...rules), 'deny', line);
  });

  it('what is denied is found in other spellings, wrappers and lines that cannot be read', () => {
    const spellings = [
      'r""m x',
      "'rm' x",
      'r\\m x',
      '/bin/rm x',
      'RM x',
      'FOO=1 rm x',
      'sudo rm x',
      'sudo -u root rm x',
      'env A=1 rm x',
      'bash -c "rm x"',
      'sh -c "ls; rm x"',
      `bash -c "bash -c 'rm x'"`,
      'xargs rm x',
      'nohup rm x',
      'for x in a; do rm x; done',
      'f() { rm x; }',
      'ls; rm x; ls (',
      'timeout 5 rm x',
      'find . -exec rm x ;',
      'command rm x',
      '{ rm x; } > y',
      'rm x {a,b}',
    ];
    for (const line of spellings) assert.equal(effectOf(line, allow('*'), deny('rm *')), 'deny', line);
  });

  it('a redirection needs its file allowed', () => {
    const ls = allow('ls *');
    assert.equal(effectOf('ls > out.txt', ls), 'ask');
    assert.equal(effectOf('ls > out.txt', ls, rule('allow', 'fs_write', 'out.txt')), 'allow');
    assert.equal(
      effectOf('ls > out.txt', ls, rule('allow', 'fs_write', '**'), rule('deny', 'fs_write', '*.txt')),
      'deny',
    );
    assert.equal(effectOf('ls > /dev/null 2>&1', ls), 'allow');
    assert.equal(effectOf('ls > ../x', ls, rule('allow', 'all', '**')), 'ask');
  });

  it('a file that may not be read is not read by a command either', () => {
    const rules = [allow('*'), rule('allow', 'fs_read', '**'), rule('deny', 'fs_read', '**/.env')];
    assert.equal(effectOf('cat src/a.txt', ...rules), 'allow');
    for (const line of [
      'cat .env',
      'cat ./.env',
      'cat src/.env',
      'cat ".env"',
      'cat .ENV',
      'cat < .env',
      'grep --file=.env x',
    ])
      assert.equal(effectOf(line, ...rules), 'deny', line);
  });

  it('what nobody can read no rule allows, and says why', () => {
    const lines: readonly [string, RegExp][] = [
      ['FOO=1 npm test', /sets a variable/],
      ['bash -c ls', /^bash runs/],
      ['ls {a,b}', /braces/],
      ['ls "', /cannot be read as a shell command: unterminated/],
      ['$x', /not known here|not written out/],
      ['cat <(ls)', /in the place of a file/],
      ['ls\u200b', /cannot be seen/],
      ['cat /etc/passwd', /^\/etc\/passwd is outside/],
      ['ls .git', /names \.git/],
      ['earshot approve x', /only you make/],
    ];
    for (const [line, why] of lines) {
      const verdict = run(set(allow('*'), rule('allow', 'all', '**')), line);
      assert.equal(verdict.effect, 'ask', line);
      assert.match(verdict.onceOnly ?? '', why, line);
    }
  });

  it('what runs what it is given no pattern allows, however wide', () => {
    const lines = [
      ...[
        'sh -c ls',
        'eval ls',
        'exec ls',
        'xargs ls',
        'sudo ls',
        'env ls',
        'nohup ls',
        'timeout 5 ls',
        '. ./x',
        'source x',
      ],
      ...[
        'find . -exec ls {} +',
        'find . -delete',
        "awk 'BEGIN{}'",
        'sed -i s/a/b/ x',
        'tar x --to-command=ls',
        'node -e 1',
      ],
      ...[
        'node --test -e 1',
        'echo 1 | node',
        'python3 -c 1',
        'perl -ne 1',
        'git -c a=b log',
        'git config a b',
        'npm exec ls',
      ],
      ...[
        'npx -c ls',
        'npm test --scrip=x',
        'pnpm dlx x',
        'go test -exec=ls',
        'cargo --config x test',
        'make -f x',
        'rg --pre x y',
      ],
      ...[
        'export A=1',
        'alias a=b',
        'ssh x ls',
        'npx earshot approve x',
        'printf -v PATH x',
        'sort --compress-program=x y',
      ],
    ];
    const wide = set(allow('*'), rule('allow', 'all', '**'));
    for (const line of lines) {
      const { effect, onceOnly } = run(wide, line);
      assert.equal(effect, 'ask', line);
      assert.ok(onceOnly, line);
    }
  });

  it('autopilot takes what cannot be read, but nothing that is protected, denied or asked for', () => {
    const pilot = (...rules: ScopedRule[]): Ruleset => ({
      ...set(rule('allow', 'all', '**'), ...rules),
      trusting: true,
    });
    assert.equal(run(pilot(), 'FOO=1 bash -c ls').effect, 'allow');
    assert.equal(run(pilot(), 'bash -c "cat .git/config"').effect, 'ask');
    assert.equal(run(pilot(), 'cat ../x').effect, 'ask');
    assert.equal(run(pilot(deny('rm *')), 'bash -c "rm x"').effect, 'deny');
    assert.equal(run(pilot(ask('git push *')), 'git push').effect, 'ask');
  });

  it('where a file of rules cannot be read everything asks', () => {
    const broken = { ...set(rule('allow', 'all', '**')), trusting: true, broken: 'permissions.yaml: line 3' };
    const verdict = run(broken, 'ls');
    assert.deepEqual([verdict.effect, verdict.onceOnly], ['ask', 'permissions.yaml: line 3']);
  });

  it('nothing is allowed of a system’s shell that is not read here', () => {
    assert.equal(decide(set(allow('*')), analyseCommand('dir', 'c:/project')).effect, 'ask');
  });

  it('writing what only the person changes is refused, whatever the rules say', () => {
    const all = { ...set(rule('allow', 'all', '**')), trusting: true };
    assert.equal(judgeFile(ROOT, all, 'fs_write', 'src/a.ts').effect, 'allow');
    for (const path of [
      '.git/config',
      '.kiro/settings/x',
      '.kiro/hooks/x',
      'a/.earshot/x',
      '.vscode/x',
      '.GIT/x',
    ])
      assert.equal(judgeFile(ROOT, all, 'fs_write', path).effect, 'deny', path);
    assert.equal(judgeFile(ROOT, all, 'fs_read', '.git/config').effect, 'allow');
  });
});

describe('patterns', () => {
  const paths: readonly [pattern: string, path: string, hit: boolean][] = [
    ['src', 'src', true],
    ['src', 'src/a/b', true],
    ['src', 'srcs', false],
    ['src/', 'src/a', true],
    ['./src', 'src/a', true],
    ['*.ts', 'a.ts', true],
    ['*.ts', 'src/a.ts', false],
    ['**/*.ts', 'a.ts', true],
    ['**/*.ts', 'a/b/c.ts', true],
    ['src/**', 'src/a/b', true],
    ['src/*', 'src/a/b', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['**', 'anything/at/all', true],
    ['**/.env', '.env', true],
    ['**/.env.*', 'a/.env.local', true],
    ['?.ts', 'a.ts', true],
    ['[ab].ts', 'a.ts', true],
    ['[!ab].ts', 'a.ts', false],
    ['[a-c].ts', 'b.ts', true],
    ['*.{ts,js}', 'a.js', true],
    ['{a,b}/{c,d}', 'b/c', true],
    ['*.{ts,js}', 'a.css', false],
    ['secrets/**', 'SECRETS/x', false],
    ['a[', 'a[', true],
    ['/project/src/**', '/project/src/a', true],
    ['', 'a', false],
  ];
  it('of paths', () => {
    for (const [pattern, path, hit] of paths)
      assert.equal(matchPath(pattern, path), hit, `${pattern} ${path}`);
    assert.equal(matchPath('secrets/**', 'SECRETS/x', true), true);
    assert.equal(matchPath('**/.env', 'a/.Env. ', true), true);
  });

  const commands: readonly [pattern: string, text: string, hit: boolean][] = [
    ['npm test', 'npm test', true],
    ['npm test', 'npm test x', false],
    ['npm test *', 'npm test', true],
    ['npm test *', 'npm test -- a', true],
    ['npm test *', 'npm tests', false],
    ['npm *', 'npx a', false],
    ['*', 'a b', true],
    ['git * main', 'git push origin main', true],
    ['a?b', 'axb', false],
    ['[ab]', 'a', false],
    ['npm test*', 'npm tests', true],
    ['a**b', 'a/b', true],
    ['*b', 'aab', true],
    ['', '', true],
    ['*', '', true],
  ];
  it('of commands', () => {
    for (const [pattern, text, hit] of commands)
      assert.equal(matchCommand(pattern, text), hit, `${pattern} ${text}`);
    assert.equal(matchCommand('rm *', 'RM x', true), true);
  });

  it('agree with regular expressions', () => {
    const signs = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '*', '/', '.'), maxLength: 8 });
    fc.assert(
      fc.property(signs, signs, (pattern, text) => {
        const source = pattern.replace(/[.]/g, '\\.').replace(/\*/g, '[^]*');
        const bare = pattern.endsWith(' *') && matchCommand(pattern.slice(0, -2), text);
        assert.equal(matchCommand(pattern, text), new RegExp(`^${source}$`).test(text) || bare);
      }),
      runs(500),
    );
  });

  it('take no longer for a pattern that is made to take long', () => {
    assert.equal(matchCommand('*a'.repeat(2000), 'a'.repeat(1999)), false);
    assert.equal(matchPath(`${'**/'.repeat(300)}x`, 'a/'.repeat(300)), false);
    assert.equal(matchPath('{a,b}'.repeat(40), 'a'), false);
  });
});

describe('the engine', () => {
  it('says what a slow, plain reading of the rules says', () => {
    const names = ['ls', 'cat x', 'npm test', 'npm publish', 'rm x'];
    const patterns = ['ls', 'cat *', 'npm *', 'npm test', 'rm *', '*', 'x'];
    const rules = fc.array(
      fc.record<ScopedRule>({
        capability: fc.constantFrom('shell', 'fs_write', 'all', 'filesystem', 'mcp'),
        match: fc.array(fc.constantFrom(...patterns), { minLength: 1, maxLength: 2 }),
        exclude: fc.array(fc.constantFrom(...patterns), { maxLength: 1 }),
        effect: fc.constantFrom(...EFFECTS),
        scope: fc.constantFrom(...SCOPES),
      }),
      { maxLength: 6 },
    );
    const line = fc.record({
      commands: fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
      joint: fc.constantFrom(' && ', ' | ', '; ', '\n', ' & '),
      target: fc.constantFrom(undefined, 'out.txt'),
      wrapped: fc.boolean(),
    });
    fc.assert(
      fc.property(rules, line, fc.boolean(), (given, { commands, joint, target, wrapped }, trusting) => {
        const text = commands.join(joint) + (target ? ` > ${target}` : '');
        const ruleset = { rules: given, trusting, broken: undefined };
        const { effect } = run(ruleset, wrapped ? `if ${text}; then ls; fi; A=1` : text);
        const all = wrapped ? [...commands, 'ls'] : commands;
        assert.equal(effect, slowly(given, all, target, wrapped, trusting));
      }),
      runs(1000),
    );
  });
});

/** One command or file after the other, by regular expressions. */
function slowly(
  rules: readonly ScopedRule[],
  commands: readonly string[],
  target: string | undefined,
  isWild: boolean,
  isTrusting: boolean,
): Effect {
  const needs = [
    ...commands.map((text) => ['shell', text] as const),
    ...(target ? [['fs_write', target] as const] : []),
  ];
  const said = needs.map(([capability, text]) => judged(rules, capability, text) ?? 'ask');
  // A file that is named, where a rule forbids it.
  const named = [...commands.flatMap((text) => text.split(' ').slice(1)), ...(target ? [target] : [])];
  for (const text of named)
    for (const capability of ['fs_read', 'fs_write']) {
      const effect = judged(rules, capability, text);
      if (effect) said.push(effect);
    }
  // And any other file, where nobody knows what it touches. Who leaves some out may mean these.
  if (isWild || commands.some((text) => !/^(?:ls|cat)\b/.test(text)))
    for (const capability of ['fs_read', 'fs_write']) {
      const whole = judged(
        rules.filter(({ exclude }) => exclude.length === 0),
        capability,
        'any',
      );
      const effect = whole === 'deny' ? whole : judged(rules, capability, 'any');
      if (effect) said.push(effect === 'deny' && whole !== 'deny' ? 'ask' : effect);
    }
  if (isWild && !isTrusting) said.push('ask');
  return said.includes('deny') ? 'deny' : said.includes('ask') ? 'ask' : 'allow';
}

function judged(rules: readonly ScopedRule[], capability: string, text: string): Effect | undefined {
  const isFile = capability !== 'shell';
  const fits = (pattern: string) => {
    if (isFile)
      return pattern.includes('*')
        ? new RegExp(`^${pattern.replaceAll('*', '[^/]*')}$`).test(text)
        : pattern === text;
    return [pattern, pattern.replace(/ \*$/, '')].some((one) =>
      new RegExp(`^${one.replaceAll('*', '.*')}$`).test(text),
    );
  };
  const hits = rules.filter(
    (given) =>
      (given.capability === capability ||
        given.capability === 'all' ||
        (isFile && given.capability === 'filesystem')) &&
      given.match.some(fits) &&
      !given.exclude.some(fits),
  );
  return EFFECTS.find((effect) => hits.some((hit) => hit.effect === effect));
}
