import type { Rule } from '../rule';
import { conflictRules } from './conflicts';
import { qualityRules } from './quality';
import { structureRules } from './structure';
import { syntaxRules } from './syntax';

/** All rules. To add one: a file in one of these folders, and a line in its `index.ts`. */
export const rules: readonly Rule[] = [...structureRules, ...syntaxRules, ...qualityRules, ...conflictRules];

const BY_ID: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleById(id: string): Rule | undefined {
  return BY_ID.get(id);
}
