/**
 * Runs git itself, with arguments and without a shell, so that nothing but our own store decides what it does: no
 * configuration of the machine, the person or the repository, no hooks, no filters, no transport.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AbortSignal } from '../../core/util/abort';
import { endAtExit } from '../processGroup';

export interface GitOptions {
  /** The store; undefined: git looks for the repository that `workTree` lies in. */
  readonly gitDir?: string;
  readonly workTree: string;
  readonly index?: string;
  readonly input?: string | Buffer;
  readonly signal?: AbortSignal | undefined;
  /** Lets other work go first. */
  readonly patient?: boolean;
}

/** git said no. `missing`: there is no git. */
export class GitFailure extends Error {
  readonly code: number | undefined;
  readonly missing: boolean;
  constructor(message: string, code?: number, missing = false) {
    super(message);
    this.name = 'GitFailure';
    this.code = code;
    this.missing = missing;
  }
}

/** Before the command: whatever a configuration says, these hold. */
const ALWAYS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.autocrlf=false',
  'core.safecrlf=false',
  'core.quotePath=false',
  'core.protectNTFS=false',
  'core.protectHFS=false',
  'core.longpaths=true',
  'gc.auto=0',
  'maintenance.auto=false',
  'protocol.allow=never',
  'advice.addEmbeddedRepo=false',
].flatMap((each) => ['-c', each]);
const LONGEST_WORDS = 20_000;

/** What it wrote to its output. Rejects with `GitFailure`, or with the signal's reason. */
export async function git(args: readonly string[], options: GitOptions): Promise<Buffer> {
  const { signal, input, workTree } = options;
  signal?.throwIfAborted();
  // Not started in the workspace: Windows looks for programs there first.
  const child = spawn('git', ['-C', workTree, ...ALWAYS, ...args], {
    cwd: options.gitDir ?? process.execPath.replace(/[^\\/]*$/, ''),
    env: environment(options),
    windowsHide: true,
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const isOver = endAtExit(child);
  const end = (): void => {
    if (child.pid === undefined || process.platform === 'win32') child.kill();
    else
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It ended in between.
      }
  };
  signal?.addEventListener('abort', end, { once: true });
  const output: Buffer[] = [];
  let words = '';
  child.stdout.on('data', (part: Buffer) => output.push(part));
  child.stderr.on('data', (part: Buffer) => {
    if (words.length < LONGEST_WORDS) words += part.toString('utf8');
  });
  // A git that fails closes its input: its exit code tells.
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    signal?.throwIfAborted();
    if (code !== 0) throw new GitFailure(words.trim() || `git ended with ${code}`, code ?? undefined);
    return Buffer.concat(output);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof GitFailure) throw error;
    throw new GitFailure(String(error), undefined, true);
  } finally {
    isOver();
    signal?.removeEventListener('abort', end);
  }
}

/**
 * Names in an output, each ended by NUL. They are bytes to git and to most file systems, and need not be UTF-8: a raw name
 * holds one byte in each character.
 */
export function rawNames(output: Buffer): string[] {
  const names = output.toString('latin1').split('\0');
  if (names.at(-1) === '') names.pop();
  return names;
}

export function asInput(names: Iterable<string>): Buffer {
  let text = '';
  for (const name of names) text += `${name}\0`;
  return Buffer.from(text, 'latin1');
}

export function toRaw(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function toText(raw: string): string {
  return Buffer.from(raw, 'latin1').toString('utf8');
}

function environment({ gitDir, workTree, index }: GitOptions): NodeJS.ProcessEnv {
  const own: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    // Among them what a git hook that started us would leave, and what makes git trace or run programs.
    if (!/^(GIT_|SSH_ASKPASS|EARSHOT_|ANTHROPIC_|VSCODE_|ELECTRON_)/i.test(name)) own[name] = value;
  }
  return {
    ...own,
    LC_ALL: 'C',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // Versions before 2.32 know no GIT_CONFIG_GLOBAL.
    ...(gitDir === undefined
      ? {}
      : { GIT_DIR: gitDir, GIT_WORK_TREE: workTree, HOME: gitDir, XDG_CONFIG_HOME: gitDir }),
    ...(index === undefined ? {} : { GIT_INDEX_FILE: index }),
  };
}
