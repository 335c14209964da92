import type { Rule } from '../../rule';

/** A: criteria that cannot both hold, by their words. */
export const conflictRules: readonly Rule[] = [];
