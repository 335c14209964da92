/** Messages between the extension and the trace panel. One shape each way; see `channel.ts`. */
import type { ClauseRole, EarsPattern } from '../core/ears/model';
import type { DocumentKind } from '../core/spec/model';
import type { Level, Status } from '../core/trace/model';

/** A place to go to: in a document of the spec, or in a file below its workspace folder. */
export type TracePlace =
  | { readonly document: DocumentKind; readonly offset: number }
  | { readonly path: string; readonly line: number };

export interface TraceLinkView {
  /** As a cell says it: `2.1`, `P3`, `redirector.ts`. */
  readonly short: string;
  /** As the chain says it: `2.1 Serve from the read cache`, `src/redirector.ts:41`. */
  readonly label: string;
  readonly status: 'covered' | 'suspect';
  /** Why it is suspect. */
  readonly reason: string | undefined;
  /** Of a test that proves a property: which. */
  readonly by: string | undefined;
  readonly place: TracePlace;
}

export interface TraceCell {
  readonly status: Status;
  readonly links: readonly TraceLinkView[];
}

export interface TraceCriterion {
  readonly id: string;
  readonly text: string;
  readonly pattern: EarsPattern;
  readonly clauses: readonly { readonly role: ClauseRole; readonly keyword: string; readonly text: string }[];
  /** The least of the levels that count. */
  readonly status: Status;
  readonly cells: Readonly<Record<Level, TraceCell>>;
  readonly place: TracePlace;
}

export interface TraceGroup {
  readonly id: string;
  readonly title: string;
  readonly criteria: readonly TraceCriterion[];
}

/** A link to what does not exist. */
export interface TraceOrphan {
  readonly level: Level;
  readonly label: string;
  /** What it names. */
  readonly to: string;
  readonly place: TracePlace;
}

export interface TraceModel {
  readonly spec: string;
  /** Its folder: names may be equal. */
  readonly path: string;
  readonly groups: readonly TraceGroup[];
  readonly orphans: readonly TraceOrphan[];
  /** Ids that are defined more than once. */
  readonly duplicates: readonly string[];
  /** The levels that count for a criterion's status. */
  readonly required: readonly Level[];
  /** Documents that are yet to be written: what they would hold is not missing yet. */
  readonly missing: readonly DocumentKind[];
  /** `reading`: code is being looked at, so tests and code are not known yet. */
  readonly code: 'read' | 'reading';
  /** Why code could not be read. */
  readonly codeProblem: string | undefined;
}

export type ToTrace =
  | { readonly type: 'model'; readonly model: TraceModel }
  | { readonly type: 'error'; readonly message: string }
  /** Shows a criterion. */
  | { readonly type: 'reveal'; readonly criterion: string };

/** What can be drafted: code is written by doing tasks. */
export type DraftableLevel = Exclude<Level, 'code'>;

export type FromTrace =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly place: TracePlace }
  /** All links of a criterion are right for what it says now. */
  | { readonly type: 'confirm'; readonly criterion: string }
  /** Has what is missing at a level drafted for a criterion. */
  | { readonly type: 'draftMissing'; readonly criterion: string; readonly level: DraftableLevel }
  /** Adds tasks for all criteria that have none. */
  | { readonly type: 'syncTasks' }
  | { readonly type: 'export' }
  | { readonly type: 'review' };
