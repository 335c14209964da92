/**
 * What a server does wrong on a real wire, and how it ends: what is said, and in which state the server is then. Faults of
 * processes alone stand in `faults.test.ts`, those of signing in in `oauth.test.ts`, those that take time in `servers.test.ts`.
 */
import { strict as assert } from 'node:assert';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConsents } from '../../../../src/core/consents';
import { createHome } from '../../../../src/core/home';
import { createServers } from '../../../../src/core/mcp/createServers';
import type { McpServer } from '../../../../src/core/mcp/model';
import { createAbort } from '../../../../src/core/util/abort';
import { laterMcp, memorySecrets } from '../../../../src/node/mcp/laterMcp';
import { isRunning } from '../../../../src/node/processInfo';
import { type HttpFault, startBadHttp } from '../../../support/badHttpServer';
import { createTestPorts } from '../../../support/testPorts';
import { onTestEnd } from '../../../support/testStore';

const BAD = join(__dirname, '../../../support/badServer.mjs');
const { signal } = createAbort();

async function open(config: object) {
  const mcp = laterMcp({
    ...{ environment: process.env, homeFolder: tmpdir(), secrets: memorySecrets() },
    ...{ openBrowser: undefined, version: '0' },
  });
  const ports = createTestPorts({
    answers: () => 'yes',
    files: { '.kiro/settings/mcp.json': JSON.stringify({ mcpServers: { bad: config } }) },
    with: { mcp },
  });
  const consents = createConsents(ports, createHome('/home/.earshot', ports.hasher));
  const servers = createServers({ ports, kiroHome: undefined, roots: ['/project'], consents });
  onTestEnd(async () => {
    await servers.close();
    servers.dispose();
  });
  await servers.ready;
  const get = (): McpServer => {
    const [server] = servers.all;
    assert.ok(server);
    return server;
  };
  const { id } = get();
  const log = () => servers.log(id).map(({ text }) => text);
  return {
    get,
    log,
    clock: ports.clock,
    start: () => servers.start(id),
    call: () => servers.call(id, 'good', {}, signal),
    /** By the real world's time. */
    async until<T>(find: () => T | undefined | false): Promise<T> {
      for (let round = 0; round < 2_000; round++) {
        const found = find();
        if (found) return found;
        await pause(10);
      }
      throw new Error(`It never came to: ${find}\n${log().join('\n')}`);
    },
  };
}

/** The others are for a soak: each is a process, or a flood. */
const isWhole = process.env.EARSHOT_SOAK === '1';
const SAMPLE: readonly string[] = ['mute-initialize', 'mute-call'];

const here = (fault: string) => open({ command: process.execPath, args: [BAD, fault], cwd: tmpdir() });

async function there(fault: HttpFault) {
  const { url, asked } = await startBadHttp(fault);
  return { ...(await open({ url })), asked };
}

