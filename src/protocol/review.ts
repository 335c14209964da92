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

export interface ReviewCriterion {
  readonly id: string;
  readonly text: string;
  readonly pattern: EarsPattern;
  readonly clauses: readonly ReviewClause[];
  readonly findings: readonly ReviewFinding[];
  /** Offset in the document, for `open`. */
  readonly offset: number;
  /** Ids of properties and tasks that name this criterion. */
  readonly properties: readonly string[];
  readonly tasks: readonly string[];
}

export interface ReviewRequirement {
  readonly id: string;
  readonly title: string;
  readonly userStory: string | undefined;
  readonly criteria: readonly ReviewCriterion[];
  readonly offset: number;
}

/** A document that is shown as Markdown: design and tasks. */
export interface ReviewProse {
  readonly markdown: string;
}

export interface ReviewStep {
  readonly kind: DocumentKind;
  readonly fileName: string;
  readonly state: PhaseState;
  /** `7 of 12 done`, `approved by Ada`. */
  readonly note: string;
}

/** A revision that waits for the person's decision. */
export interface ReviewRevision {
  readonly session: string;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
  /** Part by part, in the order of the document. */
  readonly changes: readonly ReviewChange[];
  /** What was left out of the model's answer, and what only a person can settle. */
  readonly notes?: readonly string[];
}

export interface ReviewChange {
  readonly key: string;
  readonly id: string;
  readonly what: 'reworded' | 'added' | 'removed';
  /** Its words: those of both, those that are gone, those that are new. */
  readonly words: readonly { readonly text: string; readonly is: 'kept' | 'gone' | 'new' }[];
}

export interface ReviewModel {
  readonly spec: string;
  readonly type: 'feature' | 'bugfix';
  readonly steps: readonly ReviewStep[];
  /** The step that is shown. */
  readonly shown: DocumentKind;
  readonly requirements: readonly ReviewRequirement[];
  readonly prose: ReviewProse | undefined;
  /** Document-level findings: those of no criterion. */
  readonly findings: readonly ReviewFinding[];
  /** Undefined: the agent may be used. Else why not (restricted, no model). */
  readonly modelMissing: string | undefined;
  /** The reason for `modelMissing` is that the workspace is not trusted. */
  readonly restricted?: boolean;
  readonly rehearsed: boolean;
  readonly revision: ReviewRevision | undefined;
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
    }
  | { readonly type: 'showRevision'; readonly session: string }
  | { readonly type: 'fix'; readonly rule: string; readonly offset: number }
  /** Opens the document at the offset. */
  | { readonly type: 'open'; readonly kind: DocumentKind; readonly offset: number }
  | { readonly type: 'draft'; readonly kind: DocumentKind }
  /** Carry the criteria that changed into design and tasks. */
  | { readonly type: 'refine' }
  /** The way out of `modelMissing`: choose a model, or trust the workspace where it is restricted. */
  | { readonly type: 'setUp' }
  | { readonly type: 'cancel' };
