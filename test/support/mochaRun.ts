/** Runs mocha over globs in a process of its own, output as it comes, and gives the counts. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repoRoot } from './host/paths';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** A run that ends without counts (a crash, no test found) counts as one failure. */
export async function mochaRun(
  globs: readonly string[],
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-mocha-'));
  const file = join(folder, 'counts.json');
  const args = [
    join(repoRoot, 'node_modules/mocha/bin/mocha.js'),
    '--reporter',
    join(repoRoot, 'test/support/countingReporter.cjs'),
    '--reporter-option',
    `file=${file}`,
    ...flags,
    ...globs,
  ];
  try {
    const child = spawn(process.execPath, args, {
      cwd: repoRoot,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    await new Promise((resolve) => child.on('close', resolve));
    const counts = JSON.parse(readFileSync(file, 'utf8')) as Counts;
    return counts.passed + counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return { ...NONE, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
