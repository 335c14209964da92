/**
 * What an editor knows of the code besides its text: the problems that it shows, and what its own language servers
 * answer. Paths are absolute; lines and characters count from 0, as in `util/textRange.ts`.
 */
import type { AbortSignal } from '../util/abort';
import type { TextPosition } from '../util/textRange';

export interface CodePlace extends TextPosition {
  readonly path: string;
}

export interface CodeProblem extends CodePlace {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  /** Who says so: `ts 2304`. */
  readonly source: string;
}

export interface CodeSymbol extends CodePlace {
  readonly name: string;
  /** `function`, `class` … */
  readonly kind: string;
  /** How deep it lies in others, from 0. */
  readonly depth: number;
}

/** The changes to one file. */
export interface FileChanges {
  readonly path: string;
  readonly edits: readonly {
    readonly start: TextPosition;
    readonly end: TextPosition;
    readonly newText: string;
  }[];
}

export interface KnownProblems {
  readonly problems: readonly CodeProblem[];
  /** False for a file that is in no tab: many languages look at it only then, so that none may mean nothing. */
  readonly sure: boolean;
}

export interface EditorServices {
  /** Of one file, or of all that the editor looked at. A file that is not open is opened unseen first. */
  problems(path: string | undefined, signal: AbortSignal): Promise<KnownProblems>;
  definitions(place: CodePlace, signal: AbortSignal): Promise<readonly CodePlace[]>;
  references(place: CodePlace, signal: AbortSignal): Promise<readonly CodePlace[]>;
  /** The outline of a file. */
  outline(path: string, signal: AbortSignal): Promise<readonly CodeSymbol[]>;
  /** Symbols of the whole workspace by name. */
  symbols(name: string, signal: AbortSignal): Promise<readonly CodeSymbol[]>;
  /** What a rename would change; nothing is changed. Rejects with what the language says against it. */
  rename(place: CodePlace, newName: string): Promise<readonly FileChanges[]>;
}
