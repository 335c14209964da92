import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { TextSearch } from '../core/ports';
import { type AbortSignal, onAbort } from '../core/util/abort';
import { joinPath } from '../core/util/path';
import { childEnvironment, type Environment, pathName } from './childEnvironment';
import { toNativePath } from './nativePath';

const PROGRAM = process.platform === 'win32' ? 'rg.exe' : 'rg';

/** Bytes of names; a text that is in more files than that is in nearly all of them. */
const MOST = 16 * 1024 * 1024;

/**
 * As the agent's own walk: `.gitignore` of the searched folders counts, rules of this machine do not; hidden files are
 * searched, links not followed. No configuration of anybody's.
 */
const ARGS = [
  '--no-config',
  '--files-with-matches',
  '--null',
  '--fixed-strings',
  '--ignore-case',
  '--no-messages',
  '--hidden',
  '--no-require-git',
  '--no-ignore-dot',
  '--no-ignore-exclude',
  '--no-ignore-global',
  '--no-ignore-parent',
];

/** Letters beyond these are folded by each program in its own way. */
const ASCII = /^[\x20-\x7e\t]+$/;

/** The editor's own ripgrep, else the one on the PATH; undefined: there is none. */
export function findRipgrep(appRoot: string | undefined, env: Environment): string | undefined {
  const modules = ['node_modules', 'node_modules.asar.unpacked'];
  const places = [
    join('@vscode', 'ripgrep', 'bin', PROGRAM),
    join('@vscode', 'ripgrep-universal', 'bin', `${process.platform}-${process.arch}`, PROGRAM),
  ];
  const own =
    appRoot === undefined ? [] : modules.flatMap((name) => places.map((place) => join(appRoot, name, place)));
  // A relative folder on the PATH would be one of the workspace.
  const folders = (env[pathName(env)] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return [...own, ...folders.map((folder) => join(folder, PROGRAM))].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Looks with ripgrep. @param program Undefined: there is none, and it never can tell. */
export function createRipgrep(program: () => string | undefined): TextSearch {
  return {
    async find(folder, text, signal) {
      if (!ASCII.test(text)) return undefined;
      const path = program();
      if (path === undefined) return undefined;
      const names = await run(path, toNativePath(folder), text, signal);
      return names && new Set(names.map((name) => joinPath(folder, name)));
    },
  };
}

function run(
  program: string,
  cwd: string,
  text: string,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, [...ARGS, '-e', text, '--', '.'], {
      cwd,
      env: childEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    const unhear = onAbort(signal, () => child.kill());
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST) child.kill();
    });
    child.on('error', () => {
      unhear();
      resolve(undefined);
    });
    child.on('close', (code) => {
      unhear();
      // 1: no hit. Anything else: a part was not searched, so nobody can tell.
      resolve(code === 0 || code === 1 ? namesIn(Buffer.concat(chunks).toString('utf8')) : undefined);
    });
  });
}

function namesIn(output: string): readonly string[] {
  const names = output.split('\0').filter((name) => name !== '');
  const slashes = (name: string) => (process.platform === 'win32' ? name.replaceAll('\\', '/') : name);
  return names.map((name) => slashes(name).replace(/^\.\//, ''));
}
