/** An administrator's file of this machine. Its place is fixed: nothing in the environment leads elsewhere. */
import { readFileSync } from 'node:fs';
import { type Administration, createAdministration } from '../core/administration/administration';
import { STRICTEST } from '../core/administration/strictest';
import { errorMessage } from '../core/util/errorMessage';
import { nodeHasher } from './nodePorts';

export function managedSettingsPath(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return 'C:/ProgramData/Earshot/managed-settings.json';
  if (platform === 'darwin') return '/Library/Application Support/Earshot/managed-settings.json';
  return '/etc/earshot/managed-settings.json';
}

/** `ready`: it was read. */
export interface ManagedSettings {
  readonly administration: Administration;
  readonly ready: Promise<void>;
}

/** What cannot be read fixes everything at the strictest; only a file that is not there fixes nothing. */
export function readManagedSettings(path = managedSettingsPath()): ManagedSettings {
  const strict = (message: string) =>
    createAdministration(path, { policy: STRICTEST, problems: [{ line: 1, message }] }, nodeHasher);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const isThere = !(
      error instanceof Error &&
      'code' in error &&
      ['ENOENT', 'ENOTDIR'].includes(String(error.code))
    );
    const found = isThere
      ? strict(`It cannot be read: ${errorMessage(error)}.`)
      : createAdministration(path, undefined, nodeHasher);
    return { administration: found, ready: Promise.resolve() };
  }
  const administration = strict('It is being read.');
  // Its reader is loaded where there is such a file: few machines have one.
  const ready = import('../core/administration/policy').then(({ readPolicy }) =>
    administration.learn(readPolicy(text)),
  );
  return { administration, ready };
}
