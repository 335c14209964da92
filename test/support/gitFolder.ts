/** A folder with a real repository, and ways to say exactly what lies in a folder. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface GitFolder {
  readonly top: string;
  /** A folder of ours, outside of it. */
  readonly own: string;
  git(...args: readonly string[]): string;
  write(files: Files, below?: string): Promise<void>;
  remove(): Promise<void>;
}

/** `undefined` deletes; `{ link }` is a symbolic link, `{ run }` a file that may be run. */
export type Files = Readonly<
  Record<string, string | Buffer | undefined | { readonly link: string } | { readonly run: string }>
>;

/** With one commit of the files. */
export async function makeGitFolder(files: Files = { 'a.txt': 'one\n' }): Promise<GitFolder> {
  const whole = await realpath(await mkdtemp(join(tmpdir(), 'earshot-git-')));
  const top = join(whole, 'work');
  await mkdir(top);
  const git = (...args: readonly string[]) => runGit(top, ...args);
  git('init', '-q', '-b', 'main');
  await writeFiles(top, files);
  git('add', '-A');
  git('commit', '-q', '--allow-empty', '-m', 'first');
  return {
    top,
    own: join(whole, 'own'),
    git,
    write: (more, below = '') => writeFiles(join(top, below), more),
    remove: () => rm(whole, { recursive: true, force: true }),
  };
}

export function runGit(cwd: string, ...args: readonly string[]): string {
  const identity = [
    '-c',
    'user.name=Ann',
    '-c',
    'user.email=ann@example.org',
    '-c',
    'protocol.file.allow=always',
  ];
  return execFileSync('git', [...identity, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await rm(path, { recursive: true, force: true });
    if (content === undefined) continue;
    await mkdir(dirname(path), { recursive: true });
    if (typeof content === 'string' || Buffer.isBuffer(content)) await writeFile(path, content);
    else if ('link' in content) await symlink(content.link, path);
    else {
      await writeFile(path, content.run);
      await chmod(path, 0o755);
    }
  }
}

/** Every file below a folder, to the byte; `.git` is left out unless it is asked for. */
export async function describeFolder(
  folder: string,
  withGit = false,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  async function look(below: string): Promise<void> {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      const path = join(folder, name);
      if (entry.name === '.git' && !withGit) continue;
      if (entry.isDirectory()) await look(name);
      else if (entry.isSymbolicLink()) found[name] = `-> ${await readlink(path)}`;
      else found[name] = await describeFile(path);
    }
  }
  await look('');
  return found;
}

async function describeFile(path: string): Promise<string> {
  const bytes = await readFile(path);
  const mode = ((await lstat(path)).mode & 0o100) === 0 ? '' : 'x ';
  const text = bytes.toString('utf8');
  const isShort = bytes.length < 200 && Buffer.from(text).equals(bytes);
  return mode + (isShort ? JSON.stringify(text) : createHash('sha256').update(bytes).digest('hex'));
}
