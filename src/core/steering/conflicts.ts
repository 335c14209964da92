/**
 * Documents that say the same thing differently: both name a thing, in the same place of the project, and one value of it,
 * and the values exclude each other. A false alarm costs more than a conflict that a person would have found.
 */
import { type Claim, claimsOf, contradict } from './claims';
import { effective } from './findGuidance';
import type { Guidance, GuidanceProblem, ReadGuidance } from './model';

interface Told extends Claim {
  readonly guidance: Guidance;
  readonly shown: string;
}

/** A conflict is told at the later document, once for each thing. */
export function conflicts(read: readonly ReadGuidance[]): readonly GuidanceProblem[] {
  const known = effective(read.map(({ guidance }) => guidance));
  const earlier = new Map<string, Told[]>();
  const found: GuidanceProblem[] = [];
  for (const each of read) {
    const { guidance, text } = each;
    const together = known.includes(guidance) ? togetherWith(guidance) : undefined;
    if (together === undefined) continue;
    for (const claim of claimsOf(each)) {
      const about = `${together} ${claim.about}`;
      const told = { ...claim, guidance, shown: text.slice(claim.range.start, claim.range.end) };
      const before = earlier.get(about) ?? [];
      const other = before.find(({ value }) => contradict(value, claim.value));
      if (other) found.push(problemOf(told, other));
      earlier.set(about, [...before, told]);
    }
  }
  return found.filter(
    (problem, index) =>
      found.findIndex(({ path, range }) => path === problem.path && range.start === problem.range.start) ===
      index,
  );
}

/** The same for documents that are told together whatever it is about. */
function togetherWith({ inclusion, below, patterns }: Guidance): string | undefined {
  if (inclusion === 'always' && below === undefined) return 'always';
  return inclusion === 'fileMatch' ? `for ${[...patterns].sort().join()}` : undefined;
}

function problemOf({ guidance, range, shown, what }: Told, other: Told): GuidanceProblem {
  const about = what === undefined ? 'This' : `About ${what} this`;
  const where = guidance.inclusion === 'always' ? 'in every request' : 'told of the same files';
  return {
    path: guidance.path,
    rule: 'conflict',
    severity: 'warning',
    message: `${about} says “${shown}”, and ${other.guidance.label} says “${other.shown}”. Both are ${where}: keep one.`,
    range,
  };
}
