import type { RequirementsRule, RuleInfo } from '../../rule';
import { bucketsOf, clashes, type Frame } from './frame';

/** A rule about two criteria that speak about the same; the later one is marked, the earlier one related. */
export function conflictRule(
  info: Omit<RuleInfo, 'examplesIn'>,
  clash: (earlier: Frame, later: Frame) => boolean,
  message: (earlier: Frame, later: Frame) => string,
): RequirementsRule {
  return {
    scope: 'requirements',
    ...info,
    examplesIn: 'requirements',
    check: ({ document, requirements }) =>
      clashes(bucketsOf(document, requirements), clash).map(([earlier, later]) => ({
        message: message(earlier, later),
        range: later.criterion.range,
        related: [{ message: `Criterion ${earlier.criterion.id}`, range: earlier.criterion.range }],
      })),
  };
}

/** Two criteria as an example. */
export function example(first: string, second: string): string {
  return `### Requirement 1\n#### Acceptance Criteria\n1. ${first}\n2. ${second}`;
}
