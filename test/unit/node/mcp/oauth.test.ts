// Feature: mcp-engine, Property 8: A sign-in ends where it began
// Verifies: mcp-engine#4.1-4.4
/** Signing in to a server of tools, as the person and their session notice it; the browser is the test. */
import { strict as assert } from 'node:assert';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { createConsents } from '../../../../src/core/consents';
import { createHome } from '../../../../src/core/home';
import { createServers } from '../../../../src/core/mcp/createServers';
import type { OAuthSettings } from '../../../../src/core/mcp/model';
import type { McpConnection, McpConnector } from '../../../../src/core/mcp/ports';
import { createAbort } from '../../../../src/core/util/abort';
import { laterMcp, memorySecrets } from '../../../../src/node/mcp/laterMcp';
import { createSignInFetch } from '../../../../src/node/mcp/signInFetch';
import { listen, type OAuthServer, startOAuthServer } from '../../../support/oauthServer';
import { quietHost, remoteServer } from '../../../support/realServers';
import { inLongRun } from '../../../support/soak';
import { createTestPorts } from '../../../support/testPorts';
import { onTestEnd } from '../../../support/testStore';

/** One each: what hears of an abort stays with it. */
const now = () => createAbort().signal;

interface Person {
  readonly connector: McpConnector;
  /** Pages that were opened. */
  readonly opened: string[];
  /** What the browser showed in the end. */
  readonly shown: string[];
  readonly told: string[];
  connect(server: OAuthServer, oauth?: OAuthSettings): Promise<McpConnection>;
}

/** Signs in wherever they are sent. @param first what comes to where the browser comes back, before it does */
function createPerson(
  first: (back: URL) => Promise<void> = async () => {},
  secrets = memorySecrets(),
): Person {
  const opened: string[] = [];
  const shown: string[] = [];
  const told: string[] = [];
  const connector = laterMcp({
    ...{ environment: process.env, homeFolder: tmpdir(), secrets, version: '0' },
    async openBrowser(page) {
      opened.push(page);
      const { headers } = await fetch(page, { redirect: 'manual' });
      const back = new URL(headers.get('location') ?? '');
      await first(back);
      shown.push(await (await fetch(back)).text());
    },
  });
  return {
    ...{ connector, opened, shown, told },
    async connect({ url }, oauth = {}) {
      const host = quietHost({ interactive: true, onLog: ({ text }) => void told.push(text) });
      const connection = await connector.connect(remoteServer('guarded', url, { oauth }), host, now());
      onTestEnd(() => connection.close());
      return connection;
    },
  };
}

const greet = (connection: McpConnection) => connection.call('greet', {}, now(), () => {});

