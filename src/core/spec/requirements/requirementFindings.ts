import type { Finding, Requirement } from '../model';

/** What is wrong with the numbers of a document's requirements. */
export function requirementFindings(requirements: readonly Requirement[]): readonly Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  let previous: number | undefined;
  for (const { id, headingRange: range } of requirements) {
    if (seen.has(id)) {
      const message = `Requirement ${id} exists already. Number one of the two anew, so that its criteria can be named.`;
      findings.push({ rule: 'duplicate-requirement', message, range });
    }
    seen.add(id);
    if (!/^\d+$/.test(id)) continue;
    const number = Number(id);
    if (previous !== undefined && number > previous + 1) {
      const message = `After requirement ${previous} comes ${number}: a number is left out.`;
      findings.push({ rule: 'requirement-numbering', message, range });
    }
    previous = number;
  }
  return findings;
}

/** For a document in which no requirement was found. */
export function noRequirements(kind: 'requirements' | 'bugfix', range: Finding['range']): Finding {
  const message =
    kind === 'requirements'
      ? 'This document has no requirement. Begin each with a heading “### Requirement 1: Title”.'
      : 'This document has no clause. Describe the defect under “### Current Behavior (Defect)” as “1.1 WHEN … THEN …”.';
  return { rule: 'no-requirements', message, range };
}

/** For a requirement, or its heading “Acceptance Criteria”, below which nothing was found. */
export function noCriteria(kind: 'requirements' | 'bugfix', id: string, range: Finding['range']): Finding {
  const message =
    kind === 'requirements'
      ? `Requirement ${id} has no acceptance criterion. Add a numbered list such as “1. WHEN …, THE System SHALL …”.`
      : `This section has no clause. Add one such as “${id}.1 WHEN … THEN …”.`;
  return { rule: 'empty-criteria', message, range };
}

/** A bug fix's clause 1.n tells a defect, and 2.n what is expected instead. */
export function missingCounterparts(requirements: readonly Requirement[]): readonly Finding[] {
  const [defects, expected] = ['1', '2'].map((id) =>
    requirements.find((requirement) => requirement.id === id),
  );
  if (defects === undefined || expected === undefined || expected.criteria.length === 0) return [];
  const known = new Set(expected.criteria.map(({ id }) => id.slice(id.indexOf('.'))));
  return defects.criteria
    .filter(({ id }) => !known.has(id.slice(id.indexOf('.'))))
    .map(({ id, range }) => ({
      rule: 'missing-counterpart',
      message: `${id} tells a defect, and there is no 2${id.slice(id.indexOf('.'))} that tells what is expected instead.`,
      range,
    }));
}
