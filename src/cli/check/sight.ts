/** What a check looks at before it opens a document. */
import { join } from 'node:path';
import { LINT_CONFIG_FILE } from '../../core/lint/config';
import { readText } from '../readText';
import type { FoundSpec } from './findSpecs';
import type { ConfigTexts } from './readConfigs';
import { type FolderStat, statFolder } from './readFolder';

export interface Sight {
  readonly specs: readonly FoundSpec[];
  readonly settings: ConfigTexts;
  /** When it looked, in milliseconds since 1970. */
  readonly now: number;
  /** Of each spec, where they were asked for. */
  readonly stats?: readonly FolderStat[];
}

export function lookAt(specs: readonly FoundSpec[]): Sight {
  const settings = new Map<string, string>();
  for (const root of new Set(specs.map((spec) => spec.root))) {
    const text = readText(join(root, LINT_CONFIG_FILE));
    if (text !== undefined) settings.set(root, text);
  }
  return { specs, settings, now: Date.now() };
}

export function withStats(sight: Sight): Required<Sight> {
  return { ...sight, stats: sight.specs.map(({ path, files }) => statFolder(path, files, sight.now)) };
}

/**
 * Names all that findings depend on, in their order; undefined where something may change again without a trace.
 * @param stamps Of each spec
 */
export function nameOf(
  { specs, settings }: Sight,
  stamps: readonly FolderStat['stamp'][],
): string | undefined {
  if (stamps.includes(undefined)) return undefined;
  const folders = specs.map(({ path, only = '' }, nth) => `${path}\0${only}\0${stamps[nth]}`);
  return [...settings].flat().concat(folders).join('\0');
}
