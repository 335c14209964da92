/** What the spec engine holds against a document that a model wrote: faults of form, before a person sees it. */
import type { LintConfig } from '../../lint/config';
import { lintSpec } from '../../lint/lint';
import type { DocumentKind, Problem, SpecDocument, SpecDocuments } from '../../spec/model';
import { parseDocument } from '../../spec/parseDocument';

/** More are not told at once: a model that mends so many mends the others, too. */
const MOST = 25;
const LONGEST_LINE = 120;

export interface Faults {
  /** `line 14, “1. WHEN …”: what is wrong`. */
  readonly lines: readonly string[];
  /** Why it is no document of its kind at all; undefined where it is one. */
  readonly unusable: string | undefined;
}

/** @param before The documents that it refers to. */
export function faultsOf(
  kind: DocumentKind,
  text: string,
  before: SpecDocuments,
  config: LintConfig,
): Faults {
  const document = parseDocument(kind, text);
  const problems = lintSpec(withDocument(before, document), config).get(kind)?.problems ?? [];
  const unusable = unusableBecause(document);
  const cut = cutOff(document);
  const lines = [
    ...(unusable === undefined ? [] : [unusable]),
    ...(cut === undefined ? [] : [cut]),
    ...problems.filter(isOfForm).map(({ message, range }) => `${placeOf(text, range.start)}: ${message}`),
  ];
  return { lines: [...new Set(lines)].slice(0, MOST), unusable };
}

export function withDocument(before: SpecDocuments, document: SpecDocument): SpecDocuments {
  if (document.kind === 'design') return { ...before, design: document };
  if (document.kind === 'tasks') return { ...before, tasks: document };
  return { ...before, requirements: document };
}

/** Errors, and what concerns syntax and structure: words are the person's to weigh. */
function isOfForm({ code, severity }: Problem): boolean {
  return severity === 'error' || (severity === 'warning' && /^[ED]/.test(code));
}

function placeOf(text: string, offset: number): string {
  const line = text.slice(0, offset).split('\n').length;
  const words = (text.split('\n')[line - 1] ?? '').trim();
  const shown = words.length > LONGEST_LINE ? `${words.slice(0, LONGEST_LINE)}…` : words;
  return shown === '' ? `line ${line}` : `line ${line}, “${shown}”`;
}

const ENGLISH = 'Headings and keywords are English, whatever language the rest is in.';

function unusableBecause(document: SpecDocument): string | undefined {
  if (document.kind === 'tasks')
    return document.tasks.length > 0
      ? undefined
      : `It has no task: each is a line “- [ ] 1. Title” below “## Tasks”. ${ENGLISH}`;
  if (document.kind === 'design')
    return document.sections.some(({ level }) => level === 2)
      ? undefined
      : `It has no section: each begins with “## ”, as in the shape. ${ENGLISH}`;
  if (document.requirements.some(({ criteria }) => criteria.length > 0)) return undefined;
  return document.kind === 'bugfix'
    ? `It has no clause: each is a paragraph “1.1 WHEN … THEN …” below its heading. ${ENGLISH}`
    : `It has no requirement with acceptance criteria: “### Requirement 1: Title”, then “#### Acceptance Criteria” and “1. WHEN …, THE … SHALL …”. ${ENGLISH}`;
}

/** A code fence that is never closed swallows all that follows, and is how answers look that stop in the middle. */
function cutOff({ blocks, text }: SpecDocument): string | undefined {
  const last = blocks.findLast(({ kind }) => kind !== 'break');
  if (last?.kind !== 'fence') return undefined;
  const lines = text.slice(last.range.start, last.range.end).trimEnd().split('\n');
  const mark = /^\s*(`{3,}|~{3,})/.exec(lines[0] ?? '')?.[1];
  const end = (lines.at(-1) ?? '').trim();
  const closed = mark !== undefined && lines.length > 1 && end.startsWith(mark) && /^(`+|~+)$/.test(end);
  return closed ? undefined : 'It ends inside a code fence that is never closed: the rest is missing.';
}
