/**
 * What is read from `.kiro/specs/<name>/`. Immutable; every node carries the range of the text it came from,
 * so that whoever shows it can jump there and whoever changes it edits only those characters.
 * Formats: kiro.dev's documents as found in public repositories; read leniently, never re-printed.
 */
import type { Criterion } from '../ears/model';
import type { Block } from '../markdown/blocks';
import type { TextEdit, TextRange } from '../util/textRange';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** An edit of a spec's document; of the one that it was made for where no other is named. */
export interface DocumentEdit extends TextEdit {
  readonly document?: DocumentKind;
}

/** A way to mend a finding. */
export interface Fix {
  /** What it does, as a menu says it: `Insert THEN`. */
  readonly title: string;
  /** Nobody would mind it done unasked: it changes form, not meaning. Only these run in “fix all”. */
  readonly safe: boolean;
  /** Computed when somebody asks: splitting a criterion rewrites references all over the spec. */
  edits(): readonly DocumentEdit[];
}

/** Something worth saying about a document, at a place. What rules and readers return; they never throw. */
export interface Finding {
  /** Readable rule id, `failure-as-when`; every one has a page (`core/lint`). */
  readonly rule: string;
  readonly message: string;
  readonly range: TextRange;
  /** The best first. */
  readonly fixes?: readonly Fix[];
  /** Other places that it is about. */
  readonly related?: readonly {
    readonly message: string;
    readonly range: TextRange;
    /** The same document where none is named. */
    readonly document?: DocumentKind;
  }[];
}

/** A finding, weighed by the lint configuration in force. */
export interface Problem extends Finding {
  /** The reference code: `Q07`. */
  readonly code: string;
  readonly severity: Severity;
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
  /** `1`; `1.2` or `GE-1` in hand-made documents; its position where no heading counts requirements. */
  readonly id: string;
  /** The id in its heading; empty where that spells none. */
  readonly idRange: TextRange;
  readonly title: string;
  readonly userStory: { readonly text: string; readonly range: TextRange } | undefined;
  readonly criteria: readonly Criterion[];
  readonly headingRange: TextRange;
  readonly range: TextRange;
}

/** A place that names requirements, criteria, properties or tasks by their ids: `1.2` or `1.2-1.5`. */
export interface Reference {
  /** As written, the range's two ends included; nothing around it. */
  readonly range: TextRange;
  /** What it names, ranges expanded. */
  readonly ids: readonly string[];
  /** The id tokens in it: one, or both ends of a range. */
  readonly tokens: readonly { readonly id: string; readonly range: TextRange }[];
}

/** What every document has. */
interface DocumentBase {
  /** The whole text; every range counts in it. */
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly title: string;
  readonly sections: readonly Section[];
  /** What its reader found wrong with its structure. */
  readonly findings: readonly Finding[];
}

/** requirements.md and bugfix.md; the clauses of a bug fix are criteria of the requirements 1, 2 and 3. */
export interface RequirementsDocument extends DocumentBase {
  readonly kind: 'requirements' | 'bugfix';
  readonly glossary: readonly GlossaryTerm[];
  readonly requirements: readonly Requirement[];
}

export interface CorrectnessProperty {
  /** The number as written: `1`. */
  readonly id: string;
  readonly title: string;
  /** Criterion or requirement ids, ranges expanded. */
  readonly validates: readonly string[];
  /** Where it names them. */
  readonly references: readonly Reference[];
  /** The number in its heading. */
  readonly idRange: TextRange;
  readonly headingRange: TextRange;
  readonly range: TextRange;
}

export interface DesignDocument extends DocumentBase {
  readonly kind: 'design';
  readonly properties: readonly CorrectnessProperty[];
}

/** As in the file: ` ` open, `-` in progress, `x` or `X` done, `~` queued. */
export type TaskState = 'open' | 'inProgress' | 'done' | 'queued';

export interface Task {
  /** `2` or `2.1`; undefined for an item without a number. */
  readonly id: string | undefined;
  /** The number as written, without a dot after it; undefined for an item without one. */
  readonly idRange: TextRange | undefined;
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
  /** `_Requirements: All_`: it is about every criterion. */
  readonly coversAll: boolean;
  /** Where it names them: `_Requirements: …_`, `**Validates: …**`. */
  readonly references: readonly Reference[];
  /** The correctness properties that it is about: `**Property 3: …**`. */
  readonly properties: readonly Reference[];
  /** The tasks of `_Depends: …_`. */
  readonly depends: readonly Reference[];
  /** The globs of `_Boundary: …_`: its own, else those of the nearest task around it that has some. */
  readonly boundary: readonly string[];
  /** The command of `_Verify: <command>_`. */
  readonly verify: string | undefined;
  readonly children: readonly Task[];
}

