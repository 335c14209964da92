import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DEFAULT_LINT } from '../../src/core/lint/config';
import { lintSpec } from '../../src/core/lint/lint';
import type { DocumentKind, Problem } from '../../src/core/spec/model';
import { readTexts } from '../../src/core/spec/readTexts';
import { fingerprint } from '../../src/core/util/fingerprint';
import { corpusFiles } from './corpus';

const FILE = resolve(__dirname, '../golden/judged-findings.jsonl');
const KINDS: readonly DocumentKind[] = ['requirements', 'bugfix', 'design', 'tasks'];

/** A finding in the corpus, as it is written down: where it is and what was judged, never the text, which is not ours. */
export interface JudgedFinding {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  /** The fingerprint of the marked text and of its line. */
  readonly hash: string;
  /** Would a careful requirements engineer agree, and want to be told? `?` until somebody decided. */
  readonly verdict: 'true' | 'false' | '?';
  readonly reason: string;
}

export interface CorpusFinding {
  readonly path: string;
  readonly problem: Problem;
  readonly hash: string;
  /** The line, with the marked text in brackets. */
  readonly context: string;
}

/** Everything that the rules say about the corpus under the default configuration. */
export function corpusFindings(): readonly CorpusFinding[] {
  const texts = new Map<string, Partial<Record<DocumentKind, { name: string; text: string }>>>();
  for (const kind of KINDS)
    for (const file of corpusFiles(`${kind}.md`)) {
      const folder = dirname(file.name);
      texts.set(folder, { ...texts.get(folder), [kind]: { ...file, name: file.name.replaceAll('\\', '/') } });
    }
  return [...texts.values()].flatMap((files) => {
    const of = Object.fromEntries(Object.entries(files).map(([kind, { text }]) => [kind, text]));
    return [...lintSpec(readTexts(of), DEFAULT_LINT)].flatMap(([kind, { problems }]) => {
      const file = files[kind];
      return file === undefined ? [] : problems.map((problem) => findingIn(file.name, file.text, problem));
    });
  });
}

function findingIn(path: string, text: string, problem: Problem): CorpusFinding {
  const { start, end } = problem.range;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(lineStart, text.indexOf('\n', start)).trimEnd();
  const marked = text.slice(start, end);
  const context = `${text.slice(lineStart, start)}[[${marked}]]${line.slice(end - lineStart)}`;
  return { path, problem, hash: fingerprint(`${marked}\n${line}`), context: context.trim() };
}

export function readJudgements(): readonly JudgedFinding[] {
  if (!existsSync(FILE)) return [];
  const lines = readFileSync(FILE, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): JudgedFinding => JSON.parse(line));
}

/** Sorted, one a line, so that a change shows what was judged anew. */
export function writeJudgements(all: readonly JudgedFinding[]): void {
  const sorted = [...all].sort(
    (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start) || (a.rule < b.rule ? -1 : 1),
  );
  writeFileSync(FILE, sorted.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

/** By what a judgement is found again. */
export function keyOf(path: string, rule: string, start: number, end: number, hash: string): string {
  return [path, rule, start, end, hash].join(' ');
}
