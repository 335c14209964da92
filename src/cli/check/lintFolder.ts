/** Reads one spec's folder and judges it: what a worker thread does, over and over. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LintConfig } from '../../core/lint/config';
import { lintSpec, weigh } from '../../core/lint/lint';
import type { DocumentKind, Problem, Severity } from '../../core/spec/model';
import { parseConfig } from '../../core/spec/parseConfig';
import { readTexts } from '../../core/spec/readTexts';
import { lineStarts, positionAt } from '../../core/util/textRange';

export const SPEC_FILES = ['requirements.md', 'bugfix.md', 'design.md', 'tasks.md', '.config.kiro'] as const;
export type SpecFile = (typeof SPEC_FILES)[number];

/** The files of a spec as they lie on the disk; missing ones left out. */
export type FolderBytes = Readonly<Partial<Record<SpecFile, Uint8Array>>>;
/** The same as text. */
export type FolderTexts = Readonly<Partial<Record<SpecFile, string>>>;

/** A finding with its place; lines and columns from 1. */
export interface PlacedFinding {
  readonly file: SpecFile;
  readonly rule: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly fixable: boolean;
  /** Why a person set it aside; undefined where it stands. */
  readonly suppressed?: string;
}

export function readFolder(path: string): FolderBytes {
  const files: Partial<Record<SpecFile, Uint8Array>> = {};
  for (const name of SPEC_FILES) {
    const file = join(path, name);
    // Asking first is cheaper than failing to read what is not there.
    const bytes = existsSync(file) ? readBytes(file) : undefined;
    if (bytes !== undefined) files[name] = bytes;
  }
  return files;
}

/** Undefined for a folder of that name. */
function readBytes(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return undefined;
    throw error;
  }
}

export function textsOf(files: FolderBytes): FolderTexts {
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  );
}

export function lintFolder(texts: FolderTexts, config: LintConfig): readonly PlacedFinding[] {
  const kinds: readonly (readonly [kind: DocumentKind, file: SpecFile])[] = [
    ['requirements', 'requirements.md'],
    ['bugfix', 'bugfix.md'],
    ['design', 'design.md'],
    ['tasks', 'tasks.md'],
  ];
  const linted = lintSpec(
    readTexts(
      Object.fromEntries(
        kinds.flatMap(([kind, file]) => (texts[file] === undefined ? [] : [[kind, texts[file]]])),
      ),
    ),
    config,
  );
  const found = kinds.flatMap(([kind, file]) => {
    const { problems = [], suppressed = [] } = linted.get(kind) ?? {};
    const place = placer(file, texts[file] ?? '');
    return [
      ...problems.map((problem) => place(problem)),
      ...suppressed.map((problem) => place(problem, problem.reason)),
    ];
  });
  const configText = texts['.config.kiro'];
  if (configText === undefined) return found;
  const place = placer('.config.kiro', configText);
  const own = parseConfig(configText).findings.flatMap((finding) => weigh(finding, config) ?? []);
  return [...found, ...own.map((problem) => place(problem))];
}

function placer(file: SpecFile, text: string) {
  let starts: readonly number[] | undefined;
  return ({ rule, code, severity, message, range, fixes = [] }: Problem, reason?: string): PlacedFinding => {
    starts ??= lineStarts(text);
    const from = positionAt(starts, range.start);
    const to = positionAt(starts, range.end);
    return {
      file,
      rule,
      code,
      severity,
      message,
      line: from.line + 1,
      column: from.character + 1,
      endLine: to.line + 1,
      endColumn: to.character + 1,
      fixable: fixes.some(({ safe }) => safe),
      ...(reason === undefined ? {} : { suppressed: reason }),
    };
  };
}
