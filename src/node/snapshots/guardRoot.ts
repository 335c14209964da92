/** Which folders are no workspace to keep snapshots of: too much is in them, or reading them takes for ever. */
import { statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, parse, relative, resolve, sep } from 'node:path';
import { ActError } from '../../core/actError';
import { resolveLinks } from '../resolveLinks';

/** Of Linux: NFS, SMB in three versions, AFS, Ceph. FUSE and 9P are also what containers see of their host. */
const NETWORK = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400]);

/** @returns the folder with its links resolved. @throws ActError */
export async function guardRoot(root: string, store: string, home: string = homedir()): Promise<string> {
  const real = await resolveLinks(root);
  const refuse = (what: string): never => {
    throw new ActError(
      'refused',
      `There are no checkpoints of ${root}: ${what}. Open the folder of a project instead.`,
    );
  };
  if (real === parse(real).root || dirname(real) === real) refuse('it is the root of a disk');
  const own = await resolveLinks(home);
  if (real === own) refuse('it is your home folder');
  if (holds(real, own)) refuse('your home folder lies in it');
  if (holds(real, await resolveLinks(store))) refuse('Earshot’s own folder lies in it');
  if (/^[\\/]{2}/.test(real)) refuse('it lies on the network');
  if (process.platform === 'linux') {
    const { type } = await statfs(real);
    if (NETWORK.has(Number(type) >>> 0)) refuse('it lies on the network');
  }
  return real;
}

function holds(folder: string, path: string): boolean {
  const way = relative(folder, resolve(path));
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && parse(way).root === '';
}
