/** Messages between the extension and the review panel. One shape each way; see `channel.ts`. */
import type { ClauseRole, EarsPattern } from '../core/ears/model';
import type { DocumentKind, PhaseState, Severity } from '../core/spec/model';

export interface ReviewClause {
  readonly role: ClauseRole;
  readonly keyword: string;
  readonly text: string;
}

export interface ReviewFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The words it is about, to be underlined: offsets into the criterion's `text`. */
  readonly start: number;
  readonly end: number;
  /** Title of the fix, when there is one that can be applied by `fix`. */
  readonly fix: string | undefined;
  /** Offset in the document: identifies the finding for `fix`. */
  readonly offset: number;
}

export interface ReviewComment {
  readonly id: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
  /** The person's own: only those are edited. */
  readonly own: boolean;
}

/** What is said about one place. */
export interface ReviewThread {
  readonly id: string;
  readonly comments: readonly ReviewComment[];
  readonly resolved: boolean;
  /** It was part of a request, and nothing was said in it since. */
  readonly sent: boolean;
  /** The part and the words that it was begun on. */
  readonly part: string;
  readonly quote: string;
  /** `changed`: the words are no longer there; `gone`: nor is the part. */
  readonly place: 'there' | 'changed' | 'gone';
}

/** A link that was confirmed for another text of its criterion. */
export interface ReviewSuspect {
  /** `criterion`: it names the one that was edited. */
  readonly kind: 'section' | 'property' | 'task' | 'test' | 'code' | 'criterion';
  readonly id: string;
  readonly reason: string;
}

/** What a person may comment on, filter and jump to: a criterion, a requirement's head, or another part of a document. */
export interface ReviewItem {
  readonly id: string;
  readonly text: string;
  readonly findings: readonly ReviewFinding[];
  readonly threads: readonly ReviewThread[];
  /** Since the approval; undefined where there is none, or it still stands. */
  readonly changed: 'changed' | 'added' | undefined;
  readonly suspects: readonly ReviewSuspect[];
  /** Offset in the document, for `open` and `comment`. */
  readonly offset: number;
}

export interface ReviewCriterion extends ReviewItem {
  readonly pattern: EarsPattern;
  readonly clauses: readonly ReviewClause[];
  /** Titles of design sections, ids of properties and tasks that name this criterion. */
  readonly sections: readonly string[];
  readonly properties: readonly string[];
  readonly tasks: readonly string[];
  /** Undefined until code was looked at. */
  readonly tests: readonly ReviewTest[] | undefined;
}

/** A place in a test that names a criterion, or a property of it. */
export interface ReviewTest {
  /** `test/redirect.test.ts:12`. */
  readonly label: string;
  /** Below the workspace folder. */
  readonly path: string;
  readonly line: number;
}

/** As an item it is its head: everything before its first criterion. */
export interface ReviewRequirement extends ReviewItem {
  readonly title: string;
  readonly userStory: string | undefined;
  /** Markdown of what else its head says: besides title, story and the heading of its criteria; mostly empty. */
  readonly aside: string;
  readonly criteria: readonly ReviewCriterion[];
  /** What else stands in it, in order: words below a criterion, a section of its own. */
  readonly notes: readonly ReviewPart[];
}

/** A section, property or task, or words that stand in none: its `text` is the Markdown of it alone. */
export interface ReviewPart extends ReviewItem {
  /** Unique in the document. */
  readonly key: string;
  /** Below how many tasks it stands. */
  readonly depth: number;
}

/** A document that is shown as Markdown: design and tasks. */
export interface ReviewProse {
  readonly markdown: string;
  readonly parts: readonly ReviewPart[];
}

export interface ReviewStep {
  readonly kind: DocumentKind;
  readonly fileName: string;
  readonly state: PhaseState;
  /** What it is called: `changes requested`. */
  readonly words: string;
  /** `7 of 12 done`, `approved by Ada`. */
  readonly note: string;
  /** Its approval names its parts: what was not edited since is still approved. */
  readonly byPart: boolean;
  /** Something in it is open, though it may be approved: it is suspect, or changes were asked for. */
  readonly open?: true;
  /** The next document may be drafted from it. */
  readonly ready: boolean;
}

/** A revision that waits for the person's decision. */
export interface ReviewRevision {
  readonly session: string;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
  /** Part by part, in the order of the document. */
  readonly changes: readonly ReviewChange[];
  /** How many parts are as they were. */
  readonly unchanged: number;
  /** What was left out of the model's answer, and what only a person can settle. */
  readonly notes?: readonly string[];
}

export interface ReviewChange {
  readonly key: string;
  /** Of what it is made of: what moved is gone there and new here. */
  readonly keys: readonly string[];
  readonly id: string;
  readonly what: 'reworded' | 'added' | 'removed' | 'moved';
  /** What moved was called so before. */
  readonly from?: string;
  /** Its words: those of both, those that are gone, those that are new. */
  readonly words: readonly { readonly text: string; readonly is: 'kept' | 'gone' | 'new' }[];
}

