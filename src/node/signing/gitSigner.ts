/**
 * Signs with the key that the person's commits are signed with: `ssh-keygen`, asked as git asks it. Only what the
 * person's own git configuration says counts, since a repository's names programs, too.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ActError } from '../../core/actError';
import type { Signer } from '../../core/ports';
import { NAMESPACE } from './sshSignature';

const run = promisify(execFile);
/** Milliseconds: somebody may have to type a passphrase or to touch a key. */
const PATIENCE = 120_000;

/** As `git config --global` names it: a file, or the key itself, which an agent holds then. */
type SigningKey = { readonly file: string } | { readonly literal: string };

export function createGitSigner(env: NodeJS.ProcessEnv = process.env): Signer {
  async function configured(name: string, ...how: readonly string[]): Promise<string | undefined> {
    try {
      const args = ['config', '--global', '--includes', ...how, '--get', name];
      const { stdout } = await run('git', args, { env, cwd: homedir() });
      return stdout.trim() || undefined;
    } catch {
      return undefined;
    }
  }

  async function signingKey(): Promise<SigningKey> {
    if ((await configured('gpg.format')) !== 'ssh')
      throw unusable('It signs commits with an SSH key only where “gpg.format” is “ssh”.');
    const value = await configured('user.signingkey', '--type=path');
    if (value === undefined) throw unusable('It names no key: “user.signingkey” is not set.');
    const literal = /^(?:key::)?(?<key>(?:ssh-|sk-|ecdsa-).*)$/.exec(value)?.groups?.key;
    return literal === undefined ? { file: value } : { literal };
  }

  async function publicLine(key: SigningKey): Promise<string> {
    if ('literal' in key) return key.literal;
    const file = key.file.endsWith('.pub') ? key.file : `${key.file}.pub`;
    try {
      return await readFile(file, 'utf8');
    } catch {
      throw unusable(`The public key ${file} cannot be read.`);
    }
  }

  return {
    async key() {
      const line = await publicLine(await signingKey());
      const [type, blob] = line.trim().split(/\s+/);
      if (type === undefined || blob === undefined) throw unusable('What it names is no public key.');
      return `${type} ${blob}`;
    },

    async sign(text) {
      const key = await signingKey();
      const program = (await configured('gpg.ssh.program', '--type=path')) ?? 'ssh-keygen';
      const folder = await mkdtemp(join(tmpdir(), 'earshot-sign-'));
      try {
        const [message, literal] = [join(folder, 'approval'), join(folder, 'key')];
        await writeFile(message, text);
        if ('literal' in key) await writeFile(literal, `${key.literal}\n`);
        const which = 'literal' in key ? ['-f', literal, '-U'] : ['-f', key.file];
        const options = { env, cwd: folder, timeout: PATIENCE };
        const signing = run(program, ['-Y', 'sign', '-n', NAMESPACE, ...which, message], options);
        // A passphrase is asked for by the agent or a window, never in a terminal that nobody sees.
        signing.child.stdin?.end();
        await signing;
        return bare(await readFile(`${message}.sig`, 'utf8'));
      } catch (error) {
        throw unusable(`${program} says: ${saidBy(error)}`);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

function bare(armoured: string): string {
  return armoured
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('-----'))
    .join('');
}

function saidBy(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: unknown; readonly message?: unknown };
  const said = typeof stderr === 'string' ? stderr.trim() : '';
  return said === '' ? String(message) : (said.split(/\r?\n/).at(-1) ?? said);
}

function unusable(why: string): ActError {
  return new ActError(
    'invalid',
    `Nothing was approved: git’s signing key cannot be used. ${why} Mend that, or set “earshot.signingKey” to “earshot”.`,
  );
}
