/**
 * After a suite no process of ours is left: each that a test started, by whatever way, carries the suite's mark in its
 * environment, and those of all suites around it. Linux alone shows the environment of others.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';

/** For the environment of what a suite starts. */
export function markOf(suite: string): Readonly<Record<string, string>> {
  return { [`TEST_SUITE_${suite.replaceAll('-', '_')}`]: '1' };
}

export interface Orphan {
  readonly pid: number;
  readonly command: string;
}

/** Processes with this suite's mark. What ran before the mark was set has none. */
export function orphans(suite: string): readonly Orphan[] {
  if (process.platform !== 'linux') return [];
  const mark = Object.entries(markOf(suite))
    .map(([name, value]) => `${name}=${value}`)
    .join();
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark)) return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      // One that has ended and waits to be counted has no command any more.
      return command === '' ? [] : [{ pid, command }];
    } catch {
      // It ended, or is another's.
      return [];
    }
  });
}

/** Throws what is left of a suite. Some were told to end a moment ago. */
export async function requireNone(suite: string): Promise<void> {
  for (let tries = 0; tries < 100 && orphans(suite).length > 0; tries++) await delay(50);
  const left = orphans(suite).map(({ pid, command }) => `${pid} ${command}`);
  if (left.length > 0) throw new Error(`Processes that the tests started still run:\n${left.join('\n')}`);
}

let compilers: Promise<void> | undefined;

/**
 * What compiles tests when they are loaded, and what they build, is begun when it is first needed and ends with this process:
 * it has to be there before a suite begins. Text that was compiled before would be found in a cache.
 */
async function startCompilers(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-compiled-'));
  const file = join(folder, 'new.ts');
  writeFileSync(file, `export const name: string = '${randomUUID()}';`);
  await Promise.all([transform(''), import(pathToFileURL(file).href)]);
  rmSync(folder, { recursive: true });
}

/** Marks what this process starts from now on. @returns the suite, for `requireNone` */
export async function beginSuite(suite: string = randomUUID()): Promise<string> {
  compilers ??= startCompilers();
  await compilers;
  Object.assign(process.env, markOf(suite));
  return suite;
}

/** All files that this process tests. */
const own = randomUUID();

export const mochaHooks = {
  async beforeAll(): Promise<void> {
    await beginSuite(own);
  },
  afterAll: () => requireNone(own),
};
