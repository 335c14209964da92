/**
 * One acceptance criterion, parsed by EARS (Easy Approach to Requirements Syntax, Mavin et al. 2009, 2016)
 * in the dialects that Kiro's documents use.
 */
import type { TextRange } from '../util/textRange';
import type { Sentence } from './parseSentence';

export type EarsPattern =
  | 'ubiquitous'
  | 'event-driven'
  | 'state-driven'
  | 'optional-feature'
  | 'unwanted-behaviour'
  | 'complex'
  /** `FOR ALL x, … SHALL …`: shaped like a property. */
  | 'quantified'
  /** `GIVEN … WHEN … THEN …` without SHALL. */
  | 'gherkin'
  | 'none';

export type ClauseRole =
  | 'where'
  | 'while'
  | 'when'
  | 'if'
  | 'then'
  | 'system'
  | 'response'
  | 'quantifier'
  | 'text';

/** A piece of the sentence. Clauses are in order, do not overlap, and cover what was understood. */
export interface Clause {
  readonly role: ClauseRole;
  /** As written: `WHEN`, `If`; empty where the clause has none (an absent THE). */
  readonly keyword: string;
  readonly keywordRange: TextRange;
  /** Without the keyword and its separators. For `system`, the name without its article. */
  readonly text: string;
  readonly range: TextRange;
}

export interface Criterion {
  /**
   * `1.2`: requirement and position among all its criteria, sub-headings and lists that begin anew counted through;
   * or its own label, `AC-1.2`.
   */
  readonly id: string;
  /** The criterion's text as written, its list marker left out. */
  readonly text: string;
  /** Range of `text` in the document. */
  readonly range: TextRange;
  /** What names it in the document: the item's number `2`, or its label `AC-1.2`. Empty where nothing does. */
  readonly idRange: TextRange;
  readonly pattern: EarsPattern;
  /** How the grammar took it apart; its offsets count from the start of `text`. For rules. */
  readonly sentence: Sentence;
  readonly clauses: readonly Clause[];
}