describe('Signing in to a server of tools', () => {
  it('goes through the browser once, and is remembered', async () => {
    const server = await startOAuthServer();
    const secrets = memorySecrets();
    const person = createPerson(undefined, secrets);
    const connection = await person.connect(server);
    assert.deepEqual(await greet(connection), { ok: true, text: 'hello' });
    assert.match(person.shown[0] ?? '', /You are signed in/);
    const later = createPerson(undefined, secrets);
    assert.equal((await greet(await later.connect(server))).text, 'hello');
    assert.deepEqual([person.opened.length, later.opened.length], [1, 0]);
    assert.deepEqual(server.grants, ['authorization_code']);
  });

  it('proves who asks where the server knows one client only, and keeps its secret nowhere', async () => {
    const client = { id: 'earshot-of-acme', secret: 'hush-hush' };
    const server = await startOAuthServer({ client });
    const secrets = memorySecrets();
    const kept: string[] = [];
    const person = createPerson(undefined, {
      get: secrets.get,
      async set(key, value) {
        kept.push(value ?? '');
        await secrets.set(key, value);
      },
    });
    const oauth = { clientId: client.id, clientSecret: client.secret };
    assert.deepEqual(await greet(await person.connect(server, oauth)), { ok: true, text: 'hello' });
    server.expire();
    assert.equal((await greet(await person.connect(server, oauth))).text, 'hello');
    assert.deepEqual(server.grants, ['authorization_code', 'refresh_token']);
    assert.ok(kept.length > 0 && !kept.join().includes(client.secret));
    await assert.rejects(createPerson().connect(server, { clientId: client.id }));
  });

  it('is renewed without the person, once for calls that find out together', async () => {
    const server = await startOAuthServer();
    const person = createPerson();
    const connection = await person.connect(server);
    server.expire();
    const answers = await Promise.all([greet(connection), greet(connection), greet(connection)]);
    assert.deepEqual(
      answers.map(({ text }) => text),
      ['hello', 'hello', 'hello'],
    );
    assert.deepEqual(server.grants, ['authorization_code', 'refresh_token']);
    assert.equal(person.opened.length, 1);
  });

  it('does not end with whoever else comes to where the browser comes back', async () => {
    const server = await startOAuthServer();
    const answers: number[] = [];
    const person = createPerson(async (back) => {
      for (const query of ['code=forged', 'code=forged&state=guessed', 'error=access_denied&state=guessed'])
        answers.push((await fetch(`${back.origin}${back.pathname}?${query}`)).status);
    });
    const connection = await person.connect(server);
    assert.equal((await greet(connection)).text, 'hello');
    assert.deepEqual(answers, [400, 400, 400]);
    assert.match(person.told.join('\n'), /came back from a sign-in that was not asked for/);
  });

  it('says that they were not let in, and is done when they come again', async () => {
    const server = await startOAuthServer({ denies: 'access_denied' });
    const person = createPerson();
    await assert.rejects(person.connect(server), {
      name: 'SignInNeeded',
      message: 'The server did not sign you in: access_denied',
    });
    assert.match(person.shown[0] ?? '', /You are not signed in/);
    server.traits.denies = undefined;
    assert.equal((await greet(await person.connect(server))).text, 'hello');
    // With the registration of the first time.
    assert.deepEqual([person.opened.length, server.grants], [2, ['authorization_code']]);
  });

  inLongRun('says so where its code is not taken, or the page cannot be opened', async () => {
    const server = await startOAuthServer({ forgetsCodes: true });
    await assert.rejects(createPerson().connect(server), /Signing in to “guarded” failed: invalid_grant/);
    const stuck = createPerson(async () => {
      throw new Error('There is no browser here.');
    });
    await assert.rejects(stuck.connect(await startOAuthServer()), /There is no browser here/);
  });

  inLongRun(
    'comes back to another port where the one of before is taken, and says so where none else may be',
    async () => {
      const server = await startOAuthServer();
      const secrets = memorySecrets();
      const first = createPerson(undefined, secrets);
      await first.connect(server);
      server.revoke();
      const { searchParams } = new URL(first.opened[0] ?? '');
      const before = new URL(searchParams.get('redirect_uri') ?? '');
      const taken = createSocketServer();
      onTestEnd(() => void taken.close());
      await new Promise<void>((resolve) => taken.listen(Number(before.port), '127.0.0.1', resolve));
      const later = createPerson(undefined, secrets);
      assert.equal((await greet(await later.connect(server))).text, 'hello');
      assert.notEqual(new URL(later.opened[0] ?? '').searchParams.get('redirect_uri'), before.href);
      server.revoke();
      const pinned = remoteServer('guarded', server.url, { oauth: { redirectUri: before.host } });
      await assert.rejects(
        first.connector.connect(pinned, quietHost({ interactive: true }), now()),
        new RegExp(`Nobody can come back to ${before.href}: the port is in use\\.`),
      );
    },
  );

  it('ends, and listens no more, when they give it up while their editor asks whether to open the page', async () => {
    const server = await startOAuthServer();
    const asked: URL[] = [];
    const connector = laterMcp({
      ...{ environment: process.env, homeFolder: tmpdir(), secrets: memorySecrets(), version: '0' },
      openBrowser: (page) => {
        asked.push(new URL(page));
        return new Promise(() => {});
      },
    });
    const abort = createAbort();
    const onSigningIn = () => abort.abort(new Error('Enough.'));
    const host = quietHost({ interactive: true, onSigningIn });
    await assert.rejects(
      connector.connect(remoteServer('guarded', server.url), host, abort.signal),
      /Enough/,
    );
    const back = asked[0]?.searchParams.get('redirect_uri') ?? '';
    await assert.rejects(fetch(back), /fetch failed/);
  });

  it('takes no answer that is from somebody else', async () => {
    const server = await startOAuthServer({ issuerInAnswer: 'https://evil.example' });
    const person = createPerson();
    await assert.rejects(person.connect(server), /came from https:\/\/evil\.example, and not from http/);
    assert.match(person.shown[0] ?? '', /You are not signed in/);
    assert.deepEqual(server.grants, []);
  });

  it('takes no answer that does not say whose it is, where it always should', async () => {
    const server = await startOAuthServer({ promisesIssuer: true });
    await assert.rejects(createPerson().connect(server), /does not say that it is from/);
    assert.deepEqual(server.grants, []);
    server.traits.issuerInAnswer = server.issuer;
    assert.equal((await greet(await createPerson().connect(server))).text, 'hello');
  });

  it('opens no page that is not https, and asks nobody who is another than they are', async () => {
    const plain = createPerson();
    const page = 'http://login.example/authorize';
    await assert.rejects(
      plain.connect(await startOAuthServer({ authorizationEndpoint: page })),
      /sends you to http:\/\/login\.example to sign in, which is not https/,
    );
    const other = createPerson();
    await assert.rejects(
      other.connect(await startOAuthServer({ issuerInMetadata: 'https://evil.example' })),
      /which says that it is https:\/\/evil\.example/,
    );
    assert.deepEqual([...plain.opened, ...other.opened], []);
  });

  it('hands its code to no other host that it is sent on to', async () => {
    const heard: string[] = [];
    const other = await listen(({ url = '' }, response) => {
      heard.push(url);
      response.end('{}');
    });
    const server = await startOAuthServer({ tokenRedirect: `${other}/token` });
    await assert.rejects(createPerson().connect(server), /Redirect to .* not followed/);
    assert.deepEqual(heard, []);
  });

  it('lets a public server name public addresses only, and asks just those that were looked at', async () => {
    const names: Readonly<Record<string, string>> = {
      'mcp.example': '93.184.216.34',
      'inside.example': '10.0.0.7',
      'machine.example': '127.0.0.1',
    };
    const asked: string[] = [];
    const { fetch: ask } = createSignInFetch({
      name: 'far',
      server: new URL('https://mcp.example/mcp'),
      own: async (input) => {
        asked.push(String(input));
        return new Response('{}');
      },
      resolve: async (host) => [{ address: names[host] ?? '', family: 4 }],
    });
    for (const [address, why] of [
      ['https://inside.example/token', /private network/],
      ['https://machine.example/token', /private network/],
      ['https://169.254.169.254/latest', /private network/],
      ['https://[::1]/token', /private network/],
      ['http://login.example/token', /not https/],
    ] as const)
      await assert.rejects(ask(address), why);
    await ask('https://mcp.example/token');
    assert.deepEqual(asked, ['https://mcp.example/token']);
  });

  it('goes to the address that was looked at, wherever the name leads a moment later', async () => {
    const arrived = new Promise<number | undefined>((resolve) => {
      const server = createSocketServer((socket) =>
        socket
          .on('error', () => {})
          .once('data', (data) => {
            resolve(data[0]);
            socket.destroy();
          }),
      );
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        const { fetch: ask } = createSignInFetch({
          name: 'far',
          server: new URL('https://mcp.example/mcp'),
          own: async () => new Response('{}'),
          addresses: async () => [{ address: '127.0.0.1', family: 4 }],
        });
        ask(`https://login.example:${port}/token`).catch(() => {});
      });
      onTestEnd(() => void server.close());
    });
    // The first byte of a handshake of TLS.
    assert.equal(await arrived, 0x16);
  });
});

