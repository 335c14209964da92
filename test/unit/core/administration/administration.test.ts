/** What an organisation fixes holds against editor settings, environment and options alike. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsOf } from '../../../../src/cli/cliSettings';
import { createAdministration, fits } from '../../../../src/core/administration/administration';
import { POLICY_KEYS, readPolicy } from '../../../../src/core/administration/policy';
import { STRICTEST } from '../../../../src/core/administration/strictest';
import type { ServerConfig } from '../../../../src/core/mcp/model';
import type { SettingsValues } from '../../../../src/core/ports';
import { nodeHasher } from '../../../../src/node/nodePorts';
import { readManagedSettings } from '../../../../src/node/readManagedSettings';
import { createScriptedModel } from '../../../support/scriptedModel';
import { createTestPorts } from '../../../support/testPorts';
import { argumentsOf } from '../../cli/captured';

const managing = (policy: unknown) =>
  createAdministration('/etc/x.json', readPolicy(JSON.stringify(policy)), nodeHasher);

/** All that a person can set, at its widest: in the editor, and on the command line. */
const WIDE: Partial<SettingsValues> = {
  model: 'big',
  models: { coding: 'bedrock:big', review: 'claude-small' },
  baseUrl: 'https://elsewhere.example',
  autonomy: 'autopilot',
  webFetch: true,
  hooks: 'on',
  limits: { task: 50 },
  maxTurns: 500,
};
const COMMAND_LINE = settingsOf(
  {
    EARSHOT_MODEL: 'big',
    EARSHOT_MODELS: '{"coding": "bedrock:big", "review": "claude-small"}',
    EARSHOT_LIMITS: '{"task": 50}',
    EARSHOT_WEB: '1',
  },
  argumentsOf({ autopilot: true, web: true, sandbox: 'off', 'base-url': 'https://elsewhere.example' }),
);

const CONFIGURED = {
  scope: 'workspace',
  root: '/project',
  path: '/project/.kiro/settings/mcp.json',
  range: { start: 0, end: 0 },
  disabled: false,
  autoApprove: [],
  disabledTools: [],
  timeout: 1,
  requestTimeout: 1,
  content: '',
} as const;
const stdio = (command: string, ...args: readonly string[]): ServerConfig => ({
  ...CONFIGURED,
  name: 'tools',
  transport: 'stdio',
  command,
  args,
  env: {},
  cwd: undefined,
});
const remote = (url: string): ServerConfig => ({
  ...CONFIGURED,
  name: 'web',
  transport: 'http',
  url,
  headers: {},
  oauth: {},
});

/** For each key: what it says, and what a reader sees then. */
const TABLE: Readonly<Record<string, { policy: unknown; sees: Partial<SettingsValues> }>> = {
  models: {
    policy: { allow: ['claude-*'], default: 'claude-small' },
    sees: { model: 'claude-small', models: { coding: 'claude-small', review: 'claude-small' } },
  },
  baseUrls: {
    policy: ['https://models.example/'],
    sees: { baseUrl: 'https://models.example/', models: { coding: '', review: 'claude-small' } },
  },
  mcp: { policy: 'off', sees: {} },
  autonomy: { policy: 'edit-workspace', sees: { autonomy: 'edit-workspace' } },
  hooks: { policy: 'off', sees: { hooks: 'off' } },
  web: { policy: 'off', sees: { webFetch: false } },
  sandbox: { policy: 'required', sees: { sandbox: { mode: 'required', hosts: [] } } },
  limits: { policy: { task: 5, month: 9 }, sees: { limits: { task: 5, month: 9 } } },
  maxTurns: { policy: 10, sees: { maxTurns: 10 } },
};

