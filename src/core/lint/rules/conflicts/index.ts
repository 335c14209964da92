import type { Rule } from '../../rule';
import { antonymActions } from './antonymActions';
import { disjointBounds } from './disjointBounds';
import { oppositePolarity } from './oppositePolarity';
import { repeatedCriterion } from './repeatedCriterion';
import { repeatedElsewhere } from './repeatedElsewhere';

/** A: criteria that cannot both hold, or say the same, by their words. */
export const conflictRules: readonly Rule[] = [
  repeatedCriterion,
  oppositePolarity,
  antonymActions,
  disjointBounds,
  repeatedElsewhere,
];
