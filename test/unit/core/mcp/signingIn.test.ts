// Feature: mcp-engine, Property 8: A sign-in ends where it began
// Verifies: mcp-engine#4.5
/** A server that waits for the person in the browser, as the view and the log tell it; the server is a double. */
import { strict as assert } from 'node:assert';
import { createConsents } from '../../../../src/core/consents';
import { createHome } from '../../../../src/core/home';
import { createServers } from '../../../../src/core/mcp/createServers';
import { SignInNeeded } from '../../../../src/core/mcp/ports';
import { createAbort } from '../../../../src/core/util/abort';
import { settle } from '../../../support/fakeClock';
import { createFakeMcp } from '../../../support/fakeMcp';
import { createTestPorts } from '../../../support/testPorts';

const CONFIG = '/project/.kiro/settings/mcp.json';
const config = (more: object = {}) =>
  JSON.stringify({ mcpServers: { a: { url: 'https://mcp.example/mcp', ...more } } });
const { signal } = createAbort();

/** Its page is open until somebody comes back from it, or gives up. */
async function open({ asks = false } = {}) {
  let opened = 0;
  let back = () => {};
  const questions: string[] = [];
  const mcp = createFakeMcp({
    a: {
      tools: ['t'],
      async connect(each, host) {
        if (!host.interactive) throw new SignInNeeded('Sign in to “a” to use it.');
        const open = async () => {
          opened += 1;
        };
        host.onSigningIn({ host: 'login.example', open });
        await open();
        await new Promise<void>((resolve, reject) => {
          back = resolve;
          each.addEventListener('abort', () => reject(each.reason));
        });
        host.onSigningIn(undefined);
      },
    },
  });
  const person = {
    elicit: async () => ({ action: 'decline' }) as const,
    mayAsk: async () => false,
    signIn: async (name: string) => questions.push(name) > 0,
  };
  const ports = createTestPorts({
    answers: () => 'yes',
    files: { [CONFIG]: config() },
    with: { mcp, ...(asks ? { mcpPerson: person } : {}) },
  });
  const servers = createServers({
    ...{ ports, kiroHome: '/kiro', roots: ['/project'] },
    consents: createConsents(ports, createHome('/home/.earshot', ports.hasher)),
  });
  await servers.ready;
  const [{ id } = { id: '' }] = servers.all;
  return {
    ...{ ports, servers, id, questions },
    opened: () => opened,
    back: () => back(),
    is: () => [servers.all[0]?.state, servers.all[0]?.message],
    log: () => servers.log(id).map(({ text }) => text),
    /** Until it waits in the browser. */
    async start() {
      const over = servers.start(id).then(
        () => 'runs',
        (error: Error) => error.name,
      );
      await rest();
      return { over };
    },
  };
}

async function rest(): Promise<void> {
  for (let i = 0; i < 10; i++) await settle();
}

const WAITS = ['signingIn', 'Sign in at login.example in your browser.'];

describe('A server whose person signs in', () => {
  it('says that it waits for them and where, opens the page again, and runs when they are back', async () => {
    const { is, log, start, servers, id, opened, back } = await open();
    const { over } = await start();
    assert.deepEqual(is(), WAITS);
    assert.match(log().join('\n'), /Waits for you to sign in at login\.example/);
    await servers.openSignInPage(id);
    assert.equal(opened(), 2);
    back();
    assert.equal(await over, 'runs');
    assert.deepEqual(is(), ['running', undefined]);
    assert.match(log().join('\n'), /You are back from signing in/);
    await assert.rejects(servers.openSignInPage(id), /does not wait for you/);
  });

  it('waits no more when they cancel, which is no failure, and can be signed in to later', async () => {
    const { is, log, start, servers, id, back } = await open();
    const { over } = await start();
    servers.cancelSignIn(id);
    assert.equal(await over, 'Cancelled');
    assert.deepEqual(is(), ['signIn', 'You did not sign in to “a”.']);
    assert.deepEqual(
      servers.log(id).filter(({ level }) => level === 'error'),
      [],
      log().join('\n'),
    );
    const { over: again } = await start();
    assert.deepEqual(is(), WAITS);
    back();
    assert.equal(await again, 'runs');
    // There is nothing to cancel.
    servers.cancelSignIn(id);
    assert.equal(is()[0], 'running');
  });

  it('is waited for by a session, which does without it when they cancel, and does not ask them again at once', async () => {
    const { start, servers, id, questions, is } = await open({ asks: true });
    await start();
    const gathering = servers.gather('/project', undefined, signal);
    await rest();
    servers.cancelSignIn(id);
    const { missing, ready } = await gathering;
    assert.deepEqual([missing, ready], [['a: You did not sign in to “a”.'], []]);
    assert.deepEqual([questions, is()[0]], [[], 'signIn']);
    await servers.gather('/project', undefined, signal);
    assert.deepEqual(questions, [], 'they said no a moment ago');
  });

  it('is told to a session that cannot wait as long', async () => {
    const { start, servers, ports } = await open();
    await start();
    const gathering = servers.gather('/project', undefined, signal);
    await rest();
    await ports.clock.advance(31_000);
    assert.deepEqual((await gathering).missing, ['a: it waits for you to sign in']);
  });

  it('is given up when nobody comes, and says so', async () => {
    const { is, start, ports } = await open();
    const { over } = await start();
    await ports.clock.advance(4 * 60_000);
    assert.deepEqual(is(), WAITS);
    await ports.clock.advance(3 * 60_000);
    assert.equal(await over, 'ActError');
    assert.deepEqual(is(), [
      'signIn',
      'Nobody signed in to “a” within 5 minutes. Sign in when you are ready.',
    ]);
  });

  it('waits no more when it is stopped or configured anew', async () => {
    const { is, start, servers, id, ports } = await open();
    const { over: stopped } = await start();
    await servers.stop(id);
    assert.deepEqual([await stopped, is()[0]], ['ActError', 'idle']);
    const { over } = await start();
    await ports.files.writeText(CONFIG, config({ headers: { 'x-team': 'b' } }));
    ports.watcher.fire({ path: CONFIG, kind: 'changed' });
    assert.equal(await over, 'ActError');
    await rest();
    assert.deepEqual(is(), ['signIn', 'Sign in to “a” to use it.']);
  });
});
