import type { Rule } from '../../rule';
import { readerRules } from './readerRules';

/** D and E12x: the documents' own structure, and what they name of each other. */
export const structureRules: readonly Rule[] = readerRules;
