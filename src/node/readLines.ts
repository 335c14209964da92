import type { FileHandle } from 'node:fs/promises';
import type { LinesWanted, TextPart } from '../core/ports';
import type { AbortSignal } from '../core/util/abort';

const LF = 10;
const CR = 13;
/** The longest character of UTF-8. */
const BYTES = 4;

/** Reads until the wanted lines are there: a part of a file, with no more of it in memory than is asked for. */
export async function readLines(
  handle: FileHandle,
  wanted: LinesWanted,
  signal: AbortSignal,
): Promise<TextPart> {
  const collector = new LineCollector(wanted);
  const stream = handle.createReadStream({ highWaterMark: 1 << 20, autoClose: false });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      collector.take(chunk);
      if (collector.full) return { ...collector.part, more: true };
    }
  } finally {
    stream.destroy();
  }
  collector.end();
  return { ...collector.part, more: collector.full && !collector.reached };
}

class LineCollector {
  readonly #wanted: LinesWanted;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #lines: { readonly text: string; readonly cut: number }[] = [];
  #isText = true;
  #room: number;
  /** Of the line that is read now. */
  #number = 1;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #bytes = 0;
  #afterCr = false;
  /** Nothing more is wanted. */
  full = false;
  /** The last line that is wanted is there. */
  reached = false;

  constructor(wanted: LinesWanted) {
    this.#wanted = wanted;
    this.#room = wanted.characters;
  }

  get part(): Pick<TextPart, 'lines' | 'isText'> {
    return { lines: this.#lines, isText: this.#isText };
  }

  take(chunk: Buffer): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const sign = chunk[at];
      if (sign !== LF && sign !== CR) continue;
      const isPair = sign === LF && (at === 0 ? this.#afterCr : chunk[at - 1] === CR);
      if (!isPair) {
        this.#keep(chunk.subarray(from, at));
        this.end();
        if (this.full) return;
      }
      from = at + 1;
    }
    this.#keep(chunk.subarray(from));
    this.#afterCr = chunk.at(-1) === CR;
  }

  #isWanted(): boolean {
    return this.#number >= this.#wanted.first && this.#number <= this.#wanted.last;
  }

  #keep(piece: Buffer): void {
    if (!this.#isWanted()) return;
    this.#bytes += piece.length;
    const part = piece.subarray(0, Math.max(0, this.#wanted.lineLength * BYTES - this.#keptBytes));
    this.#keptBytes += part.length;
    // A copy: the piece lies in a buffer that is many times larger.
    if (part.length > 0) this.#kept.push(Buffer.from(part));
  }

  /** The line is over. */
  end(): void {
    if (this.#isWanted() && !this.#add()) {
      this.full = true;
      return;
    }
    this.reached = this.#number >= this.#wanted.last;
    this.full = this.reached;
    this.#number++;
    [this.#kept, this.#keptBytes, this.#bytes] = [[], 0, 0];
  }

  /** False where it is too much together with those before. */
  #add(): boolean {
    const text = this.#decoder.decode(Buffer.concat(this.#kept)).slice(0, this.#wanted.lineLength);
    this.#room -= text.length;
    if (this.#room < 0 && this.#lines.length > 0) return false;
    // The last character may be cut in half.
    if (text.includes('\0') || text.slice(0, -1).includes('\uFFFD')) this.#isText = false;
    this.#lines.push({ text, cut: this.#bytes - Buffer.byteLength(text) });
    return true;
  }
}
