/** What came of the latest runs of each hook: kept under `~/.earshot`, so that a restart and the CLI know it. */
import type { Home } from '../home';
import type { Ports } from '../ports';
import { parseJsonLines } from '../util/jsonLines';
import type { Ran } from './cause';
import type { HookRun } from './model';

const KEPT_OUTPUT = 20_000;
/** Of a hook. */
const KEPT_RUNS = 20;
/** Of a run, in the log. */
const KEPT_FILES = 100;
/** Characters; a longer log is cut down to the last runs when it is read. */
const MAX_LOG = 2_000_000;

export interface HookRuns {
  /** The newest first. */
  of(hook: string): readonly HookRun[];
  load(root: string): Promise<void>;
  /** Rejects never: a run counts though it could not be kept. */
  add(root: string, run: Ran): Promise<void>;
}

export function createHookRuns({ files, log }: Pick<Ports, 'files' | 'log'>, home: Home): HookRuns {
  const runs = new Map<string, readonly HookRun[]>();
  const put = (run: HookRun) => runs.set(run.hook, [run, ...(runs.get(run.hook) ?? [])].slice(0, KEPT_RUNS));
  return {
    of: (hook) => runs.get(hook) ?? [],
    async load(root) {
      const path = home.hookRuns(root);
      const text = (await files.readText(path)) ?? '';
      const read = parseJsonLines(text).values.filter(isRun);
      for (const run of read) put(run);
      if (text.length <= MAX_LOG) return;
      const last = new Map(read.map((run) => [run.hook, run]));
      await files.writeText(path, [...last.values()].map(line).join(''));
    },
    async add(root, { stdout: _, stderr: __, ...run }) {
      const shown = { ...run, output: run.output.slice(-KEPT_OUTPUT) };
      const kept = { ...shown, files: run.files.slice(0, KEPT_FILES) };
      put(shown);
      await files
        .appendLines(home.hookRuns(root), line(kept))
        .catch((error) => log.error('The run of a hook could not be kept', error));
    },
  };
}

function line(run: HookRun): string {
  return `${JSON.stringify(run)}\n`;
}

function isRun(value: unknown): value is HookRun {
  const run = value as Partial<HookRun> | null;
  return typeof run?.hook === 'string' && typeof run.outcome === 'string' && Array.isArray(run.files);
}
