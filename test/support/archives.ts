/** Archives as bytes, with whatever names and kinds: no packing tool would write what tests want to see refused. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

export interface Packed {
  readonly path: string;
  readonly kind?: 'file' | 'folder' | 'symlink' | 'hardlink' | 'device' | 'fifo';
  readonly text?: string;
  /** Where a link leads. */
  readonly target?: string;
  readonly executable?: boolean;
  /** What the archive says, where it lies. */
  readonly claims?: number;
}

const MODES = { file: 0o100644, folder: 0o040755, symlink: 0o120777, hardlink: 0o100644 } as const;

export function zipOf(entries: readonly Packed[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, kind = 'file', text = '', target = '', executable, claims } of entries) {
    const name = Buffer.from(kind === 'folder' && !path.endsWith('/') ? `${path}/` : path, 'utf8');
    const plain = Buffer.from(kind === 'symlink' ? target : text);
    const packed = deflateRawSync(plain);
    const type = { device: 0o020666, fifo: 0o010666, ...MODES }[kind];
    const mode = type | (executable ? 0o111 : 0);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims ?? plain.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004', 'latin1'), common, name, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 3]);
    directory.push(Buffer.from('PK\u0001\u0002', 'latin1'), made, common, rest, name);
    offset += 30 + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}

const TYPES = { file: '0', hardlink: '1', symlink: '2', device: '3', folder: '5', fifo: '6' } as const;

export function tarOf(entries: readonly Packed[]): Buffer {
  const blocks = entries.flatMap(({ path, kind = 'file', text = '', target = '', executable, claims }) => {
    const body = Buffer.from(kind === 'file' ? text : '');
    const size = claims ?? body.length;
    const header = Buffer.alloc(512);
    header.write(path, 0, 100, 'utf8');
    header.write(executable ? '0000755\0' : '0000644\0', 100, 'latin1');
    header.write('0000000\0'.repeat(2), 108, 'latin1');
    header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
    header.write('00000000000\0', 136, 'latin1');
    header.write(' '.repeat(8), 148, 'latin1');
    header.write(TYPES[kind], 156, 'latin1');
    header.write(target, 157, 100, 'utf8');
    header.write('ustar\u000000', 257, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export function tgzOf(entries: readonly Packed[]): Buffer {
  return gzipSync(tarOf(entries));
}
