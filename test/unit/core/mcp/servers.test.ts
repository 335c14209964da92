// Feature: mcp-engine, Property 3: Only what was agreed to runs
// Feature: mcp-engine, Property 4: A bad server harms itself
// Feature: mcp-engine, Property 7: A server spends nothing alone
// Verifies: mcp-engine#1.1, #1.6, #2.1-2.6, #3.6
/** The life of servers, as a person and a session notice it; the servers themselves are doubles. */
import { strict as assert } from 'node:assert';
import { createConsents } from '../../../../src/core/consents';
import { createHome } from '../../../../src/core/home';
import { createServers, type OwnServers } from '../../../../src/core/mcp/createServers';
import type { Registry } from '../../../../src/core/mcp/fromRegistry';
import type { McpServer } from '../../../../src/core/mcp/model';
import { type McpPerson, SignInNeeded } from '../../../../src/core/mcp/ports';
import type { Ports } from '../../../../src/core/ports';
import { createAbort } from '../../../../src/core/util/abort';
import { settle } from '../../../support/fakeClock';
import { createFakeMcp, type FakeMcp, type FakeServer } from '../../../support/fakeMcp';
import { createTestPorts, type TestPorts, type TestPortsOptions } from '../../../support/testPorts';

const WORKSPACE = '/project/.kiro/settings/mcp.json';
const OWN = '/kiro/settings/mcp.json';
const { signal } = createAbort();

interface Set {
  readonly ports: TestPorts;
  readonly mcp: FakeMcp;
  readonly servers: OwnServers;
  get(name: string): McpServer;
  write(servers: object, path?: string): Promise<void>;
}

const file = (servers: object) => JSON.stringify({ mcpServers: servers }, null, 2);
const command = (name: string, more: object = {}) => ({ command: name, ...more });

async function open(
  config: object,
  doubles: Readonly<Record<string, FakeServer>> = {},
  options: TestPortsOptions & {
    readonly own?: object;
    readonly person?: McpPerson;
    readonly variables?: Record<string, string>;
    /** Nobody tells of a file that changes. */
    readonly unheard?: boolean;
    readonly registry?: Registry;
  } = {},
): Promise<Set> {
  const mcp = createFakeMcp(doubles, options.variables);
  const more: Partial<Ports> = { mcp, ...(options.person ? { mcpPerson: options.person } : {}) };
  const deaf = { watch: () => ({ dispose() {} }) };
  const ports = createTestPorts({
    answers: () => 'yes',
    ...options,
    files: { [WORKSPACE]: file(config), ...(options.own ? { [OWN]: file(options.own) } : {}) },
    with: options.unheard ? { ...more, watcher: deaf } : more,
  });
  const servers = createServers({
    ports,
    kiroHome: '/kiro',
    roots: ['/project'],
    ...(options.registry ? { registry: options.registry } : {}),
    consents: createConsents(ports, createHome('/home/.earshot', ports.hasher)),
  });
  await servers.ready;
  return {
    ports,
    mcp,
    servers,
    get(name) {
      const server = servers.all.find((each) => each.config.name === name);
      assert.ok(server, `no server ${name}`);
      return server;
    },
    async write(next, path = WORKSPACE) {
      await ports.files.writeText(path, file(next));
      if (!options.unheard) ports.watcher.fire({ path, kind: 'changed' });
      for (let i = 0; i < 5; i++) await settle();
    },
  };
}

const names = (servers: readonly { readonly config: { readonly name: string } }[]) =>
  servers.map(({ config }) => config.name);

