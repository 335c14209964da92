/** What proves that a task is done, or why it is not. Written by the runner alone; a model's words are no part of it. */

/** `verify`: the task's own; the others are the workspace's, confirmed once by the person. */
export type CheckKind = 'verify' | 'test' | 'types' | 'lint';

/** A command that is run before and after the agent. */
export interface Check {
  readonly kind: CheckKind;
  readonly command: string;
  /** Where it comes from, for people: `_Verify` of the task, or a file of the project. */
  readonly source: string;
}

/** As a test runner counted them. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface CheckResult {
  readonly outcome: 'passed' | 'failed' | 'timedOut' | 'notStarted';
  readonly exitCode: number | undefined;
  readonly durationMs: number;
  /** Undefined where its output tells of no tests. */
  readonly tests?: TestCounts;
  /** Names of tests that failed, or problems of a compiler or linter, where its output tells them. */
  readonly failing?: readonly string[];
  /** How many more there are than are named. */
  readonly more?: number;
  /** Files and titles of tests that passed, as far as its output names them. Left out of records. */
  readonly ran?: readonly string[];
  /** A sentence, where neither an exit code nor a test says what went wrong: it did not end, or could not be started. */
  readonly why?: string;
  /** The last of its output, enough to see why. */
  readonly tail: string;
}

export interface ComparedCheck extends Check {
  /** Undefined: it was not run before. */
  readonly before?: CheckResult;
  readonly after: CheckResult;
  /** `noProof`: it ran and says nothing: no tests, or skipped ones only. */
  readonly verdict: 'passed' | 'noWorse' | 'worse' | 'failed' | 'noProof';
}

export interface TouchedFile {
  /** Below the workspace folder. */
  readonly path: string;
  readonly change: 'added' | 'changed' | 'deleted';
  /** Lines; 0 for what is no text. */
  readonly added: number;
  readonly removed: number;
  /** Outside of the task's `_Boundary`. */
  readonly outside?: true;
}

/** A criterion of the task's `_Requirements`, and the tests that name it and were executed. */
export interface ProvedCriterion {
  readonly id: string;
  readonly status: 'proved' | 'unproven';
  /** `test/a.test.ts:12`. */
  readonly tests: readonly string[];
  readonly why?: string;
}

/** Ways to make a check green without doing the work. Each keeps the box open. */
export type Suspicion =
  | 'emptyDiff'
  | 'testsSkipped'
  | 'testsRemoved'
  | 'assertionsWeakened'
  | 'checkNotRun'
  | 'checkChanged'
  | 'outsideBoundary';

/** An answer of the reviewer, who never sees the implementer's conversation. */
export interface ReviewedCriterion {
  readonly id: string;
  readonly met: boolean;
  readonly why: string;
  /** `src/a.ts:12`. */
  readonly places: readonly string[];
}

/** One try of one task. A record a line in `.earshot/evidence.jsonl`, for the try that settled it. */
export interface Evidence {
  readonly v: 1;
  /** Id of the task; its key where it has none. */
  readonly task: string;
  readonly title: string;
  /** Of the task's text: evidence is for these words. */
  readonly hash: string;
  readonly run: string;
  readonly session: string;
  /** ISO 8601. */
  readonly at: string;
  readonly verdict: 'proved' | 'refuted' | 'unproven';
  /** Sentences for a person; empty when proved. */
  readonly reasons: readonly string[];
  readonly checks: readonly ComparedCheck[];
  readonly files: readonly TouchedFile[];
  readonly criteria: readonly ProvedCriterion[];
  readonly suspicions: readonly { readonly kind: Suspicion; readonly detail: string }[];
  /** Why nothing had to be changed, in the agent's words: a claim, shown as one. */
  readonly nothingToChange?: string;
  /** What proves it, though its tests were red before and are: a sentence. */
  readonly despite?: string;
  readonly review?: readonly ReviewedCriterion[];
  readonly tries: number;
  readonly durationMs: number;
  /** USD; undefined where the price is not known. */
  readonly cost: number | undefined;
}
