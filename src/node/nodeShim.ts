import { access, chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathName } from './childEnvironment';

/**
 * Makes sure that `folder` holds a command `node` which runs this very program as Node (the editor's own
 * Electron, or Node itself), so that commands starting with `node` work where Node is not installed.
 */
export async function ensureNodeShim(
  folder: string,
  execPath: string = process.execPath,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  const windows = platform === 'win32';
  const path = join(folder, windows ? 'node.cmd' : 'node');
  const text = windows ? windowsShim(execPath) : posixShim(execPath);
  // The program moves when the editor is updated, so that an older shim may point nowhere.
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return;
  await mkdir(folder, { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  await chmod(temporary, 0o755);
  await rename(temporary, path);
}

/** Is there a `node` on the environment's PATH? */
export async function hasNode(environment: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const names = process.platform === 'win32' ? ['node.exe', 'node.cmd'] : ['node'];
  const folders = (environment[pathName(environment)] ?? '').split(delimiter).filter(Boolean);
  const found = folders.flatMap((folder) => names.map((name) => exists(join(folder, name))));
  return (await Promise.all(found)).includes(true);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function posixShim(execPath: string): string {
  const quoted = `'${execPath.replaceAll("'", `'\\''`)}'`;
  return `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoted} "$@"\n`;
}

function windowsShim(execPath: string): string {
  return `@echo off\r\nset ELECTRON_RUN_AS_NODE=1\r\n"${execPath.replaceAll('%', '%%')}" %*\r\n`;
}
