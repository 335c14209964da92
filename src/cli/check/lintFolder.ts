/** Judges the documents of one spec, and says where each finding is. */
import type { LintConfig } from '../../core/lint/config';
import { lintSpec, weigh } from '../../core/lint/lint';
import type { DocumentKind, Finding, Problem, Severity } from '../../core/spec/model';
import { parseConfig } from '../../core/spec/parseConfig';
import { readTexts, type SpecTexts } from '../../core/spec/readTexts';
import { findingsOfMeta, parseTasksMeta } from '../../core/spec/tasks/parseTasksMeta';
import { unreadable } from '../../core/spec/unreadable';
import { lineStarts, positionAt } from '../../core/util/textRange';
import type { ReadFolder } from './readFolder';
import type { SpecFile } from './specFiles';

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

const DOCUMENTS: readonly (readonly [kind: DocumentKind, file: SpecFile])[] = [
  ['requirements', 'requirements.md'],
  ['bugfix', 'bugfix.md'],
  ['design', 'design.md'],
  ['tasks', 'tasks.md'],
];

export function lintFolder({ texts, broken }: ReadFolder, config: LintConfig): readonly PlacedFinding[] {
  const documents: { -readonly [K in keyof SpecTexts]: SpecTexts[K] } = {};
  for (const [kind, file] of DOCUMENTS) {
    const text = texts[file];
    if (text !== undefined) documents[kind] = text;
  }
  const read = readTexts(documents);
  const linted = lintSpec(read, config);
  const found: PlacedFinding[] = [];
  for (const [kind, file] of DOCUMENTS) {
    const document = linted.get(kind);
    if (document === undefined) continue;
    const place = placer(file, texts[file] ?? '');
    for (const problem of document.problems) found.push(place(problem));
    for (const problem of document.suppressed) found.push(place(problem, problem.reason));
  }
  const beside = (file: SpecFile, findingsIn: (text: string) => readonly Finding[]) => {
    const text = texts[file];
    if (text === undefined) return;
    const place = placer(file, text);
    for (const finding of findingsIn(text)) {
      const problem = weigh(finding, config);
      if (problem !== undefined) found.push(place(problem));
    }
  };
  for (const [file, why] of broken) {
    const problem = weigh(unreadable(file, why), config);
    if (problem !== undefined) found.push(placer(file, '')(problem));
  }
  beside('.config.kiro', (text) => parseConfig(text).findings);
  beside('tasks.meta.json', (text) => findingsOfMeta(parseTasksMeta(text), read.tasks));
  return found;
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
