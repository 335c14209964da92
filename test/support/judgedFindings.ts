import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DEFAULT_LINT } from '../../src/core/lint/config';
import { lintSpec } from '../../src/core/lint/lint';
import type { DocumentKind, Problem } from '../../src/core/spec/model';
import { readTexts } from '../../src/core/spec/readTexts';
import { fingerprint } from '../../src/core/util/fingerprint';
import { corpusRoot, specFiles } from './corpus';

/** Real specs of which every finding was judged, and where the judgements are. */
export interface JudgedSpecs {
  readonly name: string;
  /** What names the folder of the texts. */
  readonly variable: string;
  readonly root: () => string | undefined;
  readonly file: string;
}

const golden = (name: string) => resolve(__dirname, '../golden', name);

export const CORPUS: JudgedSpecs = {
  name: 'the corpus',
  variable: 'EARSHOT_CORPUS',
  root: corpusRoot,
  file: golden('judged-findings.jsonl'),
};

/** Projects that no rule was made for; each path begins with the repository and the commit. */
export const ELSEWHERE: JudgedSpecs = {
  name: 'projects elsewhere',
  variable: 'EARSHOT_ELSEWHERE',
  root: () => process.env.EARSHOT_ELSEWHERE,
  file: golden('judged-elsewhere.jsonl'),
};

const KINDS: readonly DocumentKind[] = ['requirements', 'bugfix', 'design', 'tasks'];

/** A finding, as it is written down: where it is and what was judged, never the text, which is not ours. */
export interface JudgedFinding {
  /** Below the folder of the texts. */
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

export interface Finding {
  readonly path: string;
  readonly problem: Problem;
  readonly hash: string;
  /** The line, with the marked text in brackets. */
  readonly context: string;
}

/** Everything that the rules say about them under the default configuration; nothing where the texts are not here. */
export function findingsIn({ root }: JudgedSpecs): readonly Finding[] {
  const texts = new Map<string, Partial<Record<DocumentKind, { name: string; text: string }>>>();
  for (const kind of KINDS)
    for (const file of specFiles(root(), `${kind}.md`)) {
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

function findingIn(path: string, text: string, problem: Problem): Finding {
  const { start, end } = problem.range;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(lineStart, text.indexOf('\n', start)).trimEnd();
  const marked = text.slice(start, end);
  const context = `${text.slice(lineStart, start)}[[${marked}]]${line.slice(end - lineStart)}`;
  return { path, problem, hash: fingerprint(`${marked}\n${line}`), context: context.trim() };
}

export function readJudgements({ file }: JudgedSpecs): readonly JudgedFinding[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): JudgedFinding => JSON.parse(line));
}

/** Sorted, one a line, so that a change shows what was judged anew. */
export function writeJudgements({ file }: JudgedSpecs, all: readonly JudgedFinding[]): void {
  const sorted = [...all].sort(
    (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start) || (a.rule < b.rule ? -1 : 1),
  );
  writeFileSync(file, sorted.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

/** By what a judgement is found again. */
export function keyOf(path: string, rule: string, start: number, end: number, hash: string): string {
  return [path, rule, start, end, hash].join(' ');
}
