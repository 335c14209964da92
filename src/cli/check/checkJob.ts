/** One spec to check: what each thread does, over and over. */
import type { LintConfig } from '../../core/lint/config';
import { keyOf } from './checkCache';
import { lintFolder, type PlacedFinding } from './lintFolder';
import { type FolderStat, readFolder, statFolder } from './readFolder';
import type { SpecFile } from './specFiles';

export interface Job {
  /** The spec's folder. */
  readonly path: string;
  /** What lay in it when it was found. */
  readonly files: readonly SpecFile[];
  readonly config: LintConfig;
  /** When the run began, in milliseconds since 1970. */
  readonly now: number;
  /** Where somebody looked before. */
  readonly stat: FolderStat | undefined;
}

/** What was found in a folder as its stamp says that it was. */
export interface Judged {
  readonly stamp: FolderStat['stamp'];
  readonly findings: readonly PlacedFinding[];
}

export interface Checked extends Judged {
  /** Names what was judged, and by which configuration. */
  readonly key: string;
}

/** Jobs that several threads take from, a few at a time, until none is left. */
export interface SharedJobs {
  readonly jobs: readonly Job[];
  /** In shared memory: how many were taken. */
  readonly taken: Int32Array;
}

/** What one thread checked of the shared jobs, each with its place among them. */
export type CheckedPart = readonly (readonly [index: number, checked: Checked])[];

/** So few that no thread waits long for another's last ones. */
const AT_ONCE = 8;

export function checkShared({ jobs, taken }: SharedJobs): CheckedPart {
  const part: [number, Checked][] = [];
  for (;;) {
    const first = Atomics.add(taken, 0, AT_ONCE);
    if (first >= jobs.length) return part;
    const end = Math.min(first + AT_ONCE, jobs.length);
    for (let index = first; index < end; index++) part.push([index, checkJob(jobs[index] as Job)]);
  }
}

function checkJob({ path, files, config, now, stat: known }: Job): Checked {
  const stat = known ?? statFolder(path, files, now);
  const read = readFolder(path, stat);
  return { key: keyOf(read, config), stamp: stat.stamp, findings: lintFolder(read, config) };
}
