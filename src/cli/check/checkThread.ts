/** A thread of `check`: judges its share of the specs and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkJob, type Job } from './checkJob';

parentPort?.postMessage((workerData as readonly Job[]).map(checkJob));
