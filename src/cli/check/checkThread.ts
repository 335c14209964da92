/** A thread of `check`: judges its part of the specs and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkShared, type SharedJobs } from './checkJob';

parentPort?.postMessage(checkShared(workerData as SharedJobs));
