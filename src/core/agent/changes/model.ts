/** What a turn changed, as a set that a person goes through before the next turn. */

/** A copy of a file, out of the workspace: see `FileCopies`. */
export interface KeptFile {
  /** SHA-256 of its bytes. */
  readonly id: string;
  readonly size: number;
  /** SHA-256 of its text without a byte order mark, where it is UTF-8. */
  readonly text?: string;
  /** May it be run? */
  readonly executable: boolean;
}

/** A file that a call is about to change. */
export interface Touch {
  /** Relative to the workspace folder, as all paths here. */
  readonly path: string;
  /** It is moved from there. */
  readonly from?: string;
  readonly deletes?: true;
  /** What was there before; undefined: nothing, or nobody reviews. */
  readonly kept?: KeptFile;
  /** Further files that the call changes with it. */
  readonly also?: readonly Pick<Touch, 'path' | 'kept'>[];
  /** A person reviews it at the end of the turn. */
  readonly reviewed: boolean;
}

/** Of a file: its text, or what is no text by its hash. Undefined: no such file. */
export type Content = string | { readonly bytes: string } | undefined;

export interface ChangedFile {
  readonly path: string;
  /** It was there when the turn began. */
  readonly from?: string;
  readonly before: Content;
  /** As the agent left it. */
  readonly after: Content;
  /** The bytes of `before`; undefined where there were none, or they are not what the agent began from. */
  readonly kept?: KeptFile;
  /** Somebody else changed it between the agent's steps, and whose line is whose cannot be told. */
  readonly mixed?: true;
}

/** What became of one path. */
export interface PathStep extends Omit<ChangedFile, 'from'> {
  /** Where the file that is here now was when the turn began. */
  readonly origin?: string;
}

/** Of a file: the whole of it, or these of its hunks. */
export type Refused = 'all' | readonly number[];

/** By path; what is not named is kept. */
export type Choices = Readonly<Record<string, Refused>>;

/** A refusal that was not carried out: somebody else changed the file meanwhile. */
export interface LeftFile {
  readonly path: string;
  readonly why: string;
}

export interface ChangeSet {
  /** Path by path, from which `files` are put together. */
  readonly steps: readonly PathStep[];
  readonly files: readonly ChangedFile[];
  /** `growing`: the turn goes on. `open`: waits for the person. `decided`: is carried out. */
  readonly state: 'growing' | 'open' | 'decided' | 'settled';
  /** Nobody is asked about those of an agent that may do all. */
  readonly reviewed: boolean;
  readonly refused: Choices;
  readonly left: readonly LeftFile[];
  /** Commands ran as well: what they changed is not in the list. */
  readonly commands: boolean;
}

export function sameContent(a: Content, b: Content): boolean {
  if (typeof a === 'object' && typeof b === 'object') return a.bytes === b.bytes && a.bytes !== '';
  return a === b;
}
