/** Checks specs that nothing is known of, on as many threads as pay. */
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Checked, CheckedPart, Job, SharedJobs } from './checkJob';

/** Fewer specs than this are checked before another thread has started. */
const WORTH_A_THREAD = 80;
const MOST_THREADS = 4;
/** So many for each thread take longer than a second. */
const WORTH_OPTIMISING = 1000;

/**
 * Reads and judges; shared by threads where there are many.
 * @param program That threads run (`checkThread`); undefined for none
 */
export async function checkAll(jobs: readonly Job[], program: URL | undefined): Promise<readonly Checked[]> {
  const threads =
    program === undefined || jobs.length < WORTH_A_THREAD
      ? 1
      : Math.min(availableParallelism(), MOST_THREADS);
  // The work is done before optimised code would pay, and the optimiser runs on the other threads' processors.
  if (threads > 1 && jobs.length / threads < WORTH_OPTIMISING) setFlagsFromString('--no-opt');
  const shared: SharedJobs = { jobs, taken: new Int32Array(new SharedArrayBuffer(4)) };
  const elsewhere = Array.from({ length: threads - 1 }, () => checkInThread(program as URL, shared));
  // Loaded while the threads start.
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
