/** Checks many specs: from the cache where nothing changed, else on as many threads as pay. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, sep } from 'node:path';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { DEFAULT_LINT, type LintConfig } from '../../core/lint/config';
import { type ConfigFinding, LINT_CONFIG_FILE, mergeLint, parseLintConfig } from '../../core/lint/configFile';
import { lineStarts, positionAt } from '../../core/util/textRange';
import { type CheckCache, keyOf } from './checkCache';
import type { FoundSpec } from './findSpecs';
import { lintFolder, type PlacedFinding, readFolder, textsOf } from './lintFolder';

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

/** Fewer specs than this are checked before another thread has started. */
const WORTH_A_THREAD = 80;
const MOST_THREADS = 4;

interface Job {
  readonly path: string;
  readonly config: LintConfig;
}

interface Checked {
  readonly key: string;
  readonly findings: readonly PlacedFinding[];
}

export async function checkSpecs(specs: readonly FoundSpec[], options: CheckOptions): Promise<CheckResult> {
  const configs = readConfigs(specs, options);
  const jobs = specs.map(({ root, path }): Job => ({ path, config: configs.of(root) }));
  const { cache } = options;
  const known =
    cache?.isEmpty === false ? jobs.map((job) => cache.get(keyOf(readFolder(job.path), job.config))) : [];
  const open = jobs.flatMap((_, index) => (known[index] === undefined ? [index] : []));
  const checked = await checkAll(
    open.map((index) => jobs[index] as Job),
    options.program,
  );
  const results = [...known];
  open.forEach((index, at) => {
    const { key, findings } = checked[at] as Checked;
    results[index] = findings;
    cache?.set(key, findings);
  });
  cache?.save();
  const name = (path: string) => relative(options.cwd, path).split(sep).join('/');
  const findings = specs.flatMap(({ path, only }, index) => {
    const found = results[index] ?? [];
    if (found.length === 0) return [];
    const folder = name(path);
    return found
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

/** Reads and judges; split over threads where there are many. */
async function checkAll(jobs: readonly Job[], program: string | undefined): Promise<readonly Checked[]> {
  const most = program === undefined || jobs.length < WORTH_A_THREAD ? 1 : MOST_THREADS;
  const threads = Math.min(availableParallelism(), most);
  // This thread has a start, and takes a little more.
  const own = threads === 1 ? jobs.length : Math.ceil((jobs.length * 1.1) / threads);
  const share = Math.ceil((jobs.length - own) / Math.max(threads - 1, 1));
  const parts = Array.from({ length: threads - 1 }, (_, index) =>
    jobs.slice(own + index * share, own + (index + 1) * share),
  ).filter((part) => part.length > 0);
  const elsewhere = parts.map((part) => checkInWorker(program as string, part));
  const here = jobs.slice(0, own).map(checkOne);
  return [...here, ...(await Promise.all(elsewhere)).flat()];
}

function checkOne({ path, config }: Job): Checked {
  const files = readFolder(path);
  return { key: keyOf(files, config), findings: lintFolder(textsOf(files), config) };
}

const WORKER = 'earshot-check';

function checkInWorker(program: string, jobs: readonly Job[]): Promise<readonly Checked[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: { [WORKER]: jobs } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('A thread ended before it had checked its specs.')));
  });
}

/** What a worker thread of this program does. */
export function runAsWorker(): void {
  const jobs = workerData?.[WORKER] as readonly Job[] | undefined;
  if (jobs !== undefined) parentPort?.postMessage(jobs.map(checkOne));
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
