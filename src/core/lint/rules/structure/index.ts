import type { Rule } from '../../rule';
import { readerRules } from './readerRules';
import { taskOrderRules } from './taskOrder';
import { uncoveredCriterion } from './uncoveredCriterion';
import { unknownReference } from './unknownReference';

/** D, E12x, S and T: the documents' own structure, suppressions, and what documents name of each other. */
export const structureRules: readonly Rule[] = [
  ...readerRules,
  unknownReference,
  uncoveredCriterion,
  ...taskOrderRules,
];
