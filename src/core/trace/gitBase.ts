/** What version control knows of an earlier state: which lines changed since, and what a file said then. */
import { ActError } from '../actError';
import type { ProcessRunner } from '../ports';
import type { AbortSignal } from '../util/abort';

/** Lines of a file as it is now, from 1, both ends included. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
  /** Lines went between both, and these two are as they were. */
  readonly gap: boolean;
}

export interface GitBase {
  /** The commit. */
  readonly commit: string;
  /** Paths below the workspace folder that are not as they were. */
  readonly changed: ReadonlySet<string>;
  /** Lines of a file that are new or reworded; where lines are gone, those around the gap. */
  linesOf(path: string): Promise<readonly LineSpan[]>;
  /** Undefined where there was no such file. */
  textOf(path: string): Promise<string | undefined>;
}

/** Nothing that a repository says may run something, and nothing of it is written. */
const GIT = 'git --no-optional-locks -c core.fsmonitor=false -c core.quotePath=false -c core.safecrlf=false';
const DIFF = 'diff --no-ext-diff --no-textconv --no-color --no-renames --relative';
/** What a reference may look like; it goes on a command line. */
const REFERENCE = /^(?!-)[\w./@^~{}+-]{1,200}$/;
const TIMEOUT = 60_000;
/** Characters. */
const LONGEST = 50_000_000;

/**
 * @param reference Branch, tag or commit; what was done since the workspace left it.
 * @throws ActError where there is no repository, or no such reference.
 */
export async function openGitBase(
  processes: ProcessRunner,
  root: string,
  reference: string,
  signal?: AbortSignal,
): Promise<GitBase> {
  const git = gitIn(processes, root, signal);
  if (!REFERENCE.test(reference))
    throw new ActError('invalid', `“${reference}” is no branch, tag or commit.`);
  const commit = (await git(`merge-base ${reference} HEAD`))?.trim();
  if (commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit))
    throw new ActError(
      'notFound',
      `There is no branch, tag or commit “${reference}” that this workspace comes from.`,
    );
  const names = (await git(`${DIFF} --name-only -z ${commit} --`)) ?? '';
  return {
    commit,
    changed: new Set(names.split('\0').filter((name) => name !== '')),
    async linesOf(path) {
      return spansIn((await git(`${DIFF} -U0 ${commit} -- ${quoted(path)}`)) ?? '');
    },
    textOf: (path) => git(`show ${commit}:${quoted(`./${path}`)}`),
  };
}

/** The commit in which a line came into a file: the first that has it. Undefined where none has. */
export async function commitOfLine(
  processes: ProcessRunner,
  root: string,
  path: string,
  line: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const said = await gitIn(processes, root, signal)(`log --format=%H -S${quoted(line)} -- ${quoted(path)}`);
  const commits = (said ?? '').split('\n').filter((commit) => /^[0-9a-f]{40,64}$/.test(commit));
  return commits.at(-1);
}

function gitIn(processes: ProcessRunner, root: string, signal: AbortSignal | undefined) {
  return async (command: string): Promise<string | undefined> => {
    // Whole: what the runner gives in the end has its middle left out.
    let said = '';
    const onOutput = (text: string): void => {
      if (said.length < LONGEST) said += text;
    };
    const run = { command: `${GIT} ${command}`, cwd: root, timeout: TIMEOUT, onOutput };
    const { exitCode } = await processes.run(run, signal);
    return exitCode === 0 ? said : undefined;
  };
}

/** `@@ -10,3 +9,0 @@` says that lines are gone after line 9. */
function spansIn(diff: string): readonly LineSpan[] {
  return [...diff.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)].map(([, start, count]) => {
    const from = Number(start);
    return count === '0'
      ? { from, to: from + 1, gap: true }
      : { from, to: from + Number(count ?? 1) - 1, gap: false };
  });
}

/** For a shell that is none of ours: no sign in it means anything. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
