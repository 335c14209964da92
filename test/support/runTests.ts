/**
 * `npm test`: unit and golden tests in Node, the same extension in a real extension host, and the journey in a
 * real browser. Prints `N passed, N failed` last.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultVersion } from './host/install';
import { repoRoot } from './host/paths';
import { hostKind, runHostTests } from './host/runHostTests';
import { addCounts, type Counts, mochaRun, NONE } from './mochaRun';
import { beginSuite, requireNone } from './noOrphans';
import { packageVsix } from './package';

const version = process.env.EARSHOT_VSCODE ?? defaultVersion;

async function hostTests(): Promise<Counts> {
  const workspace = join(mkdtempSync(join(tmpdir(), 'earshot-ws-')), 'sample');
  cpSync(join(repoRoot, 'media/sample'), workspace, { recursive: true });
  const home = mkdtempSync(join(tmpdir(), 'earshot-home-'));
  try {
    return await runHostTests({ workspace, version, env: { EARSHOT_HOME: home, ANTHROPIC_API_KEY: '' } });
  } catch (error) {
    console.error(error);
    return { ...NONE, failed: 1 };
  } finally {
    rmSync(join(workspace, '..'), { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Types and lint are part of `npm run check`; here a failure of either is one failed test. What they say comes at once at
 * their end: other tests run beside them.
 */
async function staticChecks(): Promise<Counts> {
  const results: boolean[] = [];
  for (const script of ['types', 'lint']) results.push(await passes(script));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

async function passes(script: string): Promise<boolean> {
  const child = spawn('npm', ['run', '-s', script], { cwd: repoRoot, shell: process.platform === 'win32' });
  let output = '';
  const hear = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (output.trim() !== '') console.log(output);
  return code === 0;
}

/** A test that shares its processor waits longer for it. */
const TWO_AT_A_TIME = ['--parallel', '--jobs', '2', '--timeout', '60000'];

const COMMAND_LINE = 'test/e2e/cli.test.ts';

type Suite = () => Promise<Counts>;

/** What follows one another in a thread of its own, by name. */
type Lane = Readonly<Record<string, Suite>>;

/** One after the other; the lanes of a line side by side: the host's tests take as long as the other two. */
const SUITES: readonly (readonly Lane[])[] = [
  [
    {
      'unit, golden, architecture': () =>
        mochaRun(['test/{unit,golden,architecture}/**/*.test.ts'], {}, TWO_AT_A_TIME),
    },
  ],
  [
    {
      'types and lint': staticChecks,
      'command line': () => mochaRun([COMMAND_LINE], {}, ['--timeout', '60000']),
    },
    { [`extension host (VS Code ${version})`]: hostTests },
  ],
  [
    {
      'end to end': () =>
        hostKind() === 'server' ? mochaRun(endToEndFiles(), {}, TWO_AT_A_TIME) : Promise.resolve(NONE),
    },
  ],
];

async function timed(name: string, suite: Suite): Promise<Counts> {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const counts = await suite();
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(
    `   ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s`,
  );
  return counts;
}

async function inOrder(lane: Lane, only: string | undefined): Promise<Counts> {
  let total = NONE;
  for (const [name, suite] of Object.entries(lane))
    if (!only || name.includes(only)) total = addCounts(total, await timed(name, suite));
  return total;
}

/** A process that they left is one failed test. */
async function leftBy(suite: string): Promise<Counts> {
  try {
    await requireNone(suite);
    return NONE;
  } catch (error) {
    console.error(error);
    return { ...NONE, failed: 1 };
  }
}

/** The longest first, so that none of them is what everything waits for at the end. */
function endToEndFiles(): readonly string[] {
  const longest = ['journey', 'review', 'agent', 'run', 'surroundings'].map(
    (name) => `test/e2e/${name}.test.ts`,
  );
  const all = readdirSync(join(repoRoot, 'test/e2e'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/e2e/${name}`);
  return [...new Set([...longest, ...all])].filter((file) => file !== COMMAND_LINE);
}

async function main(): Promise<void> {
  const only = process.argv[2];
  const begun = Date.now();
  let total = NONE;
  await packageVsix();
  for (const lanes of SUITES) {
    const suite = await beginSuite();
    const counts = await Promise.all(lanes.map((lane) => inOrder(lane, only)));
    total = [...counts, await leftBy(suite)].reduce(addCounts, total);
  }
  console.log(`\n${((Date.now() - begun) / 1000).toFixed(0)} s`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
