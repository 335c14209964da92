/** Serves the gallery on 127.0.0.1. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { repoRoot } from '../host/paths';
import { hostStyle, page } from './page';
import { type Shot, shots } from './shots';
import { themeNames } from './themes';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.map': 'application/json',
};

export interface Gallery {
  readonly url: string;
  close(): void;
}

/** @param fontFile a font to draw with, in place of the machine's */
export async function serveGallery(fontFile: string | undefined, port = 0): Promise<Gallery> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    answer(pathname, searchParams.get('theme'), fontFile).then(
      ([type, body]) =>
        response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closeAll(server) };
}

function closeAll(server: Server): void {
  server.closeAllConnections();
  server.close();
}

async function answer(
  path: string,
  themeName: string | null,
  fontFile: string | undefined,
): Promise<readonly [string, string | Buffer]> {
  if (path === '/') return ['text/html', index()];
  if (path === '/host.css') return ['text/css', hostStyle()];
  if (path === '/font.woff2' && fontFile) return ['font/woff2', await readFile(fontFile)];
  const shot = shots.find((each) => path === `/shot/${each.name}`);
  const other = themeNames.find((each) => each === themeName);
  if (shot && other) return ['text/html', shotPage({ ...shot, theme: other }, fontFile !== undefined)];
  if (shot) return ['text/html', shotPage(shot, fontFile !== undefined)];
  const name = path.slice(1);
  if (!/^[\w-]+\.[a-z]+$/.test(name)) throw new Error(`nothing at ${path}`);
  return [
    TYPES[extname(name)] ?? 'application/octet-stream',
    await readFile(join(repoRoot, 'dist/webview', name)),
  ];
}

function shotPage(shot: Shot, font: boolean): string {
  const { view, theme, messages, kept } = shot;
  return page({ view, theme, messages, kept, font });
}

function index(): string {
  const items = shots.map(
    (shot) => `<li><a href="/shot/${shot.name}">${shot.name}</a> ${shot.width}x${shot.height}</li>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Gallery</title><ul>${items.join('')}</ul>`;
}
