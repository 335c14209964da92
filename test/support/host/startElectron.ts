import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { defaultVersion } from './install';
import { hostCache, onPath } from './paths';
import { run, withEnv } from './processes';
import { quietSettings } from './server';

/** The `code` command of this machine's VS Code, or of one that is downloaded when there is none. */
export async function desktopCommand(): Promise<string> {
  const named = process.env.EARSHOT_CODE;
  if (named) {
    if (!existsSync(named)) throw new Error(`EARSHOT_CODE names ${named}, which is not there`);
    return named;
  }
  const onThePath = process.platform === 'win32' ? onPath('code.cmd') : onPath('code', 'codium');
  if (onThePath) return onThePath;
  const usual = usualPlaces().find((place) => existsSync(place));
  if (usual) return usual;
  const version = process.env.EARSHOT_VSCODE ?? defaultVersion;
  console.error(`VS Code ${version}: downloading, because this machine has none`);
  const executable = await downloadAndUnzipVSCode({ version, cachePath: join(hostCache, 'desktop') });
  return resolveCliPathFromVSCodeExecutablePath(executable);
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const inside = 'Visual Studio Code.app/Contents/Resources/app/bin/code';
    return [join('/Applications', inside), join(homedir(), 'Applications', inside)];
  }
  if (process.platform !== 'win32') return ['/usr/share/code/bin/code', '/snap/bin/code'];
  const roots = [join(process.env.LOCALAPPDATA ?? '', 'Programs'), process.env.PROGRAMFILES ?? ''];
  return roots.map((root) => join(root, 'Microsoft VS Code', 'bin', 'code.cmd'));
}

/**
 * Opens desktop VS Code with the packaged extension, in user-data and extension folders of its own, so the
 * person's own VS Code stays as it is. Resolves when the window is closed; for a check, when it is installed.
 */
export async function startElectron(
  options: { vsix: string; check: boolean },
  folder: string,
): Promise<void> {
  const code = await desktopCommand();
  const root = join(hostCache, 'desktop-start');
  const userData = join(root, 'user');
  await mkdir(join(userData, 'User'), { recursive: true });
  const settings = join(userData, 'User', 'settings.json');
  if (!existsSync(settings)) await writeFile(settings, JSON.stringify(quietSettings, null, 2));
  const dirs = ['--user-data-dir', userData, '--extensions-dir', join(root, 'extensions')];
  const env = withEnv(process.env, { ELECTRON_RUN_AS_NODE: undefined, VSCODE_IPC_HOOK_CLI: undefined });
  await run(...command(code, ['--install-extension', options.vsix, '--force', ...dirs]), { env });
  if (options.check) {
    const listed = await run(...command(code, ['--list-extensions', ...dirs]), { env });
    if (!/^earshot\.earshot$/im.test(listed))
      throw new Error(`VS Code does not list the extension:\n${listed}`);
    return console.log(
      'Check passed: the extension is installed (its views are not looked at on desktop VS Code)',
    );
  }
  console.log(`Earshot is running: VS Code is opening ${folder}. Close its window to end.`);
  const [program, args] = command(code, ['--new-window', '--wait', folder, ...dirs]);
  await new Promise<void>((done, fail) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    child.on('error', fail);
    child.on('exit', () => done());
  });
}

/** On Windows `code` is a batch file, which only cmd.exe can run. */
function command(code: string, args: string[]): [string, string[]] {
  return code.endsWith('.cmd') ? ['cmd.exe', ['/d', '/s', '/c', code, ...args]] : [code, args];
}
