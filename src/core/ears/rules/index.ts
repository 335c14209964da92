import { escapeClause } from './escapeClause';
import { failureAsWhen } from './failureAsWhen';
import { openEndedList } from './openEndedList';
import { placeholder } from './placeholder';
import type { Rule } from './rule';
import { undefinedSystem } from './undefinedSystem';
import { vagueTerm } from './vagueTerm';

/** All quality rules, by code. To add one, write a file beside these and name it here. */
export const rules: readonly Rule[] = [
  vagueTerm,
  escapeClause,
  openEndedList,
  placeholder,
  failureAsWhen,
  undefinedSystem,
];
