/** A power from a git repository, in a folder of its own that goes when it is no longer needed. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActError } from '../../core/actError';
import type { AbortSignal as CoreSignal } from '../../core/util/abort';

export interface FetchedPower {
  readonly folder: string;
  dispose(): Promise<void>;
}

/** Nothing of what is fetched runs: no hooks, no filters, no submodules, no other protocol than the one asked for. */
const SAFE = [
  ...['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-c', 'protocol.ext.allow=never'],
  ...[
    '-c',
    'core.symlinks=true',
    '-c',
    'submodule.recurse=false',
    '-c',
    'filter.lfs.smudge=',
    '-c',
    'filter.lfs.required=false',
  ],
];
const LONGEST = 120_000;

/** @param allowed Protocols; tests fetch from this machine. Rejects with an `ActError`. */
export async function fetchPower(
  address: string,
  signal: CoreSignal,
  allowed: readonly string[] = ['https'],
): Promise<FetchedPower> {
  const protocol = /^([a-z]+):\/\/[^\s'"-][^\s'"]*$/i.exec(address)?.[1]?.toLowerCase();
  if (protocol === undefined || !allowed.includes(protocol))
    throw new ActError(
      'invalid',
      `“${address}” is no address that powers are fetched from. Use one that begins with https://.`,
    );
  const parent = await mkdtemp(join(tmpdir(), 'earshot-power-'));
  const folder = join(parent, 'power');
  const dispose = () => rm(parent, { recursive: true, force: true });
  const clone = [
    'clone',
    '--quiet',
    '--depth',
    '1',
    '--no-recurse-submodules',
    '--template=',
    '--',
    address,
    folder,
  ];
  try {
    await git([...SAFE, ...clone], signal, allowed);
    return { folder, dispose };
  } catch (error) {
    await dispose();
    signal.throwIfAborted();
    throw new ActError(
      'notFound',
      `${address} could not be fetched with git. ${lastLine(error)}`.trim(),
      error,
    );
  }
}

function git(args: readonly string[], signal: CoreSignal, allowed: readonly string[]): Promise<void> {
  const env = {
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: allowed.join(':'),
    GIT_CONFIG_NOSYSTEM: '1',
  };
  return new Promise((done, fail) => {
    const stop = () => child.kill();
    const child = execFile('git', args, { env, timeout: LONGEST }, (error) => {
      signal.removeEventListener('abort', stop);
      if (error) fail(error);
      else done();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}

function lastLine(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  return text.trim().split('\n').at(-1) ?? '';
}
