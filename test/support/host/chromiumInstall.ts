import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { buildBeside, unpackNpm, withLock } from './npmPackage';
import { hostCache } from './paths';
import { run } from './processes';

/** A Chromium executable and the environment it needs. */
export interface ChromiumInstall {
  executablePath: string;
  env: Record<string, string>;
  /** Where it comes from; the npm build has no window of its own, so it only runs headless. */
  source: 'environment' | 'system' | 'npm';
}

const chromium = '@sparticuz/chromium@153.0.0';
const monospace = 'dejavu-fonts-ttf@2.37.3';

/**
 * Puts the Chromium of an npm package under `.vscode-host/chromium/`, for machines that have none.
 * Brings its own libraries and fonts: it runs where there is nothing but glibc.
 */
export async function installChromium(log: (line: string) => void): Promise<ChromiumInstall> {
  const root = join(hostCache, 'chromium');
  const stamp = `${chromium} ${monospace} 1`;
  const stampFile = join(root, 'stamp');
  const fresh = async () =>
    existsSync(join(root, 'chromium')) && (await readFile(stampFile, 'utf8').catch(() => '')) === stamp;
  if (await fresh()) return describe(root);
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium found: install one, or name its executable in EARSHOT_CHROMIUM');
  }
  await mkdir(hostCache, { recursive: true });
  return withLock(`${root}.lock`, async () => {
    if (await fresh()) return describe(root);
    const began = Date.now();
    log('Chromium: fetching');
    await buildBeside(root, async (into) => {
      await build(into, root);
      await writeFile(join(into, 'stamp'), stamp);
    });
    log(`Chromium: ready (${Math.round((Date.now() - began) / 1000)} s)`);
    return describe(root);
  });
}

/** @param home where the folder will be in the end: fonts.conf holds absolute paths. */
async function build(into: string, home: string): Promise<void> {
  const packed = join(into, 'packed');
  await Promise.all([
    unpackNpm(chromium, packed, ['bin'], 2),
    unpackNpm(monospace, join(into, 'fonts', 'dejavu'), ['ttf'], 2),
  ]);
  const executable = join(into, 'chromium');
  await expand(join(packed, 'chromium.br'), executable);
  await chmod(executable, 0o755);
  for (const [archive, folder] of [
    ['al2023.tar.br', 'al2023'],
    ['fonts.tar.br', 'fonts'],
    ['swiftshader.tar.br', '.'],
  ] as const) {
    const tar = join(packed, archive.replace(/\.br$/, ''));
    await expand(join(packed, archive), tar);
    await mkdir(join(into, folder), { recursive: true });
    await run('tar', ['-xf', tar, '-C', join(into, folder), '--no-same-owner']);
  }
  await rm(packed, { recursive: true });
  await mkdir(join(into, 'fontcache'));
  await writeFile(join(into, 'fonts.conf'), fontsConf(home));
}

async function expand(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

// Without a configuration of its own, fontconfig finds no font at all and every text is blank.
function fontsConf(root: string): string {
  const prefer = (family: string, name: string) =>
    `  <alias binding="strong"><family>${family}</family><prefer><family>${name}</family></prefer></alias>`;
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${join(root, 'fonts')}</dir>`,
    `  <cachedir>${join(root, 'fontcache')}</cachedir>`,
    prefer('sans-serif', 'Open Sans'),
    prefer('system-ui', 'Open Sans'),
    prefer('Ubuntu', 'Open Sans'),
    prefer('serif', 'DejaVu Serif'),
    prefer('monospace', 'DejaVu Sans Mono'),
    prefer('Droid Sans Mono', 'DejaVu Sans Mono'),
    '</fontconfig>',
    '',
  ].join('\n');
}

function describe(root: string): ChromiumInstall {
  return {
    executablePath: join(root, 'chromium'),
    env: { LD_LIBRARY_PATH: join(root, 'al2023', 'lib'), FONTCONFIG_FILE: join(root, 'fonts.conf') },
    source: 'npm',
  };
}
