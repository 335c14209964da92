import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { mintKeyPath, secretKeyCookie } from './browser';

/** What stands in front of a server for a person's own browser. */
export interface Front {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** Where the front stands and what is behind it. */
export interface FrontOptions {
  /** The socket file that the server listens on. */
  socketPath: string;
  /** Port for the browser; 0 or left out: a free one. */
  port?: number;
  /** File that holds the server's half of the key that protects stored secrets; made when absent. */
  keyFile: string;
}

/**
 * Starts a reverse proxy on 127.0.0.1 that adds what the web workbench needs to keep secrets over a reload.
 * The server itself listens on a socket file, and pages of other sites are turned away here: anything that
 * could speak to the server could run programs through it.
 */
export async function startFront(options: FrontOptions): Promise<Front> {
  const key = await keptKey(options.keyFile);
  let own = '';
  const allowed = (message: IncomingMessage) => {
    const { host, origin } = message.headers;
    return host === own && (origin === undefined || origin === `http://${own}`);
  };
  const server = createServer((incoming, answer) => {
    if (!allowed(incoming)) return refuse(answer);
    if (incoming.url?.split('?')[0] === mintKeyPath) return giveKey(answer, key);
    return forward(incoming, answer, options.socketPath);
  });
  const open = new Set<Duplex>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!allowed(incoming)) return socket.destroy();
    upgrade(incoming, socket, head, options.socketPath);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(options.port ?? 0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  own = `127.0.0.1:${port}`;
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      for (const socket of open) socket.destroy();
    });
  return { url: `http://${own}`, port, stop };
}

async function keptKey(file: string): Promise<Buffer> {
  const kept = await readFile(file).catch(() => undefined);
  if (kept?.length === 32) return kept;
  const fresh = randomBytes(32);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, fresh, { mode: 0o600 });
  return fresh;
}

function refuse(answer: ServerResponse): void {
  answer.writeHead(403, { 'content-type': 'text/plain' }).end('Only for pages of this server\n');
}

function giveKey(answer: ServerResponse, key: Buffer): void {
  answer.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' }).end(key);
}

function forward(incoming: IncomingMessage, answer: ServerResponse, socketPath: string): void {
  const { method, url, headers } = incoming;
  const behind = request({ socketPath, method, path: url, headers }, (response) => {
    const given = { ...response.headers };
    if (response.headers['content-type']?.startsWith('text/html')) {
      const cookie = `${secretKeyCookie}=${encodeURIComponent(mintKeyPath)}; Path=/; SameSite=Strict`;
      given['set-cookie'] = [...(given['set-cookie'] ?? []), cookie];
    }
    answer.writeHead(response.statusCode ?? 502, given);
    response.pipe(answer);
  });
  behind.on('error', () => {
    if (!answer.headersSent) answer.writeHead(502, { 'content-type': 'text/plain' });
    answer.end('The VS Code server does not answer\n');
  });
  answer.on('close', () => behind.destroy());
  incoming.pipe(behind);
}

function upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer, socketPath: string): void {
  const { method, url, headers } = incoming;
  const behind = request({ socketPath, method, path: url, headers });
  const end = () => socket.destroy();
  behind.on('error', end);
  behind.on('response', end);
  behind.on('upgrade', (response, other: Duplex, otherHead: Buffer) => {
    const lines = [
      `HTTP/1.1 ${response.statusCode ?? 101} ${response.statusMessage ?? 'Switching Protocols'}`,
    ];
    for (let at = 0; at < response.rawHeaders.length; at += 2) {
      lines.push(`${response.rawHeaders[at]}: ${response.rawHeaders[at + 1]}`);
    }
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    if (otherHead.length) socket.write(otherHead);
    if (head.length) other.write(head);
    socket.pipe(other).pipe(socket);
    for (const [one, two] of [
      [socket, other],
      [other, socket],
    ] as const) {
      one.on('error', () => two.destroy());
      one.on('close', () => two.destroy());
    }
  });
  socket.on('error', () => behind.destroy());
  behind.end();
}
