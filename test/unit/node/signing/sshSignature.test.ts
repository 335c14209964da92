/** Approvals signed with SSH keys: real signatures of `ssh-keygen`, and what somebody may make of them. */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { nodeSignatures } from '../../../../src/node/signing/signatures';
import { repoRoot } from '../../../support/host/paths';
import { runs } from '../../../support/soak';

interface Case {
  readonly name: string;
  readonly key: string;
  readonly signature: string;
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(join(repoRoot, 'test/golden/ssh-signatures.json'), 'utf8'),
);
const TEXT = '["earshot-approval",2,"größe"]';
const named = (name: string): Case => {
  const found = cases.find((each) => each.name === name);
  assert.ok(found, `the golden of ${name} is missing`);
  return found;
};
const { verify } = nodeSignatures;

describe('the signature of an SSH key', () => {
  for (const name of ['ed25519', 'ed25519 over sha256', 'ecdsa256', 'ecdsa384', 'ecdsa521', 'rsa2048']) {
    it(`${name} counts for its text and key alone`, () => {
      const { key, signature } = named(name);
      assert.equal(verify(key, TEXT, signature), true);
      assert.equal(verify(key, `${TEXT} `, signature), false);
      for (const other of cases)
        if (other.key !== key) assert.equal(verify(other.key, TEXT, signature), false, other.name);
    });
  }

  it('that was made for a commit, or by a key that is too short, does not count', () => {
    for (const name of ['for commits', 'rsa1024']) {
      const { key, signature } = named(name);
      assert.equal(verify(key, TEXT, signature), false, name);
    }
  });

  it('does not count when any byte of it or of its key is another', () => {
    const all = ['ed25519', 'ecdsa256', 'rsa2048'].map(named);
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.boolean(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        ({ key, signature }, inKey, at, flip) => {
          const [type = '', blob = ''] = key.split(' ');
          const bytes = Buffer.from(inKey ? blob : signature, 'base64');
          const where = at % bytes.length;
          bytes[where] = (bytes[where] ?? 0) ^ flip;
          const changed = bytes.toString('base64');
          const accepted = inKey ? verify(`${type} ${changed}`, TEXT, signature) : verify(key, TEXT, changed);
          assert.equal(accepted, false);
        },
      ),
      runs(300),
    );
  });

  it('is read from anything without an error', () => {
    const { key } = named('ed25519');
    for (const text of ['', '====', 'AAAA', '!', `${named('ed25519').signature}AAAA`, 'A'.repeat(100_000)])
      assert.equal(verify(key, TEXT, text), false);
    for (const odd of [
      'ssh-ed25519 ',
      'ssh-dss AAAA',
      'ssh-ed25519 AAAA',
      ' ',
      '__proto__ AAAA',
      'constructor AAAA',
    ])
      assert.equal(verify(odd, TEXT, named('ed25519').signature), false);
  });

  it('of a kind that nobody knows does not count, whatever its name', () => {
    for (const type of ['constructor', '__proto__', 'toString', 'ssh-dss'])
      assert.equal(verify(`${type} AAAA`, TEXT, envelopeOf(Buffer.alloc(3), Buffer.alloc(3))), false, type);
  });

  it('of a security key counts when somebody touched it', () => {
    const touched = securityKey(0x01);
    assert.equal(verify(touched.key, TEXT, touched.signature), true);
    assert.equal(verify(touched.key, 'another text', touched.signature), false);
    const alone = securityKey(0x00);
    assert.equal(verify(alone.key, TEXT, alone.signature), false);
  });
});

const text32 = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const ABOUT = ['earshot-approval', '', 'sha512'].map(text32);

function envelopeOf(key: Buffer, signature: Buffer): string {
  const version = Buffer.from([0, 0, 0, 1]);
  const parts = [Buffer.from('SSHSIG'), version, text32(key), ...ABOUT, text32(signature)];
  return Buffer.concat(parts).toString('base64');
}

/** What such a key would answer, by PROTOCOL.u2f: there is none here to ask. */
function securityKey(flags: number): { readonly key: string; readonly signature: string } {
  const type = 'sk-ssh-ed25519@openssh.com';
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const blob = Buffer.concat([type, point, 'ssh:'].map(text32));
  const hash = (value: string | Buffer, name = 'sha256') => createHash(name).update(value).digest();
  const data = Buffer.concat([Buffer.from('SSHSIG'), ...ABOUT, text32(hash(TEXT, 'sha512'))]);
  const state = Buffer.from([flags, 0, 0, 0, 7]);
  const bytes = sign(null, Buffer.concat([hash('ssh:'), state, hash(data)]), privateKey);
  const signature = Buffer.concat([text32(type), text32(bytes), state]);
  return { key: `${type} ${blob.toString('base64')}`, signature: envelopeOf(blob, signature) };
}
