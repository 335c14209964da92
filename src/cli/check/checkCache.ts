/**
 * What was found in a spec, by the content of its documents, the configuration and the program that judged:
 * nothing else has a say. One file, written whole; a broken one is as good as none.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LintConfig } from '../../core/lint/config';
import { type FolderBytes, type PlacedFinding, SPEC_FILES } from './lintFolder';

/** As many specs are remembered; those that were not seen in the last run go first. */
const MOST = 20_000;

export interface CheckCache {
  readonly isEmpty: boolean;
  get(key: string): readonly PlacedFinding[] | undefined;
  set(key: string, findings: readonly PlacedFinding[]): void;
  /** Writes what is new. */
  save(): void;
}

const prefixes = new WeakMap<LintConfig, string>();

/** Names what findings depend on: the files and the configuration. */
export function keyOf(files: FolderBytes, config: LintConfig): string {
  let prefix = prefixes.get(config);
  if (prefix === undefined) {
    prefix = JSON.stringify(config);
    prefixes.set(config, prefix);
  }
  const hash = createHash('sha1').update(prefix);
  for (const name of SPEC_FILES) {
    const bytes = files[name];
    if (bytes !== undefined) hash.update(`\0${name} ${bytes.length}\0`).update(bytes);
  }
  return hash.digest('base64');
}

type Entries = Record<string, readonly PlacedFinding[]>;

export function openCheckCache(file: string, program: string): CheckCache {
  const old = read(file, program);
  const used: Entries = {};
  let dirty = false;
  return {
    isEmpty: Object.keys(old).length === 0,
    get(key) {
      const findings = old[key];
      if (findings !== undefined) used[key] = findings;
      return findings;
    },
    set(key, findings) {
      used[key] = findings;
      dirty = true;
    },
    save() {
      if (!dirty) return;
      const entries = Object.fromEntries([...Object.entries(used), ...Object.entries(old)].slice(0, MOST));
      try {
        mkdirSync(dirname(file), { recursive: true });
        const temporary = `${file}.${process.pid}.tmp`;
        writeFileSync(temporary, JSON.stringify({ program, entries }));
        renameSync(temporary, file);
      } catch {
        // A cache that cannot be written makes the next run slower, no more.
      }
    },
  };
}

function read(file: string, program: string): Entries {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { program?: unknown; entries?: Entries };
    if (stored.program !== program || typeof stored.entries !== 'object') return {};
    return Object.assign(Object.create(null), stored.entries);
  } catch {
    return {};
  }
}

/** Names a program by its text: another build judges anew. */
export function programHash(file: string): string {
  return createHash('sha1').update(readFileSync(file)).digest('base64');
}
