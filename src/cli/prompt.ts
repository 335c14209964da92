/** Questions to whoever sits at the terminal: written to standard error, so that results can go elsewhere. */
import type { AbortSignal } from '../core/util/abort';

export interface Prompt {
  /** A whole line. */
  say(text: string): void;
  /** The line that the person types; undefined when there will be none any more. Rejects with the signal's reason. */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>;
}

export function createPrompt(input: NodeJS.ReadableStream, output: { write(text: string): unknown }): Prompt {
  let isOver = false;
  return {
    say: (text) => void output.write(`${text}\n`),
    async ask(question, signal) {
      signal?.throwIfAborted();
      if (isOver) return undefined;
      output.write(question);
      // Few commands ask, and it takes a moment to load.
      const { createInterface } = await import('node:readline');
      signal?.throwIfAborted();
      // The terminal edits the line itself, and Ctrl+C stays a signal to the process.
      const lines = createInterface({ input, terminal: false });
      return new Promise((resolve, reject) => {
        const stop = (): void => {
          reject(signal?.reason);
          lines.close();
        };
        const onClose = (): void => {
          isOver = true;
          output.write('\n');
          resolve(undefined);
        };
        signal?.addEventListener('abort', stop, { once: true });
        lines.once('line', (line) => {
          signal?.removeEventListener('abort', stop);
          lines.off('close', onClose);
          resolve(line.trim());
          lines.close();
        });
        lines.once('close', onClose);
      });
    },
  };
}
