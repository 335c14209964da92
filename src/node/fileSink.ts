import type { FileHandle } from 'node:fs/promises';
import type { TextSink } from '../core/ports';

/** Long enough to gather a model's words, short enough that a person sees the file grow. */
const FLUSH_MS = 50;

/**
 * A sink over an open file. `append` resolves at once; a write that failed rejects the next `append` or
 * `close`. `close` writes what is left and fsyncs; closing twice is harmless.
 */
export function createFileSink(handle: FileHandle, toError: (error: unknown) => Error): TextSink {
  let buffer = '';
  let timer: NodeJS.Timeout | undefined;
  let failure: Error | undefined;
  let writing: Promise<void> = Promise.resolve();
  let closing: Promise<void> | undefined;

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(async () => {
      const text = buffer;
      buffer = '';
      if (text === '' || failure) return;
      try {
        await handle.appendFile(text, 'utf8');
      } catch (error) {
        failure = toError(error);
      }
    });
    return writing;
  }

  async function finish(): Promise<void> {
    await flush();
    try {
      if (!failure) await handle.sync();
    } catch (error) {
      failure = toError(error);
    } finally {
      await handle.close();
    }
    if (failure) throw failure;
  }

  return {
    async append(text) {
      if (failure) throw failure;
      if (closing) throw new Error('The sink is closed.');
      buffer += text;
      timer ??= setTimeout(() => void flush(), FLUSH_MS);
    },
    close() {
      closing ??= finish();
      return closing;
    },
    async drop() {
      await this.close().catch(() => {});
    },
  };
}
