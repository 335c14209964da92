import { insertCriterion } from '../../../spec/edits/reorderCriteria';
import type { Fix, Requirement, SpecDocuments } from '../../../spec/model';
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
  why: 'What calls, sends or saves can fail. If the requirement does not say what happens then, whoever builds it decides alone. A question rather than a defect: where another requirement covers it, leave it.',
  bad: '### Requirement 1\n#### Acceptance Criteria\n1. WHEN a form is sent, THE Shop SHALL save the order',
  good: '### Requirement 1\n#### Acceptance Criteria\n1. WHEN a form is sent, THE Shop SHALL save the order\n2. IF the order cannot be saved, THEN THE Shop SHALL keep the form',
  examplesIn: 'requirements',
  source: 'EARS 2009; INCOSE GtWR C4',
  check: ({ requirements, documents }) =>
    requirements.flatMap((requirement) =>
      isFallible(requirement) && !tellsFailure(requirement)
        ? [
            {
              message: `Requirement ${requirement.id} does things that can fail, and no criterion says what happens then. Add an IF …, THEN.`,
              range: requirement.headingRange,
              fixes: skeleton(documents, requirement),
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

/** A criterion to fill in, after the others; of the system that can fail. */
function skeleton(documents: SpecDocuments, { id, criteria }: Requirement): readonly Fix[] {
  const fallible = criteria.findLast(({ clauses }) =>
    clauses.some(({ role, text }) => role === 'response' && FALLIBLE.test(text)),
  );
  const system = fallible?.clauses.find(({ role }) => role === 'system');
  if (system === undefined || /[\r\n]/.test(system.text)) return [];
  const modal = fallible?.clauses.find(({ role }) => role === 'response')?.keyword ?? '';
  const capitals = modal === modal.toUpperCase();
  const name = `${system.keyword} ${system.text}`.trim();
  const text = capitals
    ? `IF TBD, THEN ${name} SHALL TBD`
    : `If TBD, then ${name.charAt(0).toLowerCase() + name.slice(1)} shall TBD`;
  return [
    {
      title: 'Add IF TBD, THEN …',
      safe: false,
      edits: () => insertCriterion(documents, id, criteria.length, text),
    },
  ];
}
