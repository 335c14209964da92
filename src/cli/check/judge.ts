/** Judges specs and tells of what was found. */
import { join } from 'node:path';
import type { FORMATS } from '../commands/check';
import { readText } from '../readText';
import { openCheckCache } from './checkCache';
import { type CheckOptions, type CheckResult, checkSpecs } from './checkSpecs';
import type { Said } from './lastCheck';
import { jsonReport } from './report/json';
import { junitReport } from './report/junit';
import { markdownReport } from './report/markdown';
import { type Report, reportOf } from './report/report';
import { type TextOptions, textReport } from './report/text';
import type { Sight } from './sight';

type Look = Pick<TextOptions, 'paint' | 'width'>;

export interface JudgeOptions extends Omit<CheckOptions, 'cache'> {
  /** Where results are kept, and of which program; undefined where everything is judged anew. */
  readonly cache: { readonly file: string; readonly program: string } | undefined;
}

export async function judge(
  sight: Sight,
  options: JudgeOptions,
  format: (typeof FORMATS)[number],
  look: Look,
): Promise<Said & Pick<CheckResult, 'stamps'>> {
  const { cwd, cache } = options;
  const result = await checkSpecs(sight, {
    ...options,
    cache: cache && openCheckCache(cache.file, cache.program),
  });
  const report = reportOf(result);
  return { text: await render(report, format, cwd, look), summary: report.summary, stamps: result.stamps };
}

async function render(
  report: Report,
  format: (typeof FORMATS)[number],
  cwd: string,
  look: Look,
): Promise<string> {
  if (format === 'json') return jsonReport(report);
  // It tells of all rules, found or not.
  if (format === 'sarif') return (await import('./report/sarif')).sarifReport(report);
  if (format === 'junit') return junitReport(report);
  if (format === 'markdown') return markdownReport(report);
  return textReport(report, {
    ...look,
    textOf: (file) => readText(join(cwd, file))?.replace(/^\uFEFF/, ' '),
  });
}
