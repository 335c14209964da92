/**
 * `npm test`: unit and golden tests in Node, the same extension in a real extension host, and the journey in a
 * real browser. Prints `N passed, N failed` last.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultVersion } from './host/install';
import { repoRoot } from './host/paths';
import { hostKind, runHostTests } from './host/runHostTests';
import { addCounts, type Counts, mochaRun, NONE } from './mochaRun';
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

/** Types and lint are part of `npm run check`; here a failure of either is one failed test. */
function staticChecks(): Counts {
  const results = ['types', 'lint'].map((script) =>
    spawnSync('npm', ['run', '-s', script], {
      cwd: repoRoot,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    }),
  );
  const failed = results.filter(({ status }) => status !== 0).length;
  return { passed: results.length - failed, failed, skipped: 0 };
}

/** A test that shares its processor waits longer for it. */
const TWO_AT_A_TIME = ['--parallel', '--jobs', '2', '--timeout', '60000'];

const SUITES: Readonly<Record<string, () => Promise<Counts> | Counts>> = {
  'types and lint': staticChecks,
  'unit, golden, architecture': () =>
    mochaRun(['test/{unit,golden,architecture}/**/*.test.ts'], {}, TWO_AT_A_TIME),
  [`extension host (VS Code ${version})`]: hostTests,
  'end to end': () =>
    hostKind() === 'server'
      ? mochaRun(endToEndFiles(), {}, TWO_AT_A_TIME)
      : mochaRun(['test/e2e/cli.test.ts']),
};

/** The longest first, so that none of them is what everything waits for at the end. */
function endToEndFiles(): readonly string[] {
  const longest = ['journey.test.ts', 'agent.test.ts', 'language.test.ts', 'cli.test.ts'];
  const others = readdirSync(join(repoRoot, 'test/e2e')).filter(
    (name) => name.endsWith('.test.ts') && !longest.includes(name),
  );
  return [...longest, ...others].map((name) => `test/e2e/${name}`);
}

async function main(): Promise<void> {
  const only = process.argv[2];
  const begun = Date.now();
  let total = NONE;
  await packageVsix();
  for (const [name, suite] of Object.entries(SUITES)) {
    if (only && !name.includes(only)) continue;
    console.log(`\n── ${name}`);
    const started = Date.now();
    const counts = await suite();
    console.log(
      `   ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${((Date.now() - started) / 1000).toFixed(0)} s`,
    );
    total = addCounts(total, counts);
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
