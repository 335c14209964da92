/** One spec to check: what each thread does, over and over. */
import type { LintConfig } from '../../core/lint/config';
import { keyOf, stampOf } from './checkCache';
import { lintFolder, type PlacedFinding } from './lintFolder';
import { readFolder, statFolder } from './readFolder';

export interface Job {
  /** The spec's folder. */
  readonly path: string;
  readonly config: LintConfig;
  /** When the run began, in milliseconds since 1970. */
  readonly now: number;
}

export interface Checked {
  /** Names what was judged, and by which configuration. */
  readonly key: string;
  readonly stamp: string | undefined;
  readonly findings: readonly PlacedFinding[];
}

export function checkJob({ path, config, now }: Job): Checked {
  const stat = statFolder(path, now);
  const texts = readFolder(path, stat.files);
  return { key: keyOf(texts, config), stamp: stampOf(stat, config), findings: lintFolder(texts, config) };
}