/** Tasks that may run side by side, as `## Task Dependency Graph` says. */
export interface Wave {
  /** Its position, from 0. */
  readonly index: number;
  readonly name: string | undefined;
  /** Where it names its tasks. */
  readonly tasks: readonly Reference[];
}

export interface TasksDocument extends DocumentBase {
  readonly kind: 'tasks';
  /** Top-level tasks in document order. */
  readonly tasks: readonly Task[];
  /** Empty where the document has no dependency graph. */
  readonly waves: readonly Wave[];
}

export type SpecDocument = RequirementsDocument | DesignDocument | TasksDocument;
export type DocumentKind = SpecDocument['kind'];

/** What was read of a spec, for whoever looks across its documents. Pure: no path, no approval. */
export interface SpecDocuments {
  readonly requirements?: RequirementsDocument;
  readonly design?: DesignDocument;
  readonly tasks?: TasksDocument;
}

/** `.config.kiro`, one line of JSON, written by Kiro at creation. */
export interface SpecConfig {
  readonly specId: string | undefined;
  readonly workflowType: string | undefined;
  readonly specType: 'feature' | 'bugfix' | undefined;
  /** Ours, under a key that Kiro does not look at: drafted in one pass, without approvals between. */
  readonly quick: boolean;
  /** Ours: false where the spec does without correctness properties and property tests. */
  readonly properties: boolean;
}

/**
 * Derived, never stored. `incomplete`: a draft that was cut off and not touched since; `drafting`: a model
 * is writing it now; `requested`: somebody asked for changes, and that is not settled; `claimed`: there is an approval
 * of this very text, but nothing here proves whose. `phase.ts` says how, and what each is called.
 */
export type PhaseState =
  | 'missing'
  | 'drafting'
  | 'incomplete'
  | 'draft'
  | 'requested'
  | 'claimed'
  | 'approved'
  | 'changed';

/**
 * What an approval record is worth here; only one that is verified approves. `role`: verified, by somebody whose role
 * this person has not accepted.
 */
export type ApprovalStanding = 'verified' | 'unsigned' | 'unknown' | 'role' | 'forged' | 'copied';

/** Where a workspace asks for more than one person's yes to a text. */
export interface Votes {
  /** How many people. */
  readonly needed: number;
  /** Names of those whose approval of this text counts. */
  readonly given: readonly string[];
  /** Roles of which nobody has approved it. */
  readonly missing: readonly string[];
}

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
  /** What the rules say about it, by the lint configuration in force, in document order. */
  readonly problems: readonly Problem[];
  /** The latest verified approval of this document, whether its content still stands or not. */
  readonly approval: Approval | undefined;
  /** The latest record that says so and proves nothing, where there is no approval of this text. */
  readonly claim: Claim | undefined;
  /** Undefined where one person's yes is enough. */
  readonly votes: Votes | undefined;
  /** Changes were asked for: a revision is made or waits for a decision, or comments that were sent are not resolved. */
  readonly requested: boolean;
  /** Its parts that name a criterion which was edited since a person confirmed the link. */
  readonly suspects: number;
  /** What was edited since the approval; undefined where that still stands, or where there is none. */
  readonly changes: PartChanges | undefined;
}

export interface Claim extends Approval {
  readonly standing: ApprovalStanding;
  /** The public key that signed it. */
  readonly key: string | undefined;
  /** What the workspace says that they are, where it asks for roles. */
  readonly roles: readonly string[];
}

/** Which parts differ from those that were approved, by their names (`1.2`, `## Glossary`), in the order of the document. */
export interface PartChanges {
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** One spec at one moment. */
export interface Spec {
  readonly name: string;
  /** In `.config.kiro`; stays when the folder is renamed. */
  readonly specId: string | undefined;
  /** Its folder. */
  readonly path: string;
  /** The workspace folder it belongs to. */
  readonly root: string;
  readonly type: 'feature' | 'bugfix';
  /** Drafted in one pass: its documents wait for approval together. */
  readonly quick: boolean;
  /** False: without correctness properties. */
  readonly properties: boolean;
  /** In order of the workflow: requirements or bugfix, design, tasks; where it says so, the design first. */
  readonly documents: readonly DocumentSnapshot[];
  /** Leaf tasks that are required. */
  readonly progress: Progress;
  /** The same, if somebody asked for it before: a list of many specs need not read all their tasks to be shown. */
  readonly knownProgress: Progress | undefined;
  /** Of all its documents, and of .config.kiro. */
  readonly problems: readonly Problem[];
}
