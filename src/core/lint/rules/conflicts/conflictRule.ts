import type { RequirementsRule, RuleInfo } from '../../rule';
import { bucketsOf, clashes, type Frame } from './frame';
import { tellApart } from './mends';

/** A rule about two criteria that speak about the same; the later one is marked, the earlier one related. */
export function conflictRule(
  info: Omit<RuleInfo, 'examplesIn'>,
  clash: (earlier: Frame, later: Frame) => boolean,
  message: (earlier: Frame, later: Frame) => string,
  mend = tellApart,
): RequirementsRule {
  return {
    scope: 'requirements',
    ...info,
    examplesIn: 'requirements',
    check: ({ document, documents, requirements }) =>
      clashes(bucketsOf(document, requirements), clash).map(([earlier, later]) => ({
        message: message(earlier, later),
        range: later.criterion.range,
        fixes: mend(documents, earlier.criterion, later.criterion),
        related: [{ message: `Criterion ${earlier.criterion.id}`, range: earlier.criterion.range }],
      })),
  };
}

/** Two criteria as an example. */
export function example(first: string, second: string): string {
  return `### Requirement 1\n#### Acceptance Criteria\n1. ${first}\n2. ${second}`;
}
