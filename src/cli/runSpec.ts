/** Runs the tasks of a spec, or says what that would be. */
import { ActError } from '../core/actError';
import type { Spec } from '../core/spec/model';
import { documentOf } from '../core/spec/readSpec';
import type { Plan, Selection } from '../core/tasks/plan/model';
import { RUN_OPTIONS, type RunOptions, type RunState } from '../core/tasks/run/model';
import { lineStarts, positionAt } from '../core/util/textRange';
import { agreeToChecks, orSayHow } from './agreements';
import { type Arguments, EXIT, type ExitCode, type Terminal, UsageError } from './command';
import type { CliCore } from './createCliCore';
import { followRun } from './followRun';
import { type LineOf, mayTouch, planLines } from './planText';
import { sayRun } from './runSummary';
import { requireSpec, requireTask } from './taskPlan';

export async function runSpec(cli: CliCore, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const { core, onRunEvent } = cli;
  const { out } = terminal;
  const spec = requireSpec(core.specs.all, args.operands[0] ?? '');
  const options = optionsOf(spec, args, core.ports.settings.get().parallel);
  const plan = await core.runs.plan(spec.path, options.selection, options);
  if (args.has('plan')) return printPlan(plan, spec, args, terminal);
  if (args.has('resume')) refuseAnother(args);
  const left = args.has('resume') ? await latestLeft(cli, spec) : undefined;
  if (plan.tasks.length === 0 && left === undefined && isOfAll(options.selection)) {
    if (spec.progress.total === 0) throw new ActError('notFound', `“${spec.name}” has no tasks yet.`);
    out.say(`Every required task of “${spec.name}” is done.`);
    return EXIT.done;
  }
  const tasks = plan.tasks.map(({ task }) => task);
  await agreeToChecks(core, spec, tasks, args.has('agree-check'), terminal.out);
  const json = args.has('json');
  followRun(cli, json, terminal);
  if (json) onRunEvent(({ run, event }) => out.json({ run, ...event }));
  const state = await orSayHow(
    left === undefined ? core.runs.start(spec.path, options) : core.runs.resume(left.id, options.budget),
  );
  sayRun(state, core.sessions, out);
  if (terminal.signal.aborted) return EXIT.cancelled;
  return state.status === 'done'
    ? EXIT.done
    : state.status === 'stopped' && !state.reason
      ? EXIT.cancelled
      : EXIT.failed;
}

async function latestLeft({ core }: CliCore, spec: Spec): Promise<RunState> {
  const left = (await core.runs.list(spec.path)).find(({ status }) => LEFT.includes(status));
  if (left) return left;
  throw new UsageError(
    `No run of “${spec.name}” was interrupted or stopped. Leave out --resume to start one.`,
  );
}

/** What a run was begun with it goes on with; only its budget may be another. */
const OF_ITS_BEGINNING = ['task', 'from', 'covering', 'all', 'parallel', 'tries', 'review'];

function refuseAnother(args: Arguments): void {
  const given = OF_ITS_BEGINNING.find((name) => args.has(name) || args.value(name) !== undefined);
  if (given !== undefined)
    throw new UsageError(`--resume goes on as the run was begun, so that --${given} has no place beside it.`);
}

const LEFT: readonly RunState['status'][] = ['interrupted', 'stopped', 'needsYou'];

function printPlan(plan: Plan, spec: Spec, args: Arguments, { out }: Terminal): ExitCode {
  const lineOf = linesOf(documentOf(spec, 'tasks')?.text ?? '');
  if (args.has('json')) {
    const tasks = plan.tasks.map(({ task, wave, after }) => ({
      key: task.key,
      title: task.title,
      wave,
      after,
      optional: task.optional,
      verify: task.verify,
      boundary: task.boundary,
      mayTouch: mayTouch(task.boundary),
    }));
    const problems = plan.findings.map(({ rule, message, range }) => ({
      rule,
      message,
      line: lineOf(range),
    }));
    out.json({ tasks, problems, optional: plan.optional.map(({ key }) => key), estimate: plan.estimate });
  } else for (const line of planLines(plan, lineOf, out.paint)) out.line(line);
  return plan.findings.some(({ rule }) => rule === 'task-cycle') ? EXIT.failed : EXIT.done;
}

/** From 1. */
function linesOf(text: string): LineOf {
  const starts = lineStarts(text);
  return ({ start }) => positionAt(starts, start).line + 1;
}

function isOfAll({ kind }: Selection): boolean {
  return kind === 'required' || kind === 'all';
}

function optionsOf(spec: Spec, args: Arguments, parallel = RUN_OPTIONS.parallel): RunOptions {
  const budget = numberOf(args, 'budget', false);
  return {
    selection: selectionOf(spec, args),
    parallel: numberOf(args, 'parallel', true) ?? parallel,
    tries: numberOf(args, 'tries', true) ?? RUN_OPTIONS.tries,
    reviewer: args.has('review'),
    ...(budget === undefined ? {} : { budget }),
  };
}

function selectionOf(spec: Spec, args: Arguments): Selection {
  const given = ['task', 'from', 'covering'].filter((name) => args.value(name) !== undefined);
  if (given.length + (args.has('all') ? 1 : 0) > 1)
    throw new UsageError('Give one of --all, --task, --from and --covering.');
  const [task, from, requirement] = [args.value('task'), args.value('from'), args.value('covering')];
  if (task !== undefined) return { kind: 'task', key: requireTask(spec, task).key };
  if (from !== undefined) return { kind: 'from', key: requireTask(spec, from).key };
  if (requirement !== undefined) return { kind: 'covering', requirement };
  return { kind: args.has('all') ? 'all' : 'required' };
}

function numberOf(args: Arguments, name: string, whole: boolean): number | undefined {
  const text = args.value(name);
  if (text === undefined) return undefined;
  const value = Number(text.replace(/^\$/, ''));
  if (Number.isFinite(value) && value > 0 && (!whole || Number.isInteger(value))) return value;
  throw new UsageError(
    `--${name} takes ${whole ? 'a whole number from 1 on' : 'an amount of dollars'}, not “${text}”.`,
  );
}
