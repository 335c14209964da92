import type { Rule } from '../../rule';
import { clauseOrder } from './clauseOrder';
import { emptyClause } from './emptyClause';
import { emptyResponse } from './emptyResponse';
import { foreignKeyword } from './foreignKeyword';
import { ifWithoutThen } from './ifWithoutThen';
import { keywordCase } from './keywordCase';
import { missingComma } from './missingComma';
import { missingShall } from './missingShall';
import { missingSystem } from './missingSystem';
import { multipleTriggers } from './multipleTriggers';
import { secondShall } from './secondShall';
import { strayIntroduction } from './strayIntroduction';
import { thenWithoutCondition } from './thenWithoutCondition';
import { trailingCondition } from './trailingCondition';
import { unnamedSubject } from './unnamedSubject';
import { weakModal } from './weakModal';
import { whenThen } from './whenThen';

/** E and K: the form of a criterion. By code. */
export const syntaxRules: readonly Rule[] = [
  missingShall,
  weakModal,
  missingSystem,
  unnamedSubject,
  clauseOrder,
  missingComma,
  ifWithoutThen,
  foreignKeyword,
  multipleTriggers,
  thenWithoutCondition,
  strayIntroduction,
  secondShall,
  trailingCondition,
  emptyResponse,
  emptyClause,
  keywordCase,
  whenThen,
];
