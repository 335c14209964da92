/** Who covers what: criterion ↔ design, property, task, test and code, as one graph. */
import type { DocumentKind } from '../spec/model';
import type { TextRange } from '../util/textRange';

/** What a link comes from; `design` is a section that names the criterion in its running text. */
export const LEVELS = ['design', 'property', 'task', 'test', 'code'] as const;
export type Level = (typeof LEVELS)[number];

/** Where a link is written: in a document of the spec, or in a file below the workspace folder, lines from 1. */
export type LinkPlace =
  | { readonly document: DocumentKind; readonly range: TextRange }
  | { readonly path: string; readonly line: number };

/** `suspect`: the criterion, or the code that is its evidence, is not what it was when a person confirmed the link. */
export type Status = 'covered' | 'suspect' | 'uncovered';

export interface TraceLink {
  readonly level: Level;
  /** What it comes from: `task:2.1`, `property:3`, `design:Storage`, `test:test/a.test.ts`, `code:src/a.ts`, `code:src/a.ts:3-9`. */
  readonly from: string;
  /** As a person calls it: `2.1`, `test/a.test.ts:12`. */
  readonly label: string;
  /** The criterion. */
  readonly to: string;
  readonly status: 'covered' | 'suspect';
  /** Why it is suspect. */
  readonly reason?: string;
  /** Of a test that proves a property: which. */
  readonly by?: string;
  readonly place: LinkPlace;
}

/** A link to what does not exist. */
export interface Orphan {
  readonly from: string;
  readonly label: string;
  readonly to: string;
  /** `which is not there` where undefined. */
  readonly because?: string;
  readonly place: LinkPlace;
}

export interface CriterionTrace {
  readonly id: string;
  readonly requirement: string;
  readonly text: string;
  readonly levels: Readonly<Record<Level, { readonly status: Status; readonly links: readonly TraceLink[] }>>;
  /** The least of the required levels: a chain is as strong as its weakest link. */
  readonly deep: Status;
}

export interface Coverage {
  readonly covered: number;
  readonly suspect: number;
  readonly total: number;
}

export interface TraceGraph {
  readonly spec: string;
  /** Was code looked at? Without, tests and code are not known. */
  readonly withCode: boolean;
  /**
   * The levels that count for `deep`: `task` always; `test` where code was looked at; `property` where the design
   * has correctness properties; `code` where any code says what it implements, or the criteria were derived from it. Never `design`: a design need not name
   * criteria one by one.
   */
  readonly required: readonly Level[];
  readonly criteria: readonly CriterionTrace[];
  readonly orphans: readonly Orphan[];
  /** Ids that are defined more than once: nobody knows what a link to them means. */
  readonly duplicates: readonly string[];
  readonly coverage: Readonly<Record<Level | 'deep', Coverage>>;
}

/** `Feature: <spec>, Property N` and `Verifies: <spec>#1.2` in tests, `Implements: <spec>#1.2` in code. */
export interface CodeTag {
  readonly kind: 'property' | 'verifies' | 'implements';
  readonly spec: string;
  /** Property or criterion ids. */
  readonly ids: readonly string[];
  /** Below the workspace folder. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** A person's word that a link is right, for a criterion of this text. */
export interface LinkRecord {
  readonly v: 1;
  readonly from: string;
  readonly to: string;
  readonly hash: string;
  /** Of code that is evidence: the hash of its lines then. */
  readonly code?: string;
}
