/** What a person notices of each key of an administrator's file: the same machine, without the file and with it. */
import assert from 'node:assert/strict';
import { createCliModels } from '../../../../src/cli/cliModels';
import { createCore } from '../../../../src/core';
import { createAdministration } from '../../../../src/core/administration/administration';
import { POLICY_KEYS, readPolicy } from '../../../../src/core/administration/policy';
import { later } from '../../../../src/core/later';
import type { Models, Settings, SettingsValues } from '../../../../src/core/ports';
import { managedSettingsPath } from '../../../../src/node/managedSettingsPath';
import { nodeHasher } from '../../../../src/node/nodePorts';
import { createSandbox } from '../../../../src/node/sandbox/sandbox';
import { createSandboxedProcesses } from '../../../../src/node/sandbox/sandboxedProcesses';
import { createFakeMcp } from '../../../support/fakeMcp';
import { startMessagesServer } from '../../../support/messagesServer';
import { createScriptedModel, type ModelTurn, type ScriptedModel } from '../../../support/scriptedModel';
import { createTestPorts, type TestPortsOptions } from '../../../support/testPorts';
import { own } from '../../../support/testStore';
import { HOME, KIRO_HOME, toolItems, until } from '../coreHarness';
import { commands, hookFile } from '../hooks/hookHarness';

interface Given extends Omit<TestPortsOptions, 'settings'> {
  readonly settings?: Partial<SettingsValues>;
  readonly models?: (settings: Settings) => Models;
  readonly home?: string;
  readonly platform?: NodeJS.Platform;
}

/** A workspace of somebody who lets the agent do all that they can let it do. */
async function start(policy: unknown, { models, home, platform = 'linux', ...given }: Given = {}) {
  // Loading takes real time, which the tests' clock does not see.
  await Promise.all(Object.values(later).map((load) => load()));
  const read = policy === undefined ? undefined : readPolicy(JSON.stringify(policy));
  const administration = createAdministration(managedSettingsPath(platform), read, nodeHasher);
  const ports = createTestPorts({
    answers: ({ answers }) => answers[0]?.id,
    commands: () => 0,
    ...given,
    settings: { autonomy: 'autopilot', webFetch: true, ...given.settings },
    with: { administration, web: { fetch: async () => PAGE }, ...given.with },
  });
  const settings = administration.settings(ports.settings);
  const sandbox = createSandbox({ settings: () => settings.get().sandbox, platform: 'win32' });
  const managed = {
    ...ports,
    settings,
    processes: { ...ports.processes, ...createSandboxedProcesses(ports.processes, sandbox) },
    models: administration.models(models?.(settings) ?? ports.models, settings),
  };
  const core = own(
    createCore(managed, { ...PLACES, ...(home === undefined ? {} : { home }), hostRunsHooks: false }),
  );
  await Promise.all([core.hooks.ready, core.servers.ready]);
  return { core, ports };
}

const PLACES = { roots: ['/project'], home: HOME, kiroHome: KIRO_HOME };
const PAGE = { url: 'https://a.test/', status: 200, text: 'A page', cut: false };
const PRICE = { input: 2, output: 10, cacheRead: 1, cacheWrite: 2 };
const END: ModelTurn = { text: 'Done.' };
const call = (name: string, input: unknown): ModelTurn => ({ tools: [{ name, input }] });
const running = (...commands: readonly string[]) => [
  ...commands.map((command) => call('run_command', { command })),
  END,
];

/** How a chat stands when nothing goes on by itself: what the person is told, and each call of the agent. */
async function chat(policy: unknown, given: Given & { readonly model: ScriptedModel }) {
  const { core, ports } = await start(policy, given);
  const id = await core.chats.start('/project', { text: 'Please work.' });
  const calls = () => {
    const state = core.sessions.get(id);
    return state ? toolItems(state).map(({ status }) => status) : [];
  };
  await until(ports, () => core.sessions.get(id)?.status !== 'running' || calls().includes('asking'));
  const { status, reason } = core.sessions.get(id) ?? {};
  return { says: reason ?? status, calls: calls(), ran: commands(ports), asked: given.model.requests.length };
}

interface Row {
  readonly policy: unknown;
  see(policy: unknown): Promise<unknown>;
  /** Without the file. */
  readonly free: unknown;
  readonly held: unknown;
}

