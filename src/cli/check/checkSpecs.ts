/** Checks many specs: from the cache where nothing changed, else on as many threads as pay. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, sep } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { DEFAULT_LINT, type LintConfig } from '../../core/lint/config';
import { type ConfigFinding, LINT_CONFIG_FILE, mergeLint, parseLintConfig } from '../../core/lint/configFile';
import { lineStarts, positionAt } from '../../core/util/textRange';
import type { CheckCache } from './checkCache';
import type { FoundSpec } from './findSpecs';
import { type FolderTexts, lintFolder, type PlacedFinding, readFolder } from './lintFolder';

/** As `PlacedFinding`, with the file as a person names it: from the folder where the command was started. */
export type CheckFinding = Omit<PlacedFinding, 'file'> & { readonly file: string };

export interface CheckResult {
  readonly specs: number;
  readonly findings: readonly CheckFinding[];
}

export interface CheckOptions {
  readonly cwd: string;
  /** Over the workspace's own file. */
  readonly flags: Partial<LintConfig>;
  readonly cache: CheckCache | undefined;
  /** The program that worker threads run; undefined for none. */
  readonly program: string | undefined;
}

/** Fewer bytes than this are read before a thread has started. */
const WORTH_A_THREAD = 600_000;

interface Job {
  readonly texts: FolderTexts;
  readonly config: LintConfig;
}

export async function checkSpecs(specs: readonly FoundSpec[], options: CheckOptions): Promise<CheckResult> {
  const configs = readConfigs(specs, options);
  const results = new Array<readonly PlacedFinding[]>(specs.length);
  const keys = new Array<string>(specs.length);
  const open: number[] = [];
  const jobs: Job[] = [];
  let bytes = 0;
  specs.forEach((spec, index) => {
    const texts = readFolder(spec.path);
    const config = configs.of(spec.root);
    const key = options.cache?.key(texts, config) ?? '';
    const known = options.cache?.get(key);
    keys[index] = key;
    if (known !== undefined) results[index] = known;
    else {
      open.push(index);
      jobs.push({ texts, config });
      for (const text of Object.values(texts)) bytes += text.length;
    }
  });
  const found = await lintAll(jobs, bytes, options.program);
  open.forEach((index, at) => {
    results[index] = found[at] ?? [];
    options.cache?.set(keys[index] ?? '', found[at] ?? []);
  });
  options.cache?.save();
  const name = (path: string) => relative(options.cwd, path).split(sep).join('/');
  const findings = specs.flatMap(({ path, only }, index) => {
    const folder = name(path);
    return (results[index] ?? [])
      .filter(({ file }) => only === undefined || file === only)
      .map(
        (finding): CheckFinding => ({
          ...finding,
          file: folder === '' ? finding.file : `${folder}/${finding.file}`,
        }),
      );
  });
  return { specs: specs.length, findings: [...configs.findings(name), ...findings] };
}

async function lintAll(
  jobs: readonly Job[],
  bytes: number,
  program: string | undefined,
): Promise<readonly (readonly PlacedFinding[])[]> {
  const threads =
    program === undefined || bytes < WORTH_A_THREAD ? 1 : Math.min(availableParallelism(), 4, jobs.length);
  const share = Math.ceil(jobs.length / Math.max(threads, 1));
  const others = Array.from({ length: threads - 1 }, (_, index) =>
    jobs.slice((index + 1) * share, (index + 2) * share),
  );
  const elsewhere = others
    .filter((part) => part.length > 0)
    .map((part) => lintInWorker(program as string, part));
  const here = jobs.slice(0, share).map(({ texts, config }) => lintFolder(texts, config));
  return [...here, ...(await Promise.all(elsewhere)).flat()];
}

const WORKER = 'earshot-check';

function lintInWorker(program: string, jobs: readonly Job[]): Promise<readonly (readonly PlacedFinding[])[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: { [WORKER]: jobs } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('A thread ended before it had checked its specs.')));
  });
}

/** Runs as a worker thread where this is one; tells whether it was. */
export function runAsWorker(): boolean {
  const jobs = isMainThread ? undefined : (workerData?.[WORKER] as readonly Job[] | undefined);
  if (jobs === undefined) return false;
  parentPort?.postMessage(jobs.map(({ texts, config }) => lintFolder(texts, config)));
  return true;
}

function readConfigs(specs: readonly FoundSpec[], { flags }: CheckOptions) {
  const files = new Map<string, { config: LintConfig; text: string; wrong: readonly ConfigFinding[] }>();
  const load = (root: string) => {
    const text = readText(join(root, LINT_CONFIG_FILE)) ?? '';
    const { config, findings } = parseLintConfig(text === '' ? '{}' : text);
    const loaded = { config: mergeLint(DEFAULT_LINT, config, flags), text, wrong: findings };
    files.set(root, loaded);
    return loaded;
  };
  for (const { root } of specs) if (!files.has(root)) load(root);
  return {
    of: (root: string): LintConfig => (files.get(root) ?? load(root)).config,
    findings: (name: (path: string) => string): readonly CheckFinding[] =>
      [...files].flatMap(([root, { text, wrong }]) => {
        const starts = lineStarts(text);
        return wrong.map(({ message, range }): CheckFinding => {
          const from = positionAt(starts, range.start);
          const to = positionAt(starts, range.end);
          return {
            rule: 'malformed-settings',
            code: 'D11',
            severity: 'error',
            message,
            file: name(join(root, LINT_CONFIG_FILE)),
            line: from.line + 1,
            column: from.character + 1,
            endLine: to.line + 1,
            endColumn: to.character + 1,
            fixable: false,
          };
        });
      }),
  };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