describe('what an organisation manages', () => {
  it('has a row here for every key that there is', () => {
    assert.deepEqual(Object.keys(TABLE).sort(), [...POLICY_KEYS].sort());
  });

  for (const [key, { policy, sees }] of Object.entries(TABLE))
    it(`fixes ${key} in the editor and on the command line, and says so`, () => {
      const administration = managing({ [key]: policy });
      assert.deepEqual(administration.problems, []);
      assert.equal(administration.managed.length, 1);
      const editor = createTestPorts({ settings: WIDE }).settings;
      const terminal = { get: () => COMMAND_LINE, onDidChange: () => ({ dispose() {} }) };
      for (const own of [editor, terminal]) {
        const limited = administration.settings(own).get();
        for (const [name, value] of Object.entries(sees))
          assert.deepEqual(limited[name as keyof SettingsValues], value, name);
        const others = Object.keys(own.get()).filter((name) => !(name in sees));
        for (const name of others as (keyof SettingsValues)[])
          assert.deepEqual(limited[name], own.get()[name], name);
      }
    });

  it('lets a person be stricter', () => {
    const { settings } = createTestPorts({ settings: { autonomy: 'ask', limits: { task: 1 }, maxTurns: 3 } });
    const values = managing({ autonomy: 'dev-shell', limits: { task: 5 }, maxTurns: 10 })
      .settings(settings)
      .get();
    assert.equal(values.autonomy, 'ask');
    assert.deepEqual(values.limits, { task: 1 });
    assert.equal(values.maxTurns, 3);
  });

  it('refuses a model that an agent names, and the server’s newest where it is another', async () => {
    const { settings, models } = createTestPorts({
      settings: { model: '' },
      model: createScriptedModel({ turns: [] }),
    });
    const { models: limit } = managing({ models: { allow: ['claude-*'] } });
    for (const named of ['gpt-9', undefined]) {
      const found = await limit(models, settings).current('coding', named);
      assert.ok('missing' in found, named);
      assert.match(found.message, /Your organisation does not allow the model .*It allows claude-\*\./);
    }
    assert.ok('model' in (await limit(models, settings).current('coding', 'claude-small')));
  });

  it('forbids MCP servers by name, address and command line', () => {
    const verdict = (mcp: unknown, config: ServerConfig) => managing({ mcp }).serverVerdict(config);
    assert.match(verdict('off', stdio('npx')) ?? '', /no MCP servers/);
    assert.equal(verdict({ names: ['tools'] }, stdio('npx')), undefined);
    assert.match(verdict({ names: ['other'] }, stdio('npx')) ?? '', /named “tools”/);
    const lists = { urls: ['https://mcp.example/*'], commands: ['npx -y @ours/*'] };
    assert.equal(verdict(lists, remote('https://mcp.example/a')), undefined);
    assert.match(
      verdict(lists, remote('https://evil.example/https://mcp.example/a')) ?? '',
      /does not allow/,
    );
    assert.equal(verdict(lists, stdio('npx', '-y', '@ours/files')), undefined);
    assert.match(verdict(lists, stdio('npx', '@theirs/files')) ?? '', /does not allow/);
    assert.match(verdict({ commands: ['npx'] }, remote('https://a.example')) ?? '', /does not allow/);
  });

  it('forbids hooks: all, those of workspaces, or all but some by their content', () => {
    const verdict = (hooks: unknown, isHome: boolean, content = 'run it') =>
      managing({ hooks }).hookVerdict({ isHome, content });
    assert.match(verdict('off', true) ?? '', /no hook/);
    assert.equal(verdict('home', true), undefined);
    assert.match(verdict('home', false) ?? '', /only your own/);
    const sha256 = [nodeHasher.sha256('run it')];
    assert.equal(verdict({ sha256 }, false), undefined);
    assert.match(verdict({ sha256 }, false, 'run it!') ?? '', /has not allowed this hook/);
  });

  it('is strict where it is malformed, and says where', () => {
    for (const [text, line, message] of [
      ['{\n  "web": "off",\n', 3, /not JSON/],
      ['', 1, /not JSON/],
      ['[]', 1, /object/],
      ['{\n  "web": "off",\n  "wep": "off"\n}', 3, /wep/],
      ['{\n\n  "autonomy": "everything"\n}', 3, /autonomy/],
      ['{"mcp": {"names": "tools"}}', 1, /mcp/],
    ] as const) {
      const { policy, problems } = readPolicy(text);
      assert.deepEqual(policy, STRICTEST, text);
      assert.equal(problems[0]?.line, line, text);
      assert.match(problems[0]?.message ?? '', message);
    }
  });

  it('is strict where the file cannot be read, and nothing where there is none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-test-'));
    try {
      const path = join(folder, 'managed-settings.json');
      const none = readManagedSettings(path);
      assert.deepEqual([none.administration.policy, none.administration.managed], [undefined, []]);
      mkdirSync(path);
      assert.deepEqual(readManagedSettings(path).administration.policy, STRICTEST);
      rmSync(path, { recursive: true });
      writeFileSync(path, '{"web": "off"}');
      const { administration, ready } = readManagedSettings(path);
      assert.deepEqual(administration.policy, STRICTEST);
      await ready;
      assert.deepEqual(administration.policy, { web: 'off' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('takes * for any characters and everything else for itself', () => {
    for (const [pattern, text, does] of [
      ['*', '', true],
      ['a*', 'abc', true],
      ['a*c', 'abc', true],
      ['a*c', 'abcd', false],
      ['ab*bc', 'abc', false],
      ['a.c', 'abc', false],
      ['a*b*c', 'axxbyyc', true],
    ] as const)
      assert.equal(fits(pattern, text), does, `${pattern} ${text}`);
  });
});
