/**
 * What is read from `.kiro/specs/<name>/`. Immutable; every node carries the range of the text it came from,
 * so that whoever shows it can jump there and whoever changes it edits only those characters.
 * Formats: kiro.dev's documents as found in public repositories; read leniently, never re-printed.
 */
import type { Criterion } from '../ears/model';
import type { TextRange } from '../util/textRange';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** Something worth saying about a document, at a place. Analysis returns these; it never throws. */
export interface Problem {
  /** Readable rule id, `failure-as-when`. */
  readonly rule: string;
  /** The reference code, `Q07`; absent for structural problems. */
  readonly code?: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  readonly fix?: { readonly title: string; readonly edits: readonly { range: TextRange; newText: string }[] };
}

export interface Section {
  readonly level: number;
  readonly title: string;
  /** The heading line. */
  readonly headingRange: TextRange;
  /** From the heading to the next one of the same or a higher level. */
  readonly range: TextRange;
}

export interface GlossaryTerm {
  readonly name: string;
  readonly definition: string;
  readonly range: TextRange;
}

export interface Requirement {
  /** `1`, or `1.2` in hand-made documents. */
  readonly id: string;
  readonly title: string;
  readonly userStory: { readonly text: string; readonly range: TextRange } | undefined;
  readonly criteria: readonly Criterion[];
  readonly headingRange: TextRange;
  readonly range: TextRange;
}

/** requirements.md and bugfix.md; the clauses of a bug fix are criteria of the requirements 1, 2 and 3. */
export interface RequirementsDocument {
  readonly kind: 'requirements' | 'bugfix';
  readonly title: string;
  readonly sections: readonly Section[];
  readonly glossary: readonly GlossaryTerm[];
  readonly requirements: readonly Requirement[];
  readonly problems: readonly Problem[];
}

export interface CorrectnessProperty {
  /** The number as written: `1`. */
  readonly id: string;
  readonly title: string;
  /** Criterion ids, ranges expanded. */
  readonly validates: readonly string[];
  readonly range: TextRange;
}

export interface DesignDocument {
  readonly kind: 'design';
  readonly title: string;
  readonly sections: readonly Section[];
  readonly properties: readonly CorrectnessProperty[];
  readonly problems: readonly Problem[];
}

/** As in the file: ` ` open, `-` in progress, `x` or `X` done, `~` queued. */
export type TaskState = 'open' | 'inProgress' | 'done' | 'queued';

export interface Task {
  /** `2` or `2.1`; undefined for an item without a number. */
  readonly id: string | undefined;
  /** Stable within one reading: the id where it is unique, else `@<line>`. */
  readonly key: string;
  readonly title: string;
  readonly state: TaskState;
  readonly optional: boolean;
  /** Line of the checkbox, from 0. */
  readonly line: number;
  /** The one character between the brackets. */
  readonly stateRange: TextRange;
  /** The checkbox line. */
  readonly headRange: TextRange;
  /** The line and its details, sub-tasks included. */
  readonly range: TextRange;
  /** Detail bullets without their marker, `_Requirements:_` and the like left out. */
  readonly details: readonly string[];
  /** Criterion or requirement ids of `_Requirements: …_`, ranges expanded; free text left out. */
  readonly requirements: readonly string[];
  /** The command of `_Verify: <command>_`. */
  readonly verify: string | undefined;
  readonly children: readonly Task[];
}

export interface TasksDocument {
  readonly kind: 'tasks';
  readonly title: string;
  /** Top-level tasks in document order. */
  readonly tasks: readonly Task[];
  readonly problems: readonly Problem[];
}

export type SpecDocument = RequirementsDocument | DesignDocument | TasksDocument;
export type DocumentKind = SpecDocument['kind'];

/** `.config.kiro`, one line of JSON, written by Kiro at creation. */
export interface SpecConfig {
  readonly specId: string | undefined;
  readonly workflowType: string | undefined;
  readonly specType: 'feature' | 'bugfix' | undefined;
}

/**
 * Derived, never stored. `incomplete`: a draft that was cut off and not touched since; `drafting`: a model
 * is writing it now.
 */
export type PhaseState = 'missing' | 'drafting' | 'incomplete' | 'draft' | 'approved' | 'changed';

export interface Approval {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly hash: string;
}

export interface DocumentSnapshot {
  readonly kind: DocumentKind;
  readonly path: string;
  readonly state: PhaseState;
  /** Undefined when the document is missing. */
  readonly text: string | undefined;
  readonly document: SpecDocument | undefined;
  /** The latest approval of this document, whether its content still stands or not. */
  readonly approval: Approval | undefined;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** One spec at one moment. */
export interface Spec {
  readonly name: string;
  /** Its folder. */
  readonly path: string;
  /** The workspace folder it belongs to. */
  readonly root: string;
  readonly type: 'feature' | 'bugfix';
  /** In order of the workflow: requirements or bugfix, design, tasks. */
  readonly documents: readonly DocumentSnapshot[];
  /** Leaf tasks that are required. */
  readonly progress: Progress;
  readonly problems: readonly Problem[];
}
