/** A client that started us: messages on standard input and output, until it closes them. */
import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { AbortSignal } from '../../core/util/abort';
import { createMcpServer, type ServerOptions } from './server';

export async function serveStdio(
  options: ServerOptions,
  streams: { readonly stdin: Readable; readonly stdout: Writable },
  signal: AbortSignal,
): Promise<void> {
  const { stdin, stdout } = streams;
  const server = createMcpServer(options);
  const ended = new Promise<void>((resolve) => {
    stdin
      .once('end', resolve)
      .once('close', resolve)
      .once('error', () => resolve());
    stdout.once('error', () => resolve()).once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    server.onclose = () => resolve();
  });
  await server.connect(new StdioServerTransport(stdin, stdout));
  await ended;
  await server.close();
  // Else it keeps the process, where a signal ended it.
  stdin.destroy();
}
