import type { Spec } from '../core/spec/model';
import { documentOf } from '../core/spec/readSpec';
import { flattenTasks } from '../core/spec/tasks/taskTree';
import { htmlReport, markdownReport, runReport } from '../core/tasks/report';
import type { ReportSources } from '../core/tasks/report/runReport';
import type { RunState } from '../core/tasks/run/model';
import { UsageError } from './command';

/** The run of a number, or the latest. Throws `UsageError`. */
export function runOf(runs: readonly RunState[], spec: string, number: string | undefined): RunState {
  const run = number === undefined ? runs[0] : runs.find((each) => String(each.number) === number);
  if (run) return run;
  throw new UsageError(
    number === undefined ? `No tasks of “${spec}” have run yet.` : `There is no run ${number} of “${spec}”.`,
  );
}

/** As tasks.md has them now. */
export function boxesOf(spec: Spec): ReportSources['boxes'] {
  const document = documentOf(spec, 'tasks')?.document;
  return document?.kind === 'tasks' ? flattenTasks(document.tasks) : undefined;
}

export function renderReport(
  run: RunState,
  sources: ReportSources,
  format: 'markdown' | 'html' | 'json',
): { readonly text: string; readonly isDone: boolean } {
  const report = runReport(run, sources);
  const write = {
    markdown: () => markdownReport(report),
    html: () => htmlReport(report),
    json: () => `${JSON.stringify(report, undefined, 2)}\n`,
  };
  return { text: write[format](), isDone: report.left.length === 0 };
}
