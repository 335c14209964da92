import type { Rule } from '../rule';
import { escapeClause } from './escapeClause';
import { failureAsWhen } from './failureAsWhen';
import { openEndedList } from './openEndedList';
import { placeholder } from './placeholder';
import { readerRules } from './readerRules';
import { syntaxRules } from './syntaxRules';
import { undefinedSystem } from './undefinedSystem';
import { vagueTerm } from './vagueTerm';

/** All rules, by code. To add one, write a file beside these and name it here. */
export const rules: readonly Rule[] = [
  ...readerRules,
  ...syntaxRules,
  vagueTerm,
  escapeClause,
  openEndedList,
  placeholder,
  failureAsWhen,
  undefinedSystem,
];

const BY_ID: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleById(id: string): Rule | undefined {
  return BY_ID.get(id);
}
