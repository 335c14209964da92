import type { Rule } from '../../rule';
import { absoluteTerm } from './absoluteTerm';
import { ambiguousPronoun } from './ambiguousPronoun';
import { andOr } from './andOr';
import { escapeClause } from './escapeClause';
import { failureAsWhen } from './failureAsWhen';
import { negativeRequirement } from './negativeRequirement';
import { noFailureCriterion } from './noFailureCriterion';
import { numberWithoutUnit } from './numberWithoutUnit';
import { openEndedList } from './openEndedList';
import { passiveWithoutActor } from './passiveWithoutActor';
import { placeholder } from './placeholder';
import { purposePhrase } from './purposePhrase';
import { severalActions } from './severalActions';
import { solutionWord } from './solutionWord';
import { stateAsWhen } from './stateAsWhen';
import { termDrift } from './termDrift';
import { tooLong } from './tooLong';
import { undefinedSystem } from './undefinedSystem';
import { userStoryForm } from './userStoryForm';
import { vagueQuantity } from './vagueQuantity';
import { vagueTerm } from './vagueTerm';
import { vagueTime } from './vagueTime';
import { weakInfinitive } from './weakInfinitive';

/** Q: how well a criterion says what it says. By code. */
export const qualityRules: readonly Rule[] = [
  vagueTerm,
  escapeClause,
  openEndedList,
  vagueTime,
  vagueQuantity,
  placeholder,
  failureAsWhen,
  stateAsWhen,
  severalActions,
  undefinedSystem,
  termDrift,
  weakInfinitive,
  passiveWithoutActor,
  negativeRequirement,
  andOr,
  absoluteTerm,
  ambiguousPronoun,
  purposePhrase,
  solutionWord,
  numberWithoutUnit,
  tooLong,
  userStoryForm,
  noFailureCriterion,
];
