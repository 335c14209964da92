/**
 * Signatures of SSH keys (`ssh-keygen -Y sign`), checked without that program.
 * The form is OpenSSH's PROTOCOL.sshsig; keys and signatures are RFC 4253, RFC 5656, RFC 8332, RFC 8709, PROTOCOL.u2f.
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

/** Says what is signed, so that no signature of a commit passes for one of an approval. */
export const NAMESPACE = 'earshot-approval';

/** `ssh-ed25519 AAAA…`: type and key as in a `.pub` file, without its comment. */
const PUBLIC_KEY = /^(?<type>[\w@.-]+) (?<blob>[A-Za-z0-9+/]+=*)$/;
const BASE64 = /^[A-Za-z0-9+/]+=*$/;
const MAGIC = Buffer.from('SSHSIG');
/** Flag of a security key: somebody touched it. */
const TOUCHED = 0x01;
const SMALLEST_RSA = 2048;

/** @param signature The lines between BEGIN and END as one, in base64. */
export function verifySsh(key: string, text: string, signature: string): boolean {
  const parts = PUBLIC_KEY.exec(key)?.groups;
  if (parts?.type === undefined || parts.blob === undefined || !BASE64.test(signature)) return false;
  try {
    const blob = Buffer.from(parts.blob, 'base64');
    const signed = openEnvelope(Buffer.from(signature, 'base64'), blob, text);
    return Object.hasOwn(SCHEMES, parts.type) && SCHEMES[parts.type]?.(blob, signed) === true;
  } catch {
    // Anybody may have written it: too short, no point of the curve, no number.
    return false;
  }
}

interface Signed {
  /** What the key signed: the text's hash with its namespace. */
  readonly data: Buffer;
  /** Algorithm, then the signature in its own form. */
  readonly signature: Buffer;
}

/** @throws Where it is no such envelope, or one for another key or purpose. */
function openEnvelope(envelope: Buffer, key: Buffer, text: string): Signed {
  const from = new Reader(envelope);
  if (!from.bytes(MAGIC.length).equals(MAGIC) || from.number() !== 1) throw new Error('no signature');
  if (!from.string().equals(key)) throw new Error('of another key');
  const namespace = from.string();
  if (namespace.toString() !== NAMESPACE) throw new Error('for another purpose');
  const reserved = from.string();
  const algorithm = from.string();
  const signature = from.string();
  from.end();
  const hash = createHash(oneOf(algorithm, ['sha512', 'sha256']))
    .update(text, 'utf8')
    .digest();
  return { data: Buffer.concat([MAGIC, ...[namespace, reserved, algorithm, hash].map(prefixed)]), signature };
}

type Scheme = (key: Buffer, signed: Signed) => boolean;

const SCHEMES: Readonly<Record<string, Scheme>> = {
  'ssh-ed25519': (key, { data, signature }) => {
    const point = fields(key, 'ssh-ed25519', 1)[0];
    const [bytes] = fields(signature, 'ssh-ed25519', 1);
    return verify(null, data, ed25519(point), bytes ?? Buffer.alloc(0));
  },
  // On a security key: an agent can ask for it, but a finger has to say yes.
  'sk-ssh-ed25519@openssh.com': (key, { data, signature }) => {
    const [point, application] = fields(key, 'sk-ssh-ed25519@openssh.com', 2);
    const from = new Reader(signature);
    oneOf(from.string(), ['sk-ssh-ed25519@openssh.com']);
    const bytes = from.string();
    const state = from.bytes(5);
    from.end();
    if (application === undefined || ((state[0] ?? 0) & TOUCHED) === 0) return false;
    return verify(null, Buffer.concat([sha256(application), state, sha256(data)]), ed25519(point), bytes);
  },
  'ecdsa-sha2-nistp256': ecdsa('ecdsa-sha2-nistp256', 'P-256', 'sha256', 32),
  'ecdsa-sha2-nistp384': ecdsa('ecdsa-sha2-nistp384', 'P-384', 'sha384', 48),
  'ecdsa-sha2-nistp521': ecdsa('ecdsa-sha2-nistp521', 'P-521', 'sha512', 66),
  'ssh-rsa': (key, { data, signature }) => {
    const [exponent, modulus] = fields(key, 'ssh-rsa', 2).map(unsigned);
    const from = new Reader(signature);
    const algorithm = oneOf(from.string(), ['rsa-sha2-512', 'rsa-sha2-256']);
    const bytes = from.string();
    from.end();
    if (exponent === undefined || modulus === undefined || modulus.length * 8 < SMALLEST_RSA) return false;
    const publicKey = jwk({
      kty: 'RSA',
      n: modulus.toString('base64url'),
      e: exponent.toString('base64url'),
    });
    return verify(algorithm === 'rsa-sha2-512' ? 'sha512' : 'sha256', data, publicKey, bytes);
  },
};

function ecdsa(type: string, curve: string, hash: string, size: number): Scheme {
  return (key, { data, signature }) => {
    const point = fields(key, type, 2)[1];
    const numbers = new Reader(fields(signature, type, 1)[0] ?? Buffer.alloc(0));
    const bytes = Buffer.concat([numbers.string(), numbers.string()].map((each) => padded(each, size)));
    numbers.end();
    // Uncompressed: a mark, x, y.
    if (point?.[0] !== 4 || point.length !== 1 + 2 * size) return false;
    const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)];
    const publicKey = jwk({
      kty: 'EC',
      crv: curve,
      x: x.toString('base64url'),
      y: y.toString('base64url'),
    });
    return verify(hash, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes);
  };
}

function ed25519(point: Buffer | undefined): KeyObject {
  if (point?.length !== 32) throw new Error('no point');
  return jwk({ kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') });
}

const jwk = (key: Record<string, string>): KeyObject => createPublicKey({ key, format: 'jwk' });
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** Numbers have a zero in front where their first bit is set. */
function unsigned(number: Buffer): Buffer {
  return number[0] === 0 ? number.subarray(1) : number;
}

function padded(number: Buffer, size: number): Buffer {
  const bare = unsigned(number);
  if (bare.length > size) throw new Error('too long');
  return Buffer.concat([Buffer.alloc(size - bare.length), bare]);
}

function oneOf<T extends string>(bytes: Buffer, names: readonly T[]): T {
  const name = names.find((each) => each === bytes.toString());
  if (name === undefined) throw new Error('unknown algorithm');
  return name;
}

/** The strings after the type's name, no more and no less of them. */
function fields(bytes: Buffer, type: string, count: number): readonly Buffer[] {
  const from = new Reader(bytes);
  oneOf(from.string(), [type]);
  const read = Array.from({ length: count }, () => from.string());
  from.end();
  return read;
}

function prefixed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** SSH's data types (RFC 4251 §5). */
class Reader {
  private at = 0;
  constructor(private readonly all: Buffer) {}

  bytes(count: number): Buffer {
    if (this.at + count > this.all.length) throw new Error('too short');
    this.at += count;
    return this.all.subarray(this.at - count, this.at);
  }

  number(): number {
    return this.bytes(4).readUInt32BE();
  }

  string(): Buffer {
    return this.bytes(this.number());
  }

  end(): void {
    if (this.at !== this.all.length) throw new Error('too long');
  }
}
