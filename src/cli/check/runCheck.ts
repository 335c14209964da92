import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LintConfig } from '../../core/lint/config';
import type { Arguments, Terminal } from '../command';
import type { FORMATS } from '../commands/check';
import { workspaceRoot } from '../workspaceRoot';
import { openCheckCache, programHash } from './checkCache';
import { checkSpecs } from './checkSpecs';
import { findSpecs } from './findSpecs';
import { jsonReport } from './report/json';
import { junitReport } from './report/junit';
import { markdownReport } from './report/markdown';
import { type Report, reportOf, type Summary } from './report/report';
import { textReport } from './report/text';

type Format = (typeof FORMATS)[number];

/** Columns where nobody says how many there are. */
const WIDTH = 100;

export async function runCheck(
  paths: readonly string[],
  format: Format,
  flags: Partial<LintConfig>,
  args: Arguments,
  terminal: Terminal,
): Promise<{ readonly text: string; readonly summary: Summary }> {
  const { env, homeFolder } = terminal;
  const cwd = resolve(terminal.cwd, args.value('cwd') ?? '.');
  const specs = findSpecs(paths.length > 0 ? paths : [workspaceOf(terminal, args)], cwd);
  const home = resolve(env.EARSHOT_HOME || join(homeFolder, '.earshot'));
  const cache =
    PROGRAM === undefined || args.has('no-cache')
      ? undefined
      : openCheckCache(join(home, 'cache', 'check.json'), programHash(PROGRAM.main));
  const report = reportOf(await checkSpecs(specs, { cwd, flags, cache, thread: PROGRAM?.thread }));
  return { text: await render(report, format, cwd, terminal), summary: report.summary };
}

export function workspaceOf({ cwd, homeFolder }: Terminal, args: Arguments): string {
  return workspaceRoot({ cwd, given: args.value('cwd'), homeFolder });
}

/** The files that this program is; undefined where it runs from its sources. */
const PROGRAM = import.meta.url.endsWith('.ts')
  ? undefined
  : {
      main: new URL('../cli/main.js', import.meta.url),
      thread: new URL('../cli/checkThread.js', import.meta.url),
    };

async function render(report: Report, format: Format, cwd: string, { out, env }: Terminal): Promise<string> {
  if (format === 'json') return jsonReport(report);
  // It tells of all rules, found or not.
  if (format === 'sarif') return (await import('./report/sarif')).sarifReport(report);
  if (format === 'junit') return junitReport(report);
  if (format === 'markdown') return markdownReport(report);
  const columns = Number(env.COLUMNS) || process.stdout.columns || WIDTH;
  const textOf = (file: string) => readText(join(cwd, file));
  return textReport(report, { paint: out.paint, width: columns, textOf });
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, ' ');
  } catch {
    return undefined;
  }
}
