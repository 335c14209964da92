import type { Requirement } from '../../../spec/model';
import type { RequirementsRule } from '../../rule';
import { isFailure } from './failureAsWhen';

const FALLIBLE =
  /\b(?:calls?|uploads?|downloads?|saves?|stores?|sends?|fetch(?:es)?|parses?|authenticates?|connects?|imports?|exports?|writes?|persists?|syncs?|synchroni[sz]es?|deploys?|installs?)\b/i;

export const noFailureCriterion: RequirementsRule = {
  scope: 'requirements',
  id: 'no-failure-criterion',
  code: 'Q23',
  title: 'No criterion for what goes wrong',
  levels: { recommended: 'off', 'incose-full': 'info' },
  why: 'What calls, sends or saves can fail. If the requirement does not say what happens then, whoever builds it decides alone.',
  bad: '### Requirement 1\n#### Acceptance Criteria\n1. WHEN a form is sent, THE Shop SHALL save the order',
  good: '### Requirement 1\n#### Acceptance Criteria\n1. WHEN a form is sent, THE Shop SHALL save the order\n2. IF the order cannot be saved, THEN THE Shop SHALL keep the form',
  examplesIn: 'requirements',
  source: 'EARS 2009; INCOSE GtWR C4',
  check: ({ requirements }) =>
    requirements.flatMap((requirement) =>
      isFallible(requirement) && !tellsFailure(requirement)
        ? [
            {
              message: `Requirement ${requirement.id} does things that can fail, and no criterion says what happens then. Add an IF …, THEN.`,
              range: requirement.headingRange,
            },
          ]
        : [],
    ),
};

function isFallible({ criteria }: Requirement): boolean {
  return criteria.some(({ clauses }) =>
    clauses.some(({ role, text }) => role === 'response' && FALLIBLE.test(text)),
  );
}

function tellsFailure({ criteria }: Requirement): boolean {
  return criteria.some(({ clauses }) =>
    clauses.some(({ role, text }) => role === 'if' || (role === 'when' && isFailure(text))),
  );
}
