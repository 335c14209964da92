import type { Rule } from '../../rule';
import { escapeClause } from './escapeClause';
import { failureAsWhen } from './failureAsWhen';
import { openEndedList } from './openEndedList';
import { placeholder } from './placeholder';
import { undefinedSystem } from './undefinedSystem';
import { vagueTerm } from './vagueTerm';

/** Q: how well a criterion says what it says. By code. */
export const qualityRules: readonly Rule[] = [
  vagueTerm,
  escapeClause,
  openEndedList,
  placeholder,
  failureAsWhen,
  undefinedSystem,
];