describe('A server that does wrong', () => {
  describe('as a process', () => {
    for (const [fault, method, what, state] of [
      ['mute-initialize', 'initialize', 'connect within 60 s', 'failed'],
      ['mute-list', 'tools/list', 'list what it has within 120 s', 'failed'],
      ['mute-call', 'tools/call', 'answer within 120 s', 'running'],
    ] as const)
      if (isWhole || SAMPLE.includes(fault))
        it(`and says nothing to ${method} is given up, and is “${state}”`, async () => {
          const { start, call, until, log, clock, get } = await here(fault);
          const outcome = assert.rejects(
            state === 'failed' ? start() : start().then(call),
            new RegExp(`“bad” did not ${what}`),
          );
          const said = await until(() => log().find((line) => line.includes(`says nothing to ${method}`)));
          await clock.advance(120_000);
          await outcome;
          assert.equal(get().state, state);
          const pid = Number(/\d+/.exec(said));
          if (state === 'failed') await until(() => !isRunning(pid));
          else assert.equal(isRunning(pid), true);
        });

    if (isWhole)
      it('and is slow to begin is waited for', async () => {
        const { start, call, get } = await here('slow');
        await start();
        assert.deepEqual([get().state, (await call()).text], ['running', 'fine']);
      });

    it('and speaks another version of the protocol is told so, and “failed”', async () => {
      const { start, get } = await here('version');
      await assert.rejects(
        start(),
        /“bad” speaks a version of the protocol that is not known here: 1999-12-31/,
      );
      assert.equal(get().state, 'failed');
    });

    it('and dies in a call starts again by itself', async () => {
      const { start, call, get, clock, until } = await here('call');
      await start();
      await assert.rejects(call(), /“bad” ended with exit code 6/);
      assert.equal(get().state, 'waiting');
      await clock.advance(1_000);
      await until(() => get().state === 'running');
    });

    if (isWhole)
      it('and answers with three million characters gives the person all of them', async () => {
        const { start, call, get } = await here('huge');
        await start();
        assert.equal((await call()).text.length, 3_000_000);
        assert.equal(get().state, 'running');
      });

    it('and changes its tools has those that it has now', async () => {
      const { start, call, get, until } = await here('changing');
      await start();
      await call();
      const names = await until(() => get().tools.length > 1 && get().tools.map(({ name }) => name));
      assert.deepEqual(names, ['good', 'new']);
    });

    it('and says with each list that it changed is asked once in a while, and works', async () => {
      const { start, call, get, log, clock, until } = await here('restless');
      await start();
      await until(() => log().some((line) => line.startsWith('Its tools changed')));
      assert.deepEqual([(await call()).text, get().state], ['fine', 'running']);
      const looked = () => log().filter((line) => line.startsWith('Its tools changed')).length;
      assert.equal(looked(), 1);
      await clock.advance(1_000);
      await until(() => looked() === 2);
    });

    if (isWhole)
      it('and lists without end is cut off, and works with what there is', async () => {
        const { start, call, get, log } = await here('endless');
        await start();
        assert.ok(log().includes('tools/list does not end, so the rest of it is left out.'));
        assert.deepEqual([get().tools.length, (await call()).text], [1, 'fine']);
      });

    if (isWhole)
      it('and answers twice, and what nobody asked, is heard once', async () => {
        const { start, call, get, log, until } = await here('twice');
        await start();
        assert.deepEqual([(await call()).text, (await call()).text], ['fine', 'fine']);
        await until(() => log().some((line) => /unknown message ID/.test(line)));
        assert.equal(get().state, 'running');
      });

    if (isWhole)
      it('and asks two things under one number gets both answers', async () => {
        const { start, call, log, until } = await here('same');
        await start();
        assert.equal((await call()).text, 'fine');
        const answers = () => log().filter((line) => /it was answered: .*file:\/\/\/project/.test(line));
        await until(() => answers().length === 2);
      });
  });

  describe('over HTTP', () => {
    for (const [fault, method, what, state] of [
      ['mute-initialize', 'initialize', 'connect within 60 s', 'failed'],
      ['mute-call', 'tools/call', 'answer within 120 s', 'running'],
    ] as const)
      it(`and says nothing to ${method} is given up, and is “${state}”`, async () => {
        const { start, call, until, asked, clock, get } = await there(fault);
        const outcome = assert.rejects(
          state === 'failed' ? start() : start().then(call),
          new RegExp(`“bad” did not ${what}`),
        );
        await until(() => asked.includes(method));
        await clock.advance(120_000);
        await outcome;
        assert.equal(get().state, state);
      });

    for (const [fault, what] of [
      ['version', /“bad” speaks a version of the protocol that is not known here: 1999-12-31/],
      ['flood-start', /“bad” sent a message of more than 16 MB/],
    ] as const)
      if (isWhole || !fault.startsWith('flood'))
        it(`fails at its start by “${fault}”, and is “failed”`, async () => {
          const { start, get } = await there(fault);
          await assert.rejects(start(), what);
          assert.equal(get().state, 'failed');
        });

    for (const [fault, what, state] of [
      ['cut', /“bad” broke off before it answered/, 'running'],
      ['ends', /“bad” broke off before it answered/, 'running'],
      ['gone', /“bad” answers 404: it does not know this address, or this session any more/, 'waiting'],
      ['error', /“bad” failed \(500\): out of memory/, 'running'],
      ['page', /“bad” answered with text\/html, which is nothing of the protocol/, 'running'],
      ['garbage', /“bad” answered in a form that the protocol forbids/, 'running'],
      ['flood-json', /“bad” sent a message of more than 16 MB/, 'running'],
      ['flood-events', /“bad” sent a message of more than 16 MB/, 'waiting'],
    ] as const)
      if (isWhole || !fault.startsWith('flood'))
        it(`fails in a call by “${fault}”, and is “${state}”`, async () => {
          const { start, call, get } = await there(fault);
          await start();
          await assert.rejects(call(), what);
          assert.equal(get().state, state);
        });
  });
}).timeout(60_000);