/** A text that the document had, or was to have. */
export interface ReviewRound {
  /** `start`, `now`, or the session that proposed it. */
  readonly key: string;
  readonly label: string;
  /** `accepted`; empty for what nobody proposed. */
  readonly note: string;
}

export interface ReviewComparison {
  readonly from: string;
  readonly to: string;
  readonly changes: readonly ReviewChange[];
  readonly unchanged: number;
}

export interface ReviewModel {
  readonly spec: string;
  readonly type: 'feature' | 'bugfix';
  readonly steps: readonly ReviewStep[];
  /** The step that is shown. */
  readonly shown: DocumentKind;
  readonly requirements: readonly ReviewRequirement[];
  /**
   * What else a document of requirements says, in order: title, introduction, glossary, evidence. Where each stands among
   * the requirements, offsets say. Empty for a document that is shown as Markdown.
   */
  readonly sections: readonly ReviewPart[];
  readonly prose: ReviewProse | undefined;
  /** Document-level findings: those of no criterion. */
  readonly findings: readonly ReviewFinding[];
  /** About none of its criteria, requirements or parts, or about what is gone. */
  readonly threads: readonly ReviewThread[];
  /** Criteria that no task names, where there are tasks. */
  readonly withoutTask: readonly string[];
  /** How many safe fixes “fix all” would do. */
  readonly safeFixes: number;
  /** Undefined: the agent may be used. Else why not (restricted, no model). */
  readonly modelMissing: string | undefined;
  /** The reason for `modelMissing` is that the workspace is not trusted. */
  readonly restricted?: boolean;
  readonly rehearsed: boolean;
  readonly revision: ReviewRevision | undefined;
  /** The text before the first revision, each revision, and the text as it is now. Empty where nothing was revised. */
  readonly rounds: readonly ReviewRound[];
  /** Two rounds side by side, where they were asked for. */
  readonly comparison: ReviewComparison | undefined;
  /** Why changes of the last revision were refused: goes with the next request. */
  readonly objections: readonly { readonly id: string; readonly because: string }[];
  /** A model is writing this document now. */
  readonly busy: boolean;
  /** Why the draft is not whole, when it is not. */
  readonly incomplete: string | undefined;
}

export type ToReview =
  | { readonly type: 'model'; readonly model: ReviewModel }
  | { readonly type: 'error'; readonly message: string };

export type FromReview =
  | { readonly type: 'ready' }
  | { readonly type: 'show'; readonly kind: DocumentKind }
  | { readonly type: 'approve'; readonly kind: DocumentKind }
  | { readonly type: 'requestChanges'; readonly kind: DocumentKind; readonly text: string }
  | {
      readonly type: 'decideRevision';
      readonly session: string;
      readonly accepted: boolean;
      /** Keys of the changes that are left out. */
      readonly refused: readonly string[];
      /** Why, of those where the person said it. */
      readonly objections: readonly { readonly id: string; readonly because: string }[];
    }
  /** Compares two rounds of the shown document; without any, no more. */
  | { readonly type: 'compare'; readonly rounds: { readonly from: string; readonly to: string } | undefined }
  | { readonly type: 'showRevision'; readonly session: string }
  | { readonly type: 'fix'; readonly rule: string; readonly offset: number }
  | { readonly type: 'fixAll'; readonly kind: DocumentKind }
  /** A new thread: on the part at `start`, or on these words of it. */
  | {
      readonly type: 'comment';
      readonly kind: DocumentKind;
      readonly start: number;
      readonly quote: string;
      readonly text: string;
    }
  | { readonly type: 'answerComment'; readonly thread: string; readonly text: string }
  | {
      readonly type: 'rewordComment';
      readonly thread: string;
      readonly comment: string;
      readonly text: string;
    }
  | {
      readonly type: 'removeComment';
      readonly thread: string;
      readonly comment: string;
      /** The answers below it go, too. */
      readonly isFirst: boolean;
    }
  | { readonly type: 'resolveComments'; readonly threads: readonly string[]; readonly resolved: boolean }
  /** All open comments of the document, as one request for changes. */
  | { readonly type: 'sendComments'; readonly kind: DocumentKind }
  /** What is suspect in the document is right all the same. */
  | { readonly type: 'confirmLinks'; readonly kind: DocumentKind }
  /** Shows the design with its diagrams drawn. */
  | { readonly type: 'preview' }
  /** Begins a conversation about a place of the document. */
  | { readonly type: 'ask'; readonly kind: DocumentKind; readonly id: string; readonly text: string }
  /** Shows a criterion in the trace panel. */
  | { readonly type: 'trace'; readonly criterion: string }
  /** Opens the document at the offset. */
  | { readonly type: 'open'; readonly kind: DocumentKind; readonly offset: number }
  | { readonly type: 'openTest'; readonly path: string; readonly line: number }
  | { readonly type: 'draft'; readonly kind: DocumentKind }
  /** Carry the criteria that changed into design and tasks. */
  | { readonly type: 'refine' }
  /** Adds tasks for criteria that have none. */
  | { readonly type: 'syncTasks' }
  /** The way out of `modelMissing`: choose a model, or trust the workspace where it is restricted. */
  | { readonly type: 'setUp' }
  | { readonly type: 'cancel' };
