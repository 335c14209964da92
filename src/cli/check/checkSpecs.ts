/** Checks many specs: from the cache where nothing changed, else on as many threads as pay. */
import { availableParallelism } from 'node:os';
import { relative, sep } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { LintConfig } from '../../core/lint/config';
import type { CheckCache } from './checkCache';
import type { Checked, CheckedPart, Job, SharedJobs } from './checkJob';
import type { FoundSpec } from './findSpecs';
import type { PlacedFinding } from './lintFolder';
import { readConfigs } from './readConfigs';

/** As `PlacedFinding`, with the file as a person names it: from the folder where the command was started. */
export type CheckFinding = Omit<PlacedFinding, 'file'> & { readonly file: string };

export interface CheckResult {
  readonly specs: number;
  readonly findings: readonly CheckFinding[];
}

export interface CheckOptions {
  readonly cwd: string;
  /** Over the workspace's own file. */
  readonly flags: Partial<LintConfig>;
  readonly cache: CheckCache | undefined;
  /** The program that threads run (`checkThread`); undefined for none. */
  readonly thread: URL | undefined;
}

/** Fewer specs than this are checked before another thread has started. */
const WORTH_A_THREAD = 80;
const MOST_THREADS = 4;
/** So many for each thread take longer than a second. */
const WORTH_OPTIMISING = 1000;

export async function checkSpecs(specs: readonly FoundSpec[], options: CheckOptions): Promise<CheckResult> {
  const configs = await readConfigs(
    specs.map(({ root }) => root),
    options.flags,
  );
  const now = Date.now();
  const jobs = specs.map(({ root, path, files }): Job => ({ path, files, config: configs.of(root), now }));
  const { cache } = options;
  const results = jobs.map((job) => cache?.find(job));
  const open = jobs.filter((_, index) => results[index] === undefined);
  if (open.length > 0) {
    const checked = await checkAll(open, options.thread);
    let at = 0;
    jobs.forEach((job, index) => {
      if (results[index] !== undefined) return;
      const own = checked[at++] as Checked;
      results[index] = own.findings;
      cache?.add(job, own);
    });
  }
  cache?.save();
  const name = (path: string) => relative(options.cwd, path).split(sep).join('/');
  const findings = specs.flatMap(({ path, only }, index) => {
    const found = results[index] ?? [];
    if (found.length === 0) return [];
    const folder = name(path);
    return found
      .filter(({ file }) => only === undefined || file === only)
      .map(
        (finding): CheckFinding => ({
          ...finding,
          file: folder === '' ? finding.file : `${folder}/${finding.file}`,
        }),
      );
  });
  return {
    specs: specs.length,
    findings: [...configs.findings.map((finding) => ({ ...finding, file: name(finding.file) })), ...findings],
  };
}

/** Reads and judges; shared by threads where there are many. */
async function checkAll(jobs: readonly Job[], program: URL | undefined): Promise<readonly Checked[]> {
  const threads =
    program === undefined || jobs.length < WORTH_A_THREAD
      ? 1
      : Math.min(availableParallelism(), MOST_THREADS);
  // The work is done before optimised code would pay, and the optimiser runs on the other threads' processors.
  if (threads > 1 && jobs.length / threads < WORTH_OPTIMISING) setFlagsFromString('--no-opt');
  const shared: SharedJobs = { jobs, taken: new Int32Array(new SharedArrayBuffer(4)) };
  const elsewhere = Array.from({ length: threads - 1 }, () => checkInThread(program as URL, shared));
  // Loaded while the threads start; where nothing changed, not at all.
  const { checkShared } = await import('./checkJob');
  const checked = new Array<Checked>(jobs.length);
  for (const part of [checkShared(shared), ...(await Promise.all(elsewhere))])
    for (const [index, own] of part) checked[index] = own;
  return checked;
}

function checkInThread(program: URL, jobs: SharedJobs): Promise<CheckedPart> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: jobs });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('A thread ended before it had checked its specs.')));
  });
}
