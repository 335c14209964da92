/** All guidance of a workspace folder, with what is wrong in it and between its documents. */
import { visibleFiles } from '../agent/places/visibleFiles';
import type { AbortSignal } from '../util/abort';
import { dirname } from '../util/path';
import type { Telling } from './alwaysPrompt';
import { conflicts } from './conflicts';
import { fileReferences, lookUp } from './fileReferences';
import { agentsIn, effective, findGuidance } from './findGuidance';
import { readFrontMatter } from './frontMatter';
import type { Guidance, GuidanceProblem, ReadGuidance } from './model';
import { firstLine } from './parseGuidance';
import { matchingPattern } from './patterns';

export interface Survey {
  readonly all: readonly Guidance[];
  /** By document, in order of place. */
  readonly problems: readonly GuidanceProblem[];
}

const MOST_FILES = 20_000;
/** Bytes of the documents that are in every request, as somebody cited it for Kiro. */
export const ALWAYS_BYTES = 25 * 1024;

export async function survey(telling: Telling, signal: AbortSignal): Promise<Survey> {
  const paths = await pathsOf(telling, signal);
  const nested = paths.list.filter((path) => path.endsWith('/AGENTS.md'));
  const read = [
    ...(await findGuidance(telling)),
    ...(await Promise.all(nested.map((path) => agentsIn(telling.files, telling.root, dirname(path))))).filter(
      (each) => each !== undefined,
    ),
  ];
  const missing = await Promise.all(read.map((each) => missingFiles(each, telling)));
  const problems = [
    ...read.flatMap((each) => each.problems),
    ...missing.flat(),
    ...duplicates(read),
    ...tooLarge(read),
    ...conflicts(read),
    ...(paths.whole ? read.flatMap((each) => matchesNothing(each, paths.list)) : []),
  ];
  return { all: read.map(({ guidance }) => guidance), problems: inOrder(problems) };
}

function inOrder(problems: readonly GuidanceProblem[]): readonly GuidanceProblem[] {
  return [...problems].sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start - b.range.start,
  );
}

async function pathsOf({ files, root }: Telling, signal: AbortSignal) {
  const list: string[] = [];
  for await (const path of visibleFiles(files, root, '', signal)) {
    if (list.push(path) > MOST_FILES) return { list, whole: false };
  }
  return { list, whole: true };
}

function matchesNothing(
  { guidance, text }: ReadGuidance,
  paths: readonly string[],
): readonly GuidanceProblem[] {
  const { inclusion, patterns, path, scope } = guidance;
  // The person's own are for other workspaces, too.
  if (inclusion !== 'fileMatch' || patterns.length === 0 || scope === 'home') return [];
  if (paths.some((each) => matchingPattern(patterns, each) !== undefined)) return [];
  const range = readFrontMatter(text)?.entries.get('fileMatchPattern')?.range ?? firstLine(text);
  const message =
    'No file of the workspace matches, so this document is not included now. Patterns begin at the workspace folder: “src/**/*.ts”.';
  return [{ path, rule: 'pattern-matches-nothing', severity: 'info', range, message }];
}

async function missingFiles(
  { guidance, text }: ReadGuidance,
  telling: Telling,
): Promise<readonly GuidanceProblem[]> {
  const { files, root, reading = files } = telling;
  const { path } = guidance;
  const from = readFrontMatter(text)?.bodyStart ?? 0;
  const found: GuidanceProblem[] = [];
  for (const { file, range } of fileReferences(text)) {
    if (range.start < from) continue;
    const looked = await lookUp({ reading, root }, file, path);
    if (looked.is === 'there') continue;
    const message = `${looked.why}, so the agent is told that in its place.`;
    found.push({ path, rule: 'missing-file', severity: 'warning', range, message });
  }
  return found;
}

/** What `#steering:name` or `/name` could mean twice. */
function duplicates(read: readonly ReadGuidance[]): readonly GuidanceProblem[] {
  const known = effective(read.map(({ guidance }) => guidance));
  const first = new Map<string, Guidance>();
  const found: GuidanceProblem[] = [];
  for (const { guidance, text } of read) {
    if (guidance.kind === 'agents' || !known.includes(guidance)) continue;
    const key = (guidance.alias ?? guidance.name).toLowerCase();
    const earlier = first.get(key);
    if (!earlier) {
      first.set(key, guidance);
      continue;
    }
    const range = readFrontMatter(text)?.entries.get('name')?.range ?? firstLine(text);
    const message = `“${key}” is ${earlier.label}, too: what calls it means that one. Give one of them another name.`;
    found.push({ path: guidance.path, rule: 'duplicate-name', severity: 'warning', range, message });
  }
  return found;
}

function tooLarge(read: readonly ReadGuidance[]): readonly GuidanceProblem[] {
  const known = effective(read.map(({ guidance }) => guidance));
  const always = read.filter(
    ({ guidance }) =>
      known.includes(guidance) && guidance.inclusion === 'always' && guidance.below === undefined,
  );
  const sized = always.map((each) => ({ ...each, size: bytesOf(each.guidance.body) }));
  const total = sized.reduce((sum, { size }) => sum + size, 0);
  const [largest] = sized.toSorted((a, b) => b.size - a.size);
  if (total <= ALWAYS_BYTES || !largest) return [];
  const kilobytes = (size: number) => `${Math.ceil(size / 1024)} KB`;
  const message = `What is always included is ${kilobytes(total)} together, in every request; this document is ${kilobytes(largest.size)} of it. Include what is about some files by “fileMatch”, and what is seldom needed by “auto”.`;
  const range = firstLine(largest.text);
  return [{ path: largest.guidance.path, rule: 'too-large', severity: 'warning', range, message }];
}

/** In UTF-8. */
function bytesOf(text: string): number {
  let size = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) size++;
    if (code > 0x7ff && (code < 0xd800 || code > 0xdfff)) size++;
  }
  return size;
}
