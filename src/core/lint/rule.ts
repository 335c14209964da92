/** What a rule is. To add one: a file in `rules/`, and a line in `rules/index.ts`. */
import type { Criterion } from '../ears/model';
import type { Sentence } from '../ears/parseSentence';
import type {
  DocumentKind,
  Finding,
  Fix,
  Requirement,
  RequirementsDocument,
  Severity,
  SpecDocument,
  SpecDocuments,
} from '../spec/model';
import type { TextRange } from '../util/textRange';

export type RuleSet = 'recommended' | 'incose-full';
/** `strict`: EARS as published. `kiro`: what Kiro's documents do is right. `auto`: what most of the file does is. */
export type Dialect = 'strict' | 'kiro' | 'auto';
export type Level = Severity | 'off';

/** What a rule says about a place; its id is filled in from the rule. */
export type Found = Omit<Finding, 'rule'>;

/** What a rule is called, how much it matters, and its page (`earshot explain`). */
export interface RuleInfo {
  /** Readable and stable, written in settings and suppressions: `vague-term`. */
  readonly id: string;
  /** The reference code: `Q01`. */
  readonly code: string;
  /** What it finds, in a few words: `Vague term`. */
  readonly title: string;
  /** By rule set; in the dialects named, that level instead. */
  readonly levels: Readonly<Record<RuleSet, Level>> & { readonly strict?: Level; readonly auto?: Level };
  /** Why it matters, in a few sentences of Markdown. */
  readonly why: string;
  /** An example that it finds, and the same made right. */
  readonly bad: string;
  readonly good: string;
  /** The document that the examples are a piece of; a single criterion where undefined. */
  readonly examplesIn?: DocumentKind;
  /** Where it comes from: `INCOSE GtWR R7`, `EARS 2016`. */
  readonly source: string;
  /** Why no edit can be offered, or not everywhere: a sentence of its page. */
  readonly byHand?: string;
}

/** What a rule may look at when it judges one criterion. */
export interface CriterionContext {
  readonly criterion: Criterion;
  /** The criterion's text and how the grammar took it apart; offsets count in the text. */
  readonly text: string;
  readonly sentence: Sentence;
  readonly requirement: Requirement;
  readonly document: RequirementsDocument;
  /** The spec's documents, for fixes that reach further. */
  readonly documents: SpecDocuments;
  readonly dialect: Dialect;
  /** The criterion's text with code and quoted words hidden, of the same length. */
  readonly visible: string;
}

/** Judges one criterion at a time. Not asked about the clauses that tell a bug fix's defect. */
export interface CriterionRule extends RuleInfo {
  readonly scope: 'criterion';
  /** Whether it is asked about sentences with a modal verb only, or without; about all where undefined. */
  readonly modal?: boolean;
  /** Whether its findings count from the start of the criterion's text, as the sentence does; else from the document's. */
  readonly local?: boolean;
  check(context: CriterionContext): readonly Found[];
}

export interface RequirementsContext {
  readonly document: RequirementsDocument;
  /** Those of a bug fix's defect left out. */
  readonly requirements: readonly Requirement[];
  readonly documents: SpecDocuments;
  readonly dialect: Dialect;
}

/** Judges requirements.md as a whole, for what would be noise at each single place. */
export interface RequirementsRule extends RuleInfo {
  readonly scope: 'requirements';
  check(context: RequirementsContext): readonly Found[];
}

/** Judges the documents of a spec against each other. */
export interface SpecRule extends RuleInfo {
  readonly scope: 'spec';
  check(documents: SpecDocuments): readonly (Found & { readonly document: DocumentKind })[];
}

/** What the documents' readers find by themselves; here it has its code, level and page. */
export interface ReaderRule extends RuleInfo {
  readonly scope: 'reader';
  /** What mends a finding of it; readers know one document only, and have no time for it. */
  readonly mend?: Mend;
}

export type Mend = (finding: Finding, document: SpecDocument, documents: SpecDocuments) => readonly Fix[];

export type Rule = CriterionRule | RequirementsRule | SpecRule | ReaderRule;

const NONE: readonly never[] = [];

/** A pattern's matches in the visible text of a criterion, with their ranges in the document. */
export function matchesIn(
  { visible, criterion }: Pick<CriterionContext, 'visible' | 'criterion'>,
  pattern: RegExp,
): readonly {
  readonly index: number;
  readonly length: number;
  readonly range: TextRange;
  readonly words: string;
}[] {
  // Nearly always there is none: looking costs less than setting out to list them.
  if (visible.search(pattern) === -1) return NONE;
  return [...visible.matchAll(pattern)].map(({ index, 0: words }) => {
    const start = criterion.range.start + index;
    return { index, length: words.length, range: { start, end: start + words.length }, words };
  });
}
