/**
 * What was found in a spec, by the content of its documents, the configuration and the program that judged:
 * nothing else has a say. Where the file system says that nothing changed, the documents are not even read. One file,
 * written whole; a broken one is as good as none.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { LintConfig } from '../../core/lint/config';
import type { Checked, Job, Judged } from './checkJob';
import type { PlacedFinding } from './lintFolder';
import { type ReadFolder, readFolder, statFolder } from './readFolder';
import { SPEC_FILES } from './specFiles';
import { writeWhole } from './writeWhole';

/** As many specs are remembered; those that were not seen in the last run go first. */
const MOST = 20_000;

export interface CheckCache {
  /** What is known of the spec in a folder, as its documents are now. */
  find(job: Job): Judged | undefined;
  add(job: Job, checked: Checked): void;
  /** Writes what is new. */
  save(): void;
}

const prefixes = new WeakMap<LintConfig, string>();

/** Names what findings depend on: the documents and the configuration. */
export function keyOf({ texts, broken }: ReadFolder, config: LintConfig): string {
  let content = prefixOf(config);
  for (const name of SPEC_FILES) {
    const text = texts[name];
    if (text !== undefined) content += `\0${name} ${text.length}\0${text}`;
  }
  for (const [name, why] of broken) content += `\0${name} ${why}`;
  return hash(content);
}

/** Tells without reading whether a folder is as it was, under the same configuration; undefined where it cannot. */
function under({ config }: Job, stamp: string | undefined): string | undefined {
  return stamp === undefined ? undefined : stamp + prefixOf(config).slice(0, 8);
}

function prefixOf(config: LintConfig): string {
  let prefix = prefixes.get(config);
  if (prefix === undefined) {
    prefix = hash(JSON.stringify(config));
    prefixes.set(config, prefix);
  }
  return prefix;
}

/** What is known of a folder: when, of which content, what was found. */
type Known = readonly [stamp: string | undefined, key: string, findings: readonly PlacedFinding[]];

/** By the path of the spec's folder. */
type Stored = ReadonlyMap<string, Known>;

export function openCheckCache(file: string, program: string): CheckCache {
  const old = read(file, program);
  const used = new Map<string, Known>();
  let dirty = false;
  return {
    find(job) {
      const { path, config } = job;
      const known = old.get(path);
      if (known === undefined) return undefined;
      const [seen, key, findings] = known;
      const stat = job.stat ?? statFolder(path, job.files, job.now);
      const now = under(job, stat.stamp);
      if (now === undefined || now !== seen) {
        if (keyOf(readFolder(path, stat), config) !== key) return undefined;
        dirty ||= now !== undefined;
      }
      used.set(path, [now, key, findings]);
      return { stamp: stat.stamp, findings };
    },
    add(job, { key, stamp, findings }) {
      used.set(job.path, [under(job, stamp), key, findings]);
      dirty = true;
    },
    save() {
      if (!dirty) return;
      for (const [path, known] of old) if (!used.has(path)) used.set(path, known);
      writeWhole(file, { program, specs: [...used].slice(0, MOST) });
    },
  };
}

function read(file: string, program: string): Stored {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { program?: unknown; specs?: unknown };
    const isWhole = Array.isArray(stored.specs) && stored.specs.every((entry) => Array.isArray(entry?.[1]));
    return stored.program === program && isWhole ? new Map(stored.specs as [string, Known][]) : new Map();
  } catch {
    return new Map();
  }
}

function hash(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}
