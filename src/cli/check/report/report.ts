/** What a check found, ready to be written in any format. */
import type { Severity } from '../../../core/spec/model';
import type { CheckFinding, CheckResult } from '../checkSpecs';

export interface Summary {
  readonly specs: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
  readonly fixable: number;
  readonly suppressed: number;
}

export interface Report {
  readonly findings: readonly CheckFinding[];
  /** Set aside by a person, with a reason. */
  readonly suppressed: readonly CheckFinding[];
  readonly summary: Summary;
}

export function reportOf({ specs, findings: all }: CheckResult): Report {
  const findings = all.filter(({ suppressed }) => suppressed === undefined);
  const suppressed = all.filter((finding) => finding.suppressed !== undefined);
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    findings,
    suppressed,
    summary: {
      specs,
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      hints: count('hint'),
      fixable: findings.filter(({ fixable }) => fixable).length,
      suppressed: suppressed.length,
    },
  };
}

/** By file, in the order in which they were found. */
export function byFile(findings: readonly CheckFinding[]): ReadonlyMap<string, readonly CheckFinding[]> {
  const files = new Map<string, CheckFinding[]>();
  for (const finding of findings) {
    const known = files.get(finding.file);
    if (known === undefined) files.set(finding.file, [finding]);
    else known.push(finding);
  }
  return files;
}
