/** Signing with git's own SSH key: real git, real `ssh-keygen`, a home folder of its own. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitSigner } from '../../../../src/node/signing/gitSigner';
import { chooseSigner, nodeSignatures } from '../../../../src/node/signing/signatures';

describe('git’s signing key', () => {
  let home: string;
  let env: NodeJS.ProcessEnv;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'earshot-home-'));
    env = { ...process.env, HOME: home, GIT_CONFIG_GLOBAL: join(home, '.gitconfig'), SSH_AUTH_SOCK: '' };
    writeFileSync(join(home, '.gitconfig'), '');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const config = (name: string, value: string) =>
    execFileSync('git', ['config', '--global', name, value], { env });
  const makeKey = (passphrase = '') => {
    const file = join(home, 'id');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'me@here', '-f', file]);
    return file;
  };
  const refusal = (pattern: RegExp) => ({ name: 'ActError', message: pattern });

  before(function () {
    // Where OpenSSH is not installed, the signatures of the golden are still checked.
    if (spawnSync('ssh-keygen', ['-?']).error) this.skip();
  });

  it('signs what everybody can check, without the key’s comment', async () => {
    config('gpg.format', 'ssh');
    config('user.signingkey', `${makeKey()}.pub`);
    const signer = createGitSigner(env);
    const key = await signer.key();
    assert.match(key, /^ssh-ed25519 [\w+/=]+$/);
    assert.equal(nodeSignatures.verify(key, 'größe', await signer.sign('größe')), true);
  });

  it('may be a private key’s file, too', async () => {
    config('gpg.format', 'ssh');
    config('user.signingkey', makeKey());
    const signer = createGitSigner(env);
    assert.equal(nodeSignatures.verify(await signer.key(), 'x', await signer.sign('x')), true);
  });

  it('is refused with what git, the disk or ssh-keygen says', async () => {
    const signer = createGitSigner(env);
    await assert.rejects(
      signer.key(),
      refusal(/“gpg\.format” is “ssh”.*“earshot\.signingKey” to “earshot”/s),
    );
    config('gpg.format', 'ssh');
    await assert.rejects(signer.key(), refusal(/“user\.signingkey” is not set/));
    config('user.signingkey', join(home, 'gone'));
    await assert.rejects(signer.key(), refusal(/gone\.pub cannot be read/));
    writeFileSync(join(home, 'gone.pub'), 'nothing');
    await assert.rejects(signer.key(), refusal(/no public key/));
  });

  it('with a passphrase that nobody can be asked for signs nothing, and says so', async () => {
    config('gpg.format', 'ssh');
    config('user.signingkey', makeKey('secret'));
    const askpass = join(home, 'askpass');
    writeFileSync(askpass, '#!/bin/sh\nexit 1\n');
    chmodSync(askpass, 0o755);
    const signer = createGitSigner({ ...env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' });
    await assert.rejects(signer.sign('x'), refusal(/ssh-keygen says: .*(passphrase|private key)/i));
  });

  it('that an agent holds is named by itself, and refused when no agent has it', async () => {
    config('gpg.format', 'ssh');
    const file = makeKey();
    const line = execFileSync('cat', [`${file}.pub`], { encoding: 'utf8' }).trim();
    config('user.signingkey', `key::${line}`);
    const signer = createGitSigner(env);
    assert.equal(await signer.key(), line.split(' ').slice(0, 2).join(' '));
    await assert.rejects(signer.sign('x'), refusal(/ssh-keygen says: /));
  });

  it('is used when it is chosen, and only then', async () => {
    const fake = (name: string) => ({ key: async () => name, sign: async () => name });
    let chosen = 'earshot';
    const signer = chooseSigner(() => chosen, { earshot: fake('own'), git: fake('git') });
    assert.equal(await signer.key(), 'own');
    chosen = 'git';
    assert.equal(await signer.key(), 'git');
  });
});
