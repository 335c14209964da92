// Feature: hook-engine, Property 1: Both generations are one
// Verifies: hook-engine#1.1, #1.4, #1.5
import assert from 'node:assert/strict';
import { parseAgentHooks } from '../../../../src/core/hooks/agentHooks';
import { fits } from '../../../../src/core/hooks/fits';
import { migrateHook } from '../../../../src/core/hooks/migrateHook';
import { parseHooks } from '../../../../src/core/hooks/parseHooks';
import { compileRegex } from '../../../../src/core/hooks/patterns';
import { KIRO_HOME, startCore } from '../coreHarness';
import { hookFile } from './hookHarness';

const PATH = '/w/.kiro/hooks/a.kiro.hook';
const legacy = (when: object, act: object, more: object = {}) =>
  JSON.stringify(Object.fromEntries([['name', 'x'], ['when', when], ['then', act], ...Object.entries(more)]));
const ASK = { type: 'askAgent', prompt: 'Look.' };

describe('hooks of Kiro 0.x', () => {
  it('are the same hooks', () => {
    const when = { type: 'fileEdited', patterns: ['**/*.{ts,js}', '!**/gen/**'] };
    const act = { type: 'runCommand', command: 'npm test', timeout: 5 };
    const { hooks, problems } = parseHooks('/w', PATH, legacy(when, act, { enabled: false }));
    assert.deepEqual(problems, []);
    const [hook] = hooks;
    assert.ok(hook);
    assert.deepEqual(
      [hook.trigger, hook.format, hook.timeout, hook.enabled, hook.action],
      ['PostFileSave', '0.x', 5, false, { type: 'command', command: 'npm test' }],
    );
    const fitting = ['a.ts', 'src/b.js', 'src/gen/c.js', 'a.md'].filter((path) => fits(hook.condition, path));
    assert.deepEqual(fitting, ['a.ts', 'src/b.js']);
  });

  for (const [written, trigger] of [
    ['manual', 'Manual'],
    ['agentEnd', 'Stop'],
  ] as const)
    it(`${written} is taken for what was meant, and told at its place`, () => {
      const text = legacy({ type: written }, ASK);
      const { hooks, problems } = parseHooks('/w', PATH, text);
      assert.equal(hooks[0]?.trigger, trigger);
      const [{ range } = { range: { start: 0, end: 0 } }] = problems;
      assert.equal(text.slice(range.start, range.end), `"${written}"`);
    });

  it('are carried over with what is not known, and fit the same paths', () => {
    const patterns = ['src/**/*.{ts,tsx}', '*.md', '!**/gen/**'];
    const text = legacy({ type: 'fileEdited', patterns, debounceMs: 5 }, ASK, { owner: 'me' });
    const migrated = migrateHook(PATH, text);
    assert.equal(migrated?.hook.owner, 'me');
    assert.equal(migrated?.hook.debounceMs, 5);
    const now = parseHooks('/w', '/w/a.json', JSON.stringify({ version: 'v1', hooks: [migrated?.hook] }));
    assert.deepEqual(now.problems, []);
    const before = parseHooks('/w', PATH, text).hooks[0];
    for (const path of ['src/a.ts', 'src/x/y.tsx', 'a.ts', 'docs/a.md', 'README.md', 'src/gen/a.ts'])
      assert.equal(
        now.hooks[0] && fits(now.hooks[0].condition, path),
        before && fits(before.condition, path),
        path,
      );
  });
});

describe('patterns', () => {
  it('that could take for ever are refused, ordinary ones are not', () => {
    for (const bad of [
      '(a+)+$',
      '(.*)*x',
      '(a|a)*b',
      '(\\w+\\s?)*$',
      '([a-z]+)*!',
      '(?:x*y*)+',
      '.*.*.*.*.*.*.*z',
      `^${'a?'.repeat(30)}${'a'.repeat(30)}$`,
      `^${'(a|b|ab)'.repeat(30)}$`,
      `^${'a{0,9}'.repeat(10)}$`,
    ])
      assert.ok('why' in compileRegex(bad), bad);
    const good = [
      '\\.tsx?$',
      '^src/.*\\.(test|spec)\\.(ts|js)$',
      'fs_write|str_replace',
      '^([^/]+/)*a$',
      '@mcp.*sql.*',
      `^(${['ts', 'js', 'py', 'sh'].map((each) => `src/(.*/)?[^/]*\\.${each}`).join('|')})$`,
    ];
    for (const each of good) assert.ok('regex' in compileRegex(each), each);
  });
});

describe('hooks elsewhere', () => {
  it('of an agent’s file, with places', () => {
    const hooks = {
      preToolUse: [{ matcher: 'fs_write', command: 'check', timeout_ms: 500 }],
      onFoo: { command: 'x' },
    };
    const text = JSON.stringify({ name: 'a', hooks });
    const { hooks: found, problems } = parseAgentHooks('/w', '/w/a.json', hooks, text);
    assert.deepEqual(
      found.map(({ trigger, timeout, format }) => [trigger, timeout, format]),
      [
        ['PreToolUse', 0.5, 'agent'],
        ['onFoo', 30, 'agent'],
      ],
    );
    assert.equal(problems.length, 1);
  });

  it('of the person’s own folder hold in every workspace, by one consent', async () => {
    const files = { [`${KIRO_HOME}/hooks/own.json`]: hookFile({ name: 'own', trigger: 'Manual' }) };
    const { core, ports } = await startCore({
      roots: ['/a', '/b'],
      files,
      commands: () => 0,
      answers: () => 'yes',
    });
    assert.deepEqual(
      core.hooks.all.map(({ root, isHome }) => [root, isHome]),
      [
        ['/a', true],
        ['/b', true],
      ],
    );
    for (const { id } of core.hooks.all) await core.hooks.runNow(id);
    assert.deepEqual(
      ports.processes.runs.map(({ cwd }) => cwd),
      ['/a', '/b'],
    );
    assert.equal(ports.person.questions.length, 1);
  });
});
