import type { GlossaryTerm, Problem, RequirementsDocument, Severity } from '../../spec/model';
import type { TextRange } from '../../util/textRange';
import type { Criterion } from '../model';

/** What a rule says about a place; its id, code and severity are filled in from the rule. */
export type Finding = Pick<Problem, 'message' | 'range' | 'fix'>;

/** What a rule may look at when it judges one criterion. */
export interface CriterionContext {
  readonly criterion: Criterion;
  /** The criterion's text with code and quoted words hidden, of the same length. */
  readonly visible: string;
  readonly glossary: readonly GlossaryTerm[];
}

interface RuleBase {
  /** Readable and stable, written in suppressions: `vague-term`. */
  readonly id: string;
  /** The reference code: `Q01`. */
  readonly code: string;
  readonly severity: Severity;
  /** What it finds, in a few words. */
  readonly title: string;
}

/** Judges one criterion at a time. */
export interface CriterionRule extends RuleBase {
  readonly scope: 'criterion';
  check(context: CriterionContext): readonly Finding[];
}

/** Judges a document as a whole, for what would be noise at each single place. */
export interface DocumentRule extends RuleBase {
  readonly scope: 'document';
  check(document: Pick<RequirementsDocument, 'glossary' | 'requirements'>): readonly Finding[];
}

export type Rule = CriterionRule | DocumentRule;

/** A pattern's matches in the visible text of a criterion, with their ranges in the document. */
export function matchesIn(
  { visible, criterion }: CriterionContext,
  pattern: RegExp,
): readonly {
  readonly index: number;
  readonly length: number;
  readonly range: TextRange;
  readonly words: string;
}[] {
  return [...visible.matchAll(pattern)].map(({ index, 0: words }) => {
    const start = criterion.range.start + index;
    return { index, length: words.length, range: { start, end: start + words.length }, words };
  });
}
