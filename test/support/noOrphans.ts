/**
 * After a suite no process of ours is left: each that a test started, by whatever way, carries the suite's id in its
 * environment. Linux alone shows the environment of others.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const MARK = 'TEST_SUITE_ID';
const id = randomUUID();

/** What builds tests while they load ends with its parent. */
const TOOLS = /esbuild|tsx/;

export interface Orphan {
  readonly pid: number;
  readonly command: string;
}

/** Processes with this suite's id, but this one. */
export function orphans(suite: string): readonly Orphan[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${MARK}=${suite}`)) return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      // One that has ended and waits to be counted has no command any more.
      return command === '' || TOOLS.test(command) ? [] : [{ pid, command }];
    } catch {
      // It ended, or is another's.
      return [];
    }
  });
}

export const mochaHooks = {
  beforeAll(): void {
    process.env[MARK] = id;
  },
  async afterAll(): Promise<void> {
    // Helpers of a browser end in their own time.
    if (process.argv.some((arg) => arg.includes('e2e'))) return;
    // Some were told to end a moment ago.
    for (let tries = 0; tries < 100 && orphans(id).length > 0; tries++) await delay(50);
    const left = orphans(id).map(({ pid, command }) => `${pid} ${command}`);
    if (left.length > 0) throw new Error(`Processes that the tests started still run:\n${left.join('\n')}`);
  },
};
