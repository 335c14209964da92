/** Ed25519 by Node's own crypto, and SSH keys. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Signatures, Signer } from '../../core/ports';
import { verifySsh } from './sshSignature';

/** JSON Web Key (RFC 8037): the public key is `x`, the private one `d`. */
type Jwk = { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string };
type PrivateJwk = Jwk & { readonly d: string };

/** Of 32 and 64 bytes; Node would read over what else stands there. */
const KEY = /^[\w-]{43}$/;
const SIGNATURE = /^[\w-]{86}$/;

const publicJwk = (x: string): Jwk => ({ kty: 'OKP', crv: 'Ed25519', x });

export const nodeSignatures: Signatures = {
  verify(key, text, signature) {
    if (key.includes(' ')) return verifySsh(key, text, signature);
    if (!KEY.test(key) || !SIGNATURE.test(signature)) return false;
    try {
      const publicKey = createPublicKey({ key: publicJwk(key), format: 'jwk' });
      return verify(null, Buffer.from(text, 'utf8'), publicKey, Buffer.from(signature, 'base64url'));
    } catch {
      // Anybody may have written it.
      return false;
    }
  },
};

/** A place for a secret: the editor's own. */
export interface SecretPlace {
  get(): Promise<string | undefined>;
  set(secret: string): Promise<void>;
}

export function createSigner(place: SecretPlace): Signer {
  let known: Promise<PrivateJwk> | undefined;

  async function read(): Promise<PrivateJwk> {
    const stored = await place.get();
    if (stored !== undefined) return JSON.parse(stored) as PrivateJwk;
    const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const made = { ...publicJwk(x ?? ''), d: d ?? '' };
    await place.set(JSON.stringify(made));
    return made;
  }

  const key = () => {
    known ??= read();
    // A place that could not be read may be read later.
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
  return {
    key: async () => (await key()).x,
    async sign(text) {
      const privateKey = createPrivateKey({ key: await key(), format: 'jwk' });
      return sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url');
    },
  };
}

/** The one that is chosen when something is to be signed. */
export function chooseSigner(
  chosen: () => unknown,
  { earshot, git }: { readonly earshot: Signer; readonly git: Signer },
): Signer {
  const signer = () => (chosen() === 'git' ? git : earshot);
  return { key: () => signer().key(), sign: (text) => signer().sign(text) };
}
