/**
 * `npm run soak`: the same properties with fifty times the runs, and what only the long run has. `npm run soak -- FILE…`
 * runs those files alone. Each run adds its line to `test-results/soak.json`, with the commit that it was of.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot, resultsDir } from './host/paths';
import { addCounts, type Counts, mochaRun, NONE } from './mochaRun';
import { packageVsix } from './package';

/** Milliseconds for one test. */
const PATIENCE = String(30 * 60_000);

/** What of the browser and of the built program only samples are in `npm test`. */
const BUILT = ['cliHooks', 'corpus', 'bedrock', 'review'].map((name) => `test/e2e/${name}.test.ts`);
const ALL = ['test/{unit,golden}/**/*.test.ts', ...BUILT];
const FILE = join(resultsDir, 'soak.json');

interface SoakRun extends Counts {
  readonly files: readonly string[];
  /** Of git, with `+` where files differed from it. */
  readonly commit: string;
  readonly seconds: number;
  readonly finished: string;
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repoRoot, encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : '+'}`;
}

async function runFiles(files: readonly string[]): Promise<Counts> {
  const soak = (some: readonly string[], flags: readonly string[]) =>
    some.length === 0 ? NONE : mochaRun(some, { EARSHOT_SOAK: '1' }, [...flags, '--timeout', PATIENCE]);
  const built = files.filter((file) => file.startsWith('test/e2e/'));
  const unit = await soak(
    files.filter((file) => !built.includes(file)),
    ['--parallel', '--jobs', '2'],
  );
  // Windows and built programs come one at a time, of what is built now.
  if (built.length > 0) await packageVsix();
  return addCounts(unit, await soak(built, []));
}

async function main(): Promise<void> {
  const [begun, of] = [Date.now(), commit()];
  const files = process.argv.length > 2 ? process.argv.slice(2) : ALL;
  const counts = await runFiles(files);
  const run: SoakRun = {
    files,
    commit: of,
    ...counts,
    seconds: Math.round((Date.now() - begun) / 1000),
    finished: new Date().toISOString(),
  };
  const earlier: unknown = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [];
  mkdirSync(resultsDir, { recursive: true });
  writeFileSync(FILE, `${JSON.stringify([...(Array.isArray(earlier) ? earlier : []), run], null, 2)}\n`);
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

void main();
