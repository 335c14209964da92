import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { version } from 'vscode';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; message: string }[];
}

/**
 * What the editor calls to run the tests: loads every bundled `*.test.js` beside this file and runs them.
 * Prints a line per test and `N passing`; writes the counts as JSON to the file EARSHOT_RESULTS names.
 * EARSHOT_GREP picks tests by title.
 * @throws Error when a test failed or there was none, which makes the editor end with a code other than 0
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, reporter: 'spec' });
  if (process.env.EARSHOT_GREP) mocha.fgrep(process.env.EARSHOT_GREP);
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
  for (const name of files.sort()) mocha.addFile(join(__dirname, name));
  // The server's runner prints from this line on: what comes before is the workbench talking to itself.
  console.log(`Extension host tests: VS Code ${version}, ${files.length} files`);
  const counts: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  await new Promise<void>((done) => {
    mocha
      .run(() => done())
      .on('pass', () => counts.passed++)
      .on('pending', () => counts.skipped++)
      .on('fail', (test: Mocha.Runnable, error: unknown) => {
        counts.failed++;
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        counts.failures.push({ title: test.fullTitle(), message });
      });
  });
  if (process.env.EARSHOT_RESULTS) writeFileSync(process.env.EARSHOT_RESULTS, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} of the tests in the extension host failed`);
  if (counts.passed === 0) throw new Error('No test ran in the extension host');
}
