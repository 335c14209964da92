/** Runs git for us: nothing that a repository brings to be run is run, and nothing of the user's own is written. */
import { spawn } from 'node:child_process';
import { ActError } from '../../core/actError';
import type { AbortSignal } from '../../core/util/abort';
import { errorMessage } from '../../core/util/errorMessage';
import { errorCode } from '../toFileError';

export interface GitCall {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  readonly signal?: AbortSignal | undefined;
  /** Exit codes that are an answer, too. */
  readonly accept?: (code: number) => boolean;
}

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
}

export class GitError extends Error {
  readonly kind: 'missing' | 'failed';
  constructor(kind: GitError['kind'], message: string) {
    super(message);
    this.name = 'GitError';
    this.kind = kind;
  }
}

/** Programs that a repository may name, and what git would write by the way. */
const HARMLESS = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.untrackedCache=false',
];

/** Rejects with a `GitError`, or with the signal's reason. */
export function git(args: readonly string[], call: GitCall): Promise<GitAnswer> {
  call.signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...HARMLESS, ...args], {
      cwd: call.cwd,
      env: { ...environment(), ...call.env },
      windowsHide: true,
      stdio: 'pipe',
    });
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    const cancel = () => child.kill();
    call.signal?.addEventListener('abort', cancel, { once: true });
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    // It may end before it has read everything: its exit code tells.
    child.stdin.on('error', () => {});
    child.stdin.end(call.input);
    child.once('error', (error) => {
      const isMissing = errorCode(error) === 'ENOENT';
      reject(
        new GitError(isMissing ? 'missing' : 'failed', isMissing ? 'Git was not found.' : error.message),
      );
    });
    child.once('close', (code) => {
      call.signal?.removeEventListener('abort', cancel);
      if (call.signal?.aborted) return reject(call.signal.reason);
      if (code !== null && (code === 0 || call.accept?.(code)))
        return resolve({ code, stdout: Buffer.concat(out) });
      const said = Buffer.concat(complaints).toString('utf8').trim();
      reject(new GitError('failed', `git ${args[0]}: ${said || `exit code ${code ?? 'none'}`}`));
    });
  });
}

/** What git prints with `-z`. */
export function namesIn(stdout: Buffer): string[] {
  const names = stdout.toString('utf8').split('\0');
  names.pop();
  return names;
}

/** Nothing that this process was started with leads git elsewhere. */
function environment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^GIT_/i.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    LC_ALL: 'C',
  };
}

/** For our own repositories: not even the user's configuration counts. */
export const OWN_CONFIGURATION = {
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_CONFIG_SYSTEM: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

/** What a person can do something about, as such. */
export function toActError(error: unknown): unknown {
  if (errorCode(error) === 'ENOSPC' || /No space left on device/.test(errorMessage(error)))
    return new ActError('refused', 'The disk is full.', error);
  return error instanceof GitError ? new ActError('refused', `${error.message}.`, error) : error;
}
