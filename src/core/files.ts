/** Files and what happens to them, as the core asks for them. */
import type { AbortSignal } from './util/abort';
import type { Disposable } from './util/disposable';

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Names that a file has, where it has several: what is written under one is under all. */
  readonly names?: number;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: FileStat['kind'];
}

/** Lines from `first` to `last` (from 1, both included), each and all together no longer than these many characters. */
export interface LinesWanted {
  readonly first: number;
  readonly last: number;
  readonly lineLength: number;
  readonly characters: number;
}

export interface TextPart {
  /** `cut`: bytes of the line that were left out at its end. */
  readonly lines: readonly { readonly text: string; readonly cut: number }[];
  /** Lines follow. */
  readonly more: boolean;
  /** False when the lines hold what is no UTF-8, or NUL. */
  readonly isText: boolean;
}

/** Files as text (UTF-8; a byte order mark is kept as U+FEFF). Missing things are `undefined`, not errors. */
export interface FileSystem {
  /**
   * Undefined when there is no such file. Rejects on any other failure (`FileError`), also for what is no file: a device
   * or a pipe has no end.
   * @param most Bytes; for what may come from anybody
   */
  readText(path: string, most?: number): Promise<string | undefined>;
  /** A part of a file of any size, as it is on the disk, read as a stream. Undefined when there is no such file. */
  readLines(path: string, wanted: LinesWanted, signal: AbortSignal): Promise<TextPart | undefined>;
  /** Writes whole or not at all (temporary file, fsync, rename); creates parent folders; keeps the mode. */
  writeText(path: string, text: string): Promise<void>;
  /** Appends whole lines and fsyncs, after ending one that a crash tore; creates parent folders. A part may be there when it rejects. */
  appendLines(path: string, text: string): Promise<void>;
  /**
   * One at a time acts on a file that several write: all windows and command lines of this machine wait for each other.
   * Whose process is gone holds nothing. Creates parent folders; rejects as the act does.
   */
  alone<T>(path: string, act: () => Promise<T>): Promise<T>;
  /** Entries sorted by name; empty when there is no such folder. Links are not followed. */
  list(path: string): Promise<readonly FolderEntry[]>;
  stat(path: string): Promise<FileStat | undefined>;
  remove(path: string): Promise<void>;
  /**
   * Renames a file, a link, or a folder with all that is in it; keeps bytes and modes, creates parent folders. In one step where
   * both are on one disk, else the whole copy is there before anything is removed. Rejects when there is something at `to`.
   */
  move(from: string, to: string): Promise<void>;
  /** Copies a file, or a folder with all that is in it; links are copied as links. Rejects when there is something at `to`. */
  copy(from: string, to: string): Promise<void>;
  /**
   * The path with every link resolved. For a path that does not exist yet: its nearest existing parent is
   * resolved (dangling links too) and the rest appended, so that a check on the result cannot be escaped.
   */
  realPath(path: string): Promise<string>;
  /** Starts a file's new text in the person's editor where there is one: see `TextSink`. */
  openSink(path: string): Promise<TextSink>;
}

/** A document that grows while a model writes it. The file exists from the start; `close` makes it durable. */
export interface TextSink {
  append(text: string): Promise<void>;
  close(): Promise<void>;
  /** The file went elsewhere: nothing more is written where it was. */
  drop(): Promise<void>;
}

export class FileError extends Error {
  readonly reason: 'permission' | 'full' | 'notAFile' | 'tooLarge' | 'readOnly' | 'other';
  readonly path: string;
  constructor(reason: FileError['reason'], path: string, cause?: unknown) {
    super(`${path}: ${reason}`, { cause });
    this.name = 'FileError';
    this.reason = reason;
    this.path = path;
  }
}

export interface FileChange {
  readonly path: string;
  /** `edited`: an open editor's text, not saved yet. */
  readonly kind: 'created' | 'changed' | 'deleted' | 'edited';
}

/** Changes below a folder, links not followed, `.git` and `node_modules` left out. May arrive twice. */
export interface FileWatcher {
  watch(folder: string, listener: (change: FileChange) => void): Disposable;
}
