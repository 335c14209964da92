/** What can be asked of a model about a document, and what comes of it. */

import type { Sessions } from '../../agent/session/sessions';
import type { Attachment } from '../../agent/turn/attachments';
import type { LintConfig } from '../../lint/config';
import type { FileSystem, Ports } from '../../ports';
import type { DocumentKind, DocumentSnapshot } from '../../spec/model';
import type { KeptStart } from '../beginnings/start';
import type { Prompt } from '../prompts/draftPrompt';
import type { Composed } from '../upkeep/partAnswers';

/** A document that is being written: its session, and a promise that settles when that has ended. */
export interface Draft {
  readonly session: string;
  /** Rejects with what a person should read. */
  readonly done: Promise<void>;
}

export interface DraftRequest {
  readonly root: string;
  readonly spec: string;
  readonly specId: string | undefined;
  readonly kind: DocumentKind;
  readonly idea: string | undefined;
  /** The documents before this one. */
  readonly before: readonly DocumentSnapshot[];
  /** Are there correctness properties in this spec? */
  readonly properties: boolean;
  /** The document's text as it was asked for; only this is ever replaced. */
  readonly current: string | undefined;
  /** What the first document is made from, beside the idea. */
  readonly start?: KeptStart | undefined;
  /** Keeps the start's pictures beside the log of the session. */
  readonly keepPictures?: ((session: string) => Promise<readonly Attachment[]>) | undefined;
}

export type RevisionRequest = DraftRequest & {
  readonly current: string;
  /** The parts that the wish is about, as comments name them; none: the whole document. */
  readonly about: readonly string[];
};

export interface Drafting {
  draft(request: DraftRequest): Promise<Draft>;
  revise(request: RevisionRequest, wish: string): Promise<Draft>;
  /** Has the model answer in parts, of which a revision is made. */
  reviseParts(request: PartsRequest): Promise<Draft>;
}

export interface PartsRequest {
  readonly root: string;
  readonly spec: string;
  readonly kind: DocumentKind;
  readonly current: string;
  /** The documents that it refers to. */
  readonly before: readonly DocumentSnapshot[];
  readonly title: string;
  /** The session of a revision that waits, and that this one is made for. */
  readonly follows?: string | undefined;
  readonly prompt: (steering: string) => Prompt;
  /** Makes the document of the answer; throws what a person should read. */
  readonly compose: (answer: string) => Composed;
}

export interface DraftingOptions {
  readonly ports: Ports;
  readonly sessions: Sessions;
  readonly lint: (root: string) => LintConfig;
  /** The files of a workspace folder as the agent may read them. */
  readonly reading: (root: string) => Promise<FileSystem>;
  /** What is always included, as a part of a prompt. */
  readonly steering: (root: string) => Promise<string>;
  readonly refresh: (spec: string) => Promise<unknown>;
}