describe('A sign-in that ends within a session', () => {
  async function open(server: OAuthServer, answer: boolean) {
    const person = createPerson();
    const questions: string[] = [];
    const path = '/project/.kiro/settings/mcp.json';
    const ports = createTestPorts({
      answers: () => 'yes',
      files: { [path]: JSON.stringify({ mcpServers: { guarded: { url: server.url } } }) },
      with: {
        mcp: person.connector,
        mcpPerson: {
          elicit: async () => ({ action: 'decline' }),
          mayAsk: async () => false,
          async signIn(name) {
            questions.push(name);
            return answer;
          },
        },
      },
    });
    const servers = createServers({
      ...{ ports, kiroHome: '/kiro', roots: ['/project'] },
      consents: createConsents(ports, createHome('/home/.earshot', ports.hasher)),
    });
    onTestEnd(() => servers.close());
    await servers.ready;
    const id = servers.all[0]?.id ?? '';
    await servers.start(id);
    return { person, questions, servers, id, call: () => servers.call(id, 'greet', {}, now()) };
  }

  it('is told once, and what waited for it goes on when the person signs in', async () => {
    const server = await startOAuthServer();
    const { person, questions, call, servers } = await open(server, true);
    server.revoke();
    const answers = await Promise.all([call(), call()]);
    assert.deepEqual(
      answers.map(({ text }) => text),
      ['hello', 'hello'],
    );
    assert.deepEqual([questions, person.opened.length], [['guarded'], 2]);
    assert.equal(servers.all[0]?.state, 'running');
  });

  it('fails what waited for it when the person does not want to', async () => {
    const server = await startOAuthServer();
    const { person, call, servers } = await open(server, false);
    server.revoke();
    await assert.rejects(call(), /“guarded” wants to know who you are, and you did not sign in/);
    assert.deepEqual([person.opened.length, servers.all[0]?.state], [1, 'signIn']);
  });

  it('begins at the first call of a server that lets anybody look', async () => {
    const server = await startOAuthServer({ asksOnlyAtCalls: true });
    const { person, questions, call } = await open(server, true);
    assert.equal((await call()).text, 'hello');
    assert.deepEqual([questions.length, person.opened.length], [1, 1]);
  });

  it('is needed again where a call wants more rights, and asks for these; other calls go on without them', async () => {
    const server = await startOAuthServer({ scopeOfCalls: 'write' });
    const { person, questions, call, servers } = await open(server, true);
    assert.equal((await call()).text, 'hello');
    assert.deepEqual([questions.length, person.opened.length], [1, 2]);
    assert.deepEqual(
      server.scopes.map((scope) => scope.split(' ').includes('write')),
      [false, true],
    );
    assert.equal(servers.all[0]?.state, 'running');
    const stubborn = await open(await startOAuthServer({ scopeOfCalls: 'write' }), false);
    await assert.rejects(stubborn.call(), /you did not sign in/);
    assert.match(stubborn.servers.all[0]?.message ?? '', /wants more rights than you gave it \(write\)/);
    const tools = await stubborn.servers.gather('/project', undefined, now());
    assert.deepEqual(
      tools.ready.map(({ server: { state } }) => state),
      ['running'],
    );
  });

  it('is part of the start where a server wants to know who asks for its tools alone', async () => {
    const server = await startOAuthServer({ asksAfterStart: true });
    const { person, call } = await open(server, true);
    assert.equal((await call()).text, 'hello');
    assert.equal(person.opened.length, 1);
  });
});