describe('Servers of tools', () => {
  it('are the workspace’s over one’s own, by name, and start nothing by being there', async () => {
    const { servers, mcp, get } = await open(
      { a: command('ours') },
      {},
      { own: { a: command('mine'), b: command('mine') } },
    );
    assert.deepEqual(names(servers.all), ['a', 'b']);
    assert.deepEqual([get('a').config.scope, get('b').config.scope], ['workspace', 'user']);
    assert.deepEqual(mcp.started, []);
  });

  it('are for a session what their file says as it begins, also where nobody told that it changed', async () => {
    const { servers, write } = await open({ a: command('one') }, { b: {} }, { unheard: true });
    await write({ a: command('two'), b: command('new') });
    const { ready } = await servers.gather('/project', undefined, signal);
    assert.deepEqual(
      ready.map(({ server: { config } }) => [config.name, config.transport === 'stdio' && config.command]),
      [
        ['a', 'two'],
        ['b', 'new'],
      ],
    );
    assert.deepEqual(names(servers.all), ['a', 'b']);
  });

  it('are what the registry of the organisation says, where their file only names them', async () => {
    const own = {
      type: 'registry',
      command: 'evil',
      env: { MODE: 'mine', TOKEN: 'mine' },
      autoApprove: ['look'],
    };
    let version = '1';
    const { get, servers, mcp, ports } = await open(
      { tickets: own, other: { type: 'registry' } },
      { tickets: {} },
      {
        registry: (name) =>
          name === 'tickets'
            ? { command: 'npx', args: [`tickets@${version}`], env: { MODE: 'safe', TOKEN: `\${TOKEN}` } }
            : undefined,
      },
    );
    const { config } = get('tickets');
    assert.ok(config.transport === 'stdio');
    assert.deepEqual(
      [config.command, config.args, config.env],
      ['npx', ['tickets@1'], { MODE: 'safe', TOKEN: 'mine' }],
    );
    assert.deepEqual(config.autoApprove, ['look']);
    assert.deepEqual(
      servers.problems.map(({ message }) => message.split('. ')[0]),
      ['No registry of your organisation has this server, so it does not start'],
    );
    await servers.start(get('tickets').id);
    assert.equal(ports.person.questions.length, 1);
    version = '2';
    await servers.gather('/project', undefined, signal);
    assert.equal(ports.person.questions.length, 2, 'another version is another server');
    assert.equal(mcp.started.length, 2);
  });

  it('start when the person agrees to exactly what they are, and ask again when that changes', async () => {
    const { servers, mcp, ports, get, write } = await open(
      { a: command('one', { autoApprove: ['x'], env: { K: `\${SECRET}` } }) },
      {},
      { variables: { SECRET: 'hush-hush' } },
    );
    assert.equal(get('a').state, 'unapproved');
    await servers.start(get('a').id);
    assert.equal(get('a').state, 'running');
    const [question] = ports.person.questions;
    assert.match(question?.detail ?? '', /one/);
    assert.match(question?.detail ?? '', /values of: SECRET\./);
    assert.match(question?.detail ?? '', /without asking you: x\./);
    assert.ok(!question?.detail.includes('hush-hush'));
    await servers.restart(get('a').id);
    assert.equal(ports.person.questions.length, 1);
    await write({ a: command('two') });
    assert.equal(ports.person.questions.length, 2);
    assert.equal(mcp.started.at(-1)?.transport === 'stdio' && mcp.started.at(-1)?.name, 'a');
  });

  it('tell at the line which variable is not set, and which is told nobody before the person agrees', async () => {
    const config = {
      a: command(`\${TOOL}`, { env: { K: `\${SECRET}` } }),
      off: command(`\${NO}`, { disabled: true }),
    };
    const { servers, ports, get, mcp } = await open(config, {}, { variables: { SECRET: 'hush-hush' } });
    const text = file(config);
    const told = () =>
      servers.problems.map(({ severity, message, range }) => [
        severity,
        text.slice(range.start, range.end),
        message,
      ]);
    const unset = [
      'warning',
      `"\${TOOL}"`,
      `\${TOOL} is not set in the environment, so “a” does not start. Set it and start the editor from there.`,
    ];
    assert.deepEqual(told(), [
      unset,
      [
        'hint',
        `"\${SECRET}"`,
        `“a” is not given the value of \${SECRET} before you agree to it. You are asked when it starts.`,
      ],
    ]);
    await assert.rejects(servers.start(get('a').id), /\$\{TOOL\} is not set/);
    assert.match(ports.person.questions[0]?.detail ?? '', /values of: TOOL, SECRET\./);
    assert.deepEqual(told(), [unset]);
    assert.deepEqual(mcp.started, []);
  });

  it('are waited for by a session for half a minute, and as long as they may take where the file says so', async () => {
    for (const [more, missing] of [
      [{}, ['a: it has not started yet']],
      [{ waitForReady: true }, []],
    ] as const) {
      let start = () => {};
      const slow = { connect: () => new Promise<void>((resolve) => (start = resolve)), tools: ['x'] };
      const { servers, ports } = await open({ a: command('one', more) }, { a: slow });
      const gathering = servers.gather('/project', undefined, signal);
      await ports.clock.advance(50_000);
      start();
      assert.deepEqual((await gathering).missing, missing);
    }
  });

  it('do not start where the person says no, and a session does not ask twice', async () => {
    const { servers, mcp, ports, get } = await open({ a: command('one') }, {}, { answers: () => undefined });
    await assert.rejects(servers.start(get('a').id), /did not agree/);
    const { missing } = await servers.gather('/project', undefined, signal);
    assert.match(missing[0] ?? '', /a: You did not agree/);
    assert.deepEqual([mcp.started.length, ports.person.questions.length], [0, 1]);
  });

  it('start in no workspace that is not trusted', async () => {
    const { servers, mcp, ports, get } = await open({ a: command('one') }, {}, { trusted: false });
    await assert.rejects(servers.start(get('a').id), /restricted/);
    assert.deepEqual((await servers.gather('/project', undefined, signal)).ready, []);
    assert.deepEqual([mcp.started.length, ports.person.questions.length], [0, 0]);
  });

  it('go on as they were while somebody types, and only what changed starts again', async () => {
    const { servers, mcp, ports, get, write } = await open({ a: command('one'), b: command('two') });
    await servers.start(get('a').id);
    await servers.start(get('b').id);
    await ports.files.writeText(WORKSPACE, '{ "mcpServers": { "a"');
    ports.watcher.fire({ path: WORKSPACE, kind: 'changed' });
    for (let i = 0; i < 5; i++) await settle();
    assert.match(servers.problems[0]?.message ?? '', /stay as they were/);
    assert.deepEqual([get('a').state, get('b').state], ['running', 'running']);
    await write({ a: command('one', { disabledTools: ['x'] }), b: command('three') });
    assert.deepEqual(mcp.closed, ['b']);
    assert.deepEqual(get('a').config.disabledTools, ['x']);
    await write({ b: command('three') });
    assert.deepEqual(mcp.closed, ['b', 'a']);
  });

  it('are changed only when nothing is asked of them', async () => {
    let answer = (_: string) => {};
    const call = () =>
      new Promise<string>((resolve) => {
        answer = resolve;
      });
    const { servers, mcp, get, write } = await open({ a: command('one') }, { a: { tools: ['t'], call } });
    const asked = servers.call(get('a').id, 't', {}, signal);
    for (let i = 0; i < 5; i++) await settle();
    await write({ a: command('two') });
    assert.deepEqual(mcp.closed, []);
    answer('done');
    assert.equal((await asked).text, 'done');
    for (let i = 0; i < 5; i++) await settle();
    assert.deepEqual(mcp.closed, ['a']);
  });

  it('that die start again a few times, later each time, and then no more', async () => {
    const { servers, mcp, ports, get } = await open({ a: command('one') });
    await servers.start(get('a').id);
    for (const seconds of [1, 2, 4, 8, 16]) {
      mcp.hostOf('a').onClosed('It ended with exit code 3.');
      assert.equal(get('a').state, 'waiting');
      assert.match(get('a').message ?? '', new RegExp(`exit code 3. It starts again in ${seconds} s`));
      await ports.clock.advance(seconds * 1_000);
      assert.equal(get('a').state, 'running');
    }
    mcp.hostOf('a').onClosed('It ended with exit code 3.');
    assert.equal(get('a').state, 'failed');
    await ports.clock.advance(60_000);
    assert.equal(mcp.started.length, 6);
    await servers.start(get('a').id);
    assert.equal(get('a').state, 'running');
  });

  it('that hang are given up after their time, at each step, and the others run', async () => {
    const never = () => new Promise<never>(() => {});
    const { servers, ports, get } = await open(
      {
        slow: command('a', { timeout: 1_000 }),
        mute: command('b', { requestTimeout: 2_000 }),
        deaf: command('c', { requestTimeout: 2_000 }),
        fine: command('d'),
      },
      { slow: { connect: never }, mute: { list: never }, deaf: { call: never }, fine: {} },
    );
    const slow = assert.rejects(servers.start(get('slow').id), /“slow” did not connect within 1 s/);
    const mute = assert.rejects(servers.start(get('mute').id), /“mute” did not list what it has within 2 s/);
    await servers.start(get('fine').id);
    const deaf = assert.rejects(
      servers.call(get('deaf').id, 't', {}, signal),
      /“deaf” did not answer within 2 s/,
    );
    for (let i = 0; i < 5; i++) await ports.clock.advance(500);
    await Promise.all([slow, mute, deaf]);
    assert.deepEqual(
      ['slow', 'mute', 'deaf', 'fine'].map((name) => get(name).state),
      ['failed', 'failed', 'running', 'running'],
    );
  });

  it('that failed are tried again for a session some minutes later, also where the clock was put back', async () => {
    let isBroken = true;
    const connect = async () => {
      if (isBroken) throw new Error('it broke');
    };
    const { servers, ports, get } = await open({ a: command('one') }, { a: { connect } });
    await assert.rejects(servers.start(get('a').id), /it broke/);
    isBroken = false;
    const missing = async () => (await servers.gather('/project', undefined, signal)).missing.length;
    assert.equal(await missing(), 1, 'not at once');
    ports.clock.jump(-3_600_000);
    assert.equal(await missing(), 0);
  });

  it('are left when nobody has needed them for long, and start again when somebody does', async () => {
    const { servers, mcp, ports, get } = await open({ a: command('one') }, { a: { tools: ['t'] } });
    await servers.start(get('a').id);
    await ports.clock.advance(16 * 60_000);
    assert.deepEqual([get('a').state, mcp.closed], ['idle', ['a']]);
    assert.equal((await servers.call(get('a').id, 't', {}, signal)).ok, true);
  });

  it('tell no secret in what they log or fail with', async () => {
    const connect = async () => {
      throw new Error('cannot use hush-hush');
    };
    const { servers, mcp, get } = await open(
      { a: command('one', { env: { K: `\${SECRET}` } }) },
      { a: { connect } },
      { variables: { SECRET: 'hush-hush' } },
    );
    await assert.rejects(servers.start(get('a').id), (error: Error) => !error.message.includes('hush'));
    mcp.hostOf('a').onLog({ level: 'info', text: 'key=hush-hush' });
    const said = JSON.stringify([servers.log(get('a').id), get('a').message]);
    assert.ok(said.includes('[redacted]') && !said.includes('hush'));
    const [started] = mcp.started;
    assert.ok(started?.transport === 'stdio' && started.env.K === 'hush-hush');
  });

  it('that flood their log cost no more than the last lines of it', async () => {
    const { servers, mcp, ports, get } = await open({ a: command('one') });
    await servers.start(get('a').id);
    let changes = 0;
    servers.onDidChange(() => {
      changes += 1;
    });
    for (let i = 0; i < 5_000; i++) mcp.hostOf('a').onLog({ level: 'info', text: 'x'.repeat(5_000) });
    await ports.clock.advance(1_000);
    const lines = servers.log(get('a').id);
    assert.ok(lines.length <= 500 && lines.every(({ text }) => text.length < 2_100));
    assert.ok(changes <= 2, `${changes} changes`);
  });

  it('that want a sign-in wait for the person', async () => {
    let may = false;
    const connect = async () => {
      if (!may) throw new SignInNeeded('Sign in to “a” to use it.');
    };
    const { servers, mcp, get } = await open({ a: { url: 'https://example.org/mcp' } }, { a: { connect } });
    const { missing } = await servers.gather('/project', undefined, signal);
    assert.deepEqual(missing, ['a: Sign in to “a” to use it.']);
    assert.deepEqual([get('a').state, mcp.hostOf('a').interactive], ['signIn', false]);
    may = true;
    await servers.start(get('a').id);
    assert.deepEqual([get('a').state, mcp.hostOf('a').interactive], ['running', true]);
    await servers.signOut(get('a').id);
    assert.deepEqual(mcp.signedOut, ['a']);
  });

  it('are changed in their file by hand, which keeps all else of it', async () => {
    const text =
      '{\n  // ours\n  "mcpServers": {\n    "a": { "command": "one", "colour": 1 }\n  },\n  "other": true\n}\n';
    const set = await open({});
    const { servers, ports, get } = set;
    await ports.files.writeText(WORKSPACE, text);
    ports.watcher.fire({ path: WORKSPACE, kind: 'changed' });
    for (let i = 0; i < 5; i++) await settle();
    await servers.start(get('a').id);
    await servers.setAutoApprove(get('a').id, 't', true);
    await servers.setToolEnabled(get('a').id, 'u', false);
    assert.deepEqual([get('a').config.autoApprove, get('a').config.disabledTools], [['t'], ['u']]);
    assert.deepEqual([get('a').state, ports.person.questions.length], ['running', 1]);
    await servers.setEnabled(get('a').id, false);
    assert.equal(get('a').state, 'disabled');
    await servers.setEnabled(get('a').id, true);
    await servers.setAutoApprove(get('a').id, 't', false);
    await servers.setToolEnabled(get('a').id, 'u', true);
    const now = (await ports.files.readText(WORKSPACE)) ?? '';
    for (const kept of ['// ours', '"colour": 1', '"other": true']) assert.ok(now.includes(kept), now);
    await servers.add(undefined, 'mine', { command: 'two' });
    assert.equal(get('mine').config.scope, 'user');
    await assert.rejects(servers.add('/project', 'a', { command: 'three' }), /already/);
    await servers.remove(get('a').id);
    assert.deepEqual(names(servers.all), ['mine']);
  });

  it('ask the model only with the person’s word, and what that costs is counted', async () => {
    const asks: string[] = [];
    const person: McpPerson = {
      elicit: async () => ({ action: 'cancel' }),
      async mayAsk({ server }) {
        asks.push(server);
        return asks.length === 1;
      },
    };
    const { servers, mcp, get } = await open(
      { a: command('one') },
      {},
      { person, turns: [{ text: 'an answer' }] },
    );
    await servers.start(get('a').id);
    const request = {
      server: 'a',
      system: undefined,
      messages: [{ role: 'user', text: 'hi' } as const],
      maxTokens: 10,
    };
    assert.equal((await mcp.hostOf('a').sample(request, signal)).text, 'an answer');
    await assert.rejects(mcp.hostOf('a').sample(request, signal), /did not allow/);
  });

  it('that ask the person are not late while the person thinks, and ask one thing after the other', async () => {
    const answers: ((text: string) => void)[] = [];
    const asked: string[] = [];
    const person: McpPerson = {
      mayAsk: async () => false,
      async elicit({ message }) {
        asked.push(message);
        const text = await new Promise<string>((resolve) => answers.push(resolve));
        return { action: 'accept', content: { text } };
      },
    };
    const set: { hostOf?: FakeMcp['hostOf'] } = {};
    const ask = (message: string) =>
      set.hostOf?.('a').elicit({ type: 'form', server: 'a', message, fields: [] }, signal);
    const call = async () => JSON.stringify(await Promise.all([ask('first'), ask('second')]));
    const { servers, mcp, ports, get } = await open(
      { a: command('one', { requestTimeout: 1_000 }) },
      { a: { tools: ['t'], call } },
      { person },
    );
    set.hostOf = mcp.hostOf;
    await servers.start(get('a').id);
    const called = servers.call(get('a').id, 't', {}, signal);
    await ports.clock.advance(60_000);
    assert.deepEqual(asked, ['first']);
    answers[0]?.('one');
    await ports.clock.advance(60_000);
    assert.deepEqual(asked, ['first', 'second']);
    answers[1]?.('two');
    assert.match((await called).text, /one.*two/);
  });

  it('that flood the person with questions are refused all but a few', async () => {
    const person: McpPerson = { mayAsk: async () => false, elicit: () => new Promise(() => {}) };
    const { servers, mcp, get } = await open({ a: command('one') }, {}, { person });
    await servers.start(get('a').id);
    const { elicit } = mcp.hostOf('a');
    const refused: string[] = [];
    for (let i = 0; i < 30; i++)
      elicit({ type: 'form', server: 'a', message: `${i}`, fields: [] }, signal).catch((error: Error) =>
        refused.push(error.message),
      );
    await settle();
    assert.equal(refused.length, 20);
    assert.match(refused[0] ?? '', /10 questions of this server wait for the person already/);
  });

  it('that say over and over that they changed are looked at ever more rarely', async () => {
    let lists = 0;
    const set: { hostOf?: FakeMcp['hostOf'] } = {};
    const list = async () => {
      lists += 1;
      set.hostOf?.('a').onListChanged('tools');
    };
    const { servers, mcp, ports, get } = await open({ a: command('one') }, { a: { tools: ['t'], list } });
    set.hostOf = mcp.hostOf;
    await servers.start(get('a').id);
    for (let second = 0; second < 600; second++) await ports.clock.advance(1_000);
    assert.ok(lists > 5 && lists < 20, `${lists} lists in ten minutes`);
    await servers.stop(get('a').id);
    const before = lists;
    await ports.clock.advance(600_000);
    assert.equal(lists, before);
  });
});
