/**
 * What was found in a spec, by the content of its documents, the configuration and the program that judged:
 * nothing else has a say. Where the file system says that nothing changed, the documents are not even read. One file,
 * written whole; a broken one is as good as none.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LintConfig } from '../../core/lint/config';
import type { Checked, Job } from './checkJob';
import type { PlacedFinding } from './lintFolder';
import { type FolderStat, readFolder, statFolder } from './readFolder';
import { type FolderTexts, SPEC_FILES } from './specFiles';

/** As many specs are remembered; those that were not seen in the last run go first. */
const MOST = 20_000;

export interface CheckCache {
  /** What is known of the spec in a folder, as its documents are now. */
  find(job: Job): readonly PlacedFinding[] | undefined;
  add(job: Job, checked: Checked): void;
  /** Writes what is new. */
  save(): void;
}

const prefixes = new WeakMap<LintConfig, string>();

/** Names what findings depend on: the texts and the configuration. */
export function keyOf(texts: FolderTexts, config: LintConfig): string {
  let content = prefixOf(config);
  for (const name of SPEC_FILES) {
    const text = texts[name];
    if (text !== undefined) content += `\0${name} ${text.length}\0${text}`;
  }
  return hash(content);
}

/** Tells without reading whether a folder is as it was, under the same configuration; undefined where it cannot. */
export function stampOf({ stamp }: FolderStat, config: LintConfig): string | undefined {
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

function hash(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}

interface Stored {
  /** By key. */
  readonly entries: Record<string, readonly PlacedFinding[]>;
  /** By folder: the stamp with which it was seen, and the key that it had under one configuration. */
  readonly seen: Record<string, readonly [stamp: string, key: string]>;
}

export function openCheckCache(file: string, program: string): CheckCache {
  const old = read(file, program);
  const used: Stored = { entries: {}, seen: {} };
  const isEmpty = Object.keys(old.entries).length === 0;
  let dirty = false;
  const remember = (path: string, stamp: string | undefined, key: string) => {
    if (stamp === undefined) return;
    used.seen[path] = [stamp, key];
    if (old.seen[path]?.[0] !== stamp) dirty = true;
  };
  return {
    find({ path, config, now }) {
      if (isEmpty) return undefined;
      const stat = statFolder(path, now);
      const stamp = stampOf(stat, config);
      const seen = old.seen[path];
      const known =
        seen !== undefined && seen[0] === stamp ? seen[1] : keyOf(readFolder(path, stat.files), config);
      const findings = old.entries[known];
      if (findings === undefined) return undefined;
      used.entries[known] = findings;
      remember(path, stamp, known);
      return findings;
    },
    add({ path }, { key, stamp, findings }) {
      used.entries[key] = findings;
      dirty = true;
      remember(path, stamp, key);
    },
    save() {
      if (!dirty) return;
      const newest = <T>(own: Record<string, T>, older: Record<string, T>) =>
        Object.fromEntries(Object.entries({ ...own, ...older, ...own }).slice(0, MOST));
      const stored = {
        program,
        entries: newest(used.entries, old.entries),
        seen: newest(used.seen, old.seen),
      };
      try {
        mkdirSync(dirname(file), { recursive: true });
        const temporary = `${file}.${process.pid}.tmp`;
        writeFileSync(temporary, JSON.stringify(stored));
        renameSync(temporary, file);
      } catch {
        // A cache that cannot be written makes the next run slower, no more.
      }
    },
  };
}

function read(file: string, program: string): Stored {
  const none: Stored = { entries: {}, seen: {} };
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<Stored> & { program?: unknown };
    const { entries, seen } = stored;
    if (stored.program !== program || typeof entries !== 'object' || typeof seen !== 'object') return none;
    return { entries: withoutPrototype(entries), seen: withoutPrototype(seen) };
  } catch {
    return none;
  }
}

function withoutPrototype<T>(record: Record<string, T>): Record<string, T> {
  return Object.assign(Object.create(null), record);
}

/** Names a program by its text, which names its chunks by their content: another build judges anew. */
export function programHash(file: URL): string {
  return hash(readFileSync(file, 'utf8'));
}
