/** `npm run soak`: the same properties with fifty times the runs; writes `test-results/soak.json`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsDir } from './host/paths';
import { addCounts, mochaRun } from './mochaRun';
import { packageVsix } from './package';

/** Milliseconds for one test. */
const PATIENCE = String(30 * 60_000);

/** What of the browser and of the built program only samples are in `npm test`. */
const BUILT = ['cliHooks', 'corpus', 'bedrock', 'review'].map((name) => `test/e2e/${name}.test.ts`);

async function main(): Promise<void> {
  const begun = Date.now();
  const unit = await mochaRun(['test/{unit,golden}/**/*.test.ts'], { EARSHOT_SOAK: '1' }, [
    '--parallel',
    '--jobs',
    '2',
    '--timeout',
    PATIENCE,
  ]);
  await packageVsix();
  const built = await mochaRun(BUILT, { EARSHOT_SOAK: '1' }, ['--timeout', PATIENCE]);
  const counts = addCounts(unit, built);
  const result = {
    ...counts,
    factor: 50,
    seconds: Math.round((Date.now() - begun) / 1000),
    finished: new Date().toISOString(),
  };
  mkdirSync(resultsDir, { recursive: true });
  writeFileSync(join(resultsDir, 'soak.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

void main();