/** For each key: what it says, where a person meets it, and what they meet there. */
const TABLE: Readonly<Record<string, Row>> = {
  models: {
    policy: { allow: ['claude-*'] },
    async see(policy) {
      const model = createScriptedModel({ turns: [END], name: 'big' });
      const { core } = await start(policy, { model, settings: { model: 'big' } });
      return core.chats.start('/project', { text: 'Please work.' }).then(
        () => 'begun',
        (error: Error) => error.message,
      );
    },
    free: 'begun',
    held: 'Your organisation does not allow the model big. It allows claude-*.',
  },
  baseUrls: {
    policy: 'ours',
    async see(policy) {
      const answer = () => ({ text: 'Done.' });
      const [theirs, ours] = [await startMessagesServer({ answer }), await startMessagesServer({ answer })];
      const { core } = await start(policy && { baseUrls: [ours.url] }, {
        settings: { baseUrl: theirs.url, model: 'm' },
        models: (settings) => createCliModels({}, settings),
      });
      await core.chats.start('/project', { text: 'Please work.' });
      return Promise.race([
        theirs.received(1).then(() => 'the server of their setting'),
        ours.received(1).then(() => 'the organisation’s server'),
      ]);
    },
    free: 'the server of their setting',
    held: 'the organisation’s server',
  },
  mcp: {
    policy: 'off',
    async see(policy) {
      const mcp = createFakeMcp({ tools: { tools: ['look'] } });
      const files = { '.kiro/settings/mcp.json': '{"mcpServers": {"tools": {"command": "tools"}}}' };
      const model = createScriptedModel({ turns: [END, END] });
      const { core, ports } = await start(policy, { model, files, with: { mcp } });
      await core.servers.start(core.servers.all[0]?.id ?? '').catch(() => {});
      const id = await core.chats.start('/project', { text: 'Please work.' });
      await until(ports, () => core.sessions.get(id)?.status !== 'running');
      const [server] = core.servers.all;
      const offered = model.requests[0]?.tools.filter(({ name }) => name.startsWith('tools__'));
      return [server?.state, server?.message, mcp.started.length, offered?.length];
    },
    free: ['running', undefined, 1, 1],
    held: ['forbidden', 'Your organisation allows no MCP servers.', 0, 0],
  },
  autonomy: {
    policy: 'ask',
    see: (policy) => chat(policy, { model: createScriptedModel({ turns: running('npm test') }) }),
    free: { says: 'done', calls: ['ok'], ran: ['npm test'], asked: 2 },
    held: { says: 'running', calls: ['asking'], ran: [], asked: 1 },
  },
  hooks: {
    policy: 'off',
    async see(policy) {
      const files = {
        '.kiro/hooks/a.json': hookFile({ name: 'lint', trigger: 'Manual', command: 'npm run lint' }),
      };
      const { core, ports } = await start(policy, { files });
      const run = core.hooks.runNow(core.hooks.all[0]?.id ?? '');
      const said = await run.then(
        (it) => it?.outcome,
        (error: Error) => error.message,
      );
      return [core.hooks.off, said, commands(ports)];
    },
    free: [undefined, 'passed', ['npm run lint']],
    held: ['Your organisation lets no hook run.', 'Your organisation lets no hook run.', []],
  },
  web: {
    policy: 'off',
    async see(policy) {
      const turns = [call('web_fetch', { url: 'https://a.test/' }), END];
      const model = createScriptedModel({ turns });
      const { calls } = await chat(policy, { model });
      return [model.requests[0]?.tools.some(({ name }) => name === 'web_fetch'), calls];
    },
    free: [true, ['ok']],
    held: [false, ['failed']],
  },
  sandbox: {
    policy: 'required',
    see: (policy) => chat(policy, { model: createScriptedModel({ turns: running('npm test') }) }),
    free: { says: 'done', calls: ['ok'], ran: ['npm test'], asked: 2 },
    held: { says: 'done', calls: ['failed'], ran: [], asked: 2 },
  },
  limits: {
    policy: { day: 0.000001 },
    async see(policy) {
      const model = { ...createScriptedModel({ turns: [END] }), priceOf: () => PRICE };
      const { says, asked } = await chat(policy, { model });
      return [says, asked];
    },
    free: ['done', 1],
    held: [
      'The next request could exceed the limit of $0.00 for today: $0.00 is spent. Nothing was sent. Raise “earshot.limits”, or go on with a smaller step.',
      0,
    ],
  },
  maxTurns: {
    policy: 1,
    async see(policy) {
      const { says, ran } = await chat(policy, { model: createScriptedModel({ turns: running('a', 'b') }) });
      return [says, ran];
    },
    free: ['done', ['a', 'b']],
    held: ['The model did not finish within 1 requests. Raise “earshot.maxTurns”, or split the task.', ['a']],
  },
};

describe('a person on a machine that an organisation manages', () => {
  it('has a row here for every key that there is', () => {
    assert.deepEqual(Object.keys(TABLE).sort(), [...POLICY_KEYS].sort());
  });

  for (const [key, { policy, see, free, held }] of Object.entries(TABLE))
    it(`meets ${key} where it matters, and nothing of it without the file`, async () => {
      assert.deepEqual(await see(undefined), free);
      assert.deepEqual(await see({ [key]: policy }), held);
    });
});

describe('an administrator’s permissions.yaml', () => {
  const AUTOPILOT = { autonomy: 'autopilot' } as const;
  const DENY = 'rules:\n  - capability: shell\n    effect: deny\n    match: ["npm publish*"]\n';
  const ALLOW = 'rules:\n  - capability: shell\n    effect: allow\n    match: ["*"]\n';

  for (const [system, home, path] of [
    ['linux', HOME, '/etc/earshot/permissions.yaml'],
    ['darwin', '/Users/ada/.earshot', '/Library/Application Support/Earshot/permissions.yaml'],
    ['win32', 'c:/Users/ada/.earshot', 'c:/ProgramData/Earshot/permissions.yaml'],
  ] as const) {
    const publish = (files: Readonly<Record<string, string>>) =>
      chat(undefined, {
        home,
        platform: system,
        files: { [`${home}/permissions.yaml`]: ALLOW, ...files },
        settings: AUTOPILOT,
        model: createScriptedModel({ turns: running('npm publish', 'npm test') }),
      });

    it(`denies on ${system} what the person’s own rules and autopilot allow`, async () => {
      assert.deepEqual((await publish({})).ran, ['npm publish', 'npm test']);
      const { calls, ran } = await publish({ [path]: DENY });
      assert.deepEqual([calls, ran], [['denied', 'ok'], ['npm test']]);
    });

    it(`lets nothing pass unasked on ${system} while it is malformed`, async () => {
      const { calls, ran } = await publish({ [path]: 'rules: [' });
      assert.deepEqual([calls, ran], [['asking'], []]);
    });
  }
});
