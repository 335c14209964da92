/** Checks many specs: from the cache where nothing changed, else on as many threads as pay. */
import { relative, sep } from 'node:path';
import type { LintConfig } from '../../core/lint/config';
import type { CheckCache } from './checkCache';
import type { Checked, Job, Judged } from './checkJob';
import type { PlacedFinding } from './lintFolder';
import { readConfigs } from './readConfigs';
import type { Sight } from './sight';

/** As `PlacedFinding`, with the file as a person names it: from the folder where the command was started. */
export type CheckFinding = Omit<PlacedFinding, 'file'> & { readonly file: string };

export interface CheckResult {
  readonly specs: number;
  readonly findings: readonly CheckFinding[];
  /** What the folders were when they were judged. */
  readonly stamps: readonly Judged['stamp'][];
}

export interface CheckOptions {
  readonly cwd: string;
  /** Over the workspace's own file. */
  readonly flags: Partial<LintConfig>;
  readonly cache: CheckCache | undefined;
  /** The program that threads run (`checkThread`); undefined for none. */
  readonly thread: URL | undefined;
}

export async function checkSpecs(
  { specs, settings, now, stats }: Sight,
  options: CheckOptions,
): Promise<CheckResult> {
  const configs = await readConfigs(settings, options.flags);
  const jobs = specs.map(
    ({ root, path, files }, nth): Job => ({ path, files, config: configs.of(root), now, stat: stats?.[nth] }),
  );
  const { cache } = options;
  const results: (Judged | undefined)[] = jobs.map((job) => cache?.find(job));
  const open = jobs.filter((_, index) => results[index] === undefined);
  if (open.length > 0) {
    // Where nothing changed, not even loaded.
    const { checkAll } = await import('./checkAll');
    const checked = await checkAll(open, options.thread);
    let at = 0;
    jobs.forEach((job, index) => {
      if (results[index] !== undefined) return;
      const own = checked[at++] as Checked;
      results[index] = own;
      cache?.add(job, own);
    });
  }
  cache?.save();
  const name = (path: string) => relative(options.cwd, path).split(sep).join('/');
  const findings = specs.flatMap(({ path, only }, index) => {
    const found = results[index]?.findings ?? [];
    if (found.length === 0) return [];
    const folder = name(path);
    return found
      .filter(({ file }) => only === undefined || file === only)
      .map(
        (finding): CheckFinding => ({
          ...finding,
          file: folder === '' ? finding.file : `${folder}/${finding.file}`,
        }),
      );
  });
  return {
    specs: specs.length,
    findings: [...configs.findings.map((finding) => ({ ...finding, file: name(finding.file) })), ...findings],
    stamps: results.map((result) => result?.stamp),
  };
}
