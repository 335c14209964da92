/**
 * A client that started us: messages on standard input and output, until it closes them. A server that has tools alone needs
 * five methods of the protocol, so that here the SDK, which takes longer to load than all the rest, is not loaded.
 */
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { AbortSignal } from '../../core/util/abort';
import { createDialogue } from './dialogue';
import type { ServerOptions } from './options';

/** Characters of one message. */
const LONGEST = 16 * 1024 * 1024;

export async function serveStdio(
  options: ServerOptions,
  streams: { readonly stdin: Readable; readonly stdout: Writable },
  signal: AbortSignal,
): Promise<void> {
  const { stdin, stdout } = streams;
  const dialogue = createDialogue(options, (message) => {
    if (stdout.writable) stdout.write(`${JSON.stringify(message)}\n`);
  });
  await new Promise<void>((resolve) => {
    eachLine(stdin, dialogue.hear, () => {
      options.log.warn('The other agent sent a line of more than 16 MB');
      resolve();
    });
    stdin
      .once('end', resolve)
      .once('close', resolve)
      .once('error', () => resolve());
    stdout.once('error', () => resolve()).once('close', resolve);
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  dialogue.end();
  // Else it keeps the process, where a signal ended it.
  stdin.destroy();
}

function eachLine(stream: Readable, onLine: (line: string) => void, onTooLong: () => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (part: Buffer) => {
    const lines = (rest + decoder.write(part)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onLine(line);
    if (rest.length > LONGEST) onTooLong();
  });
}
