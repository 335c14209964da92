/** What the run panel shows before a run: what would run, in which order, and what it may touch. Pure. */
import type { Finding, Requirement, Task } from '../../../core/spec/model';
import type { Plan, PlannedTask } from '../../../core/tasks/plan/model';
import { counted, listed, money } from '../../../core/tasks/report/figures';
import type {
  RunChoices,
  RunDetail,
  RunPanelModel,
  RunPlanView,
  RunRow,
  RunWave,
} from '../../../protocol/run';

export interface PlanSources {
  readonly spec: { readonly name: string; readonly path: string };
  readonly choices: RunChoices;
  readonly requirements: readonly Pick<Requirement, 'id' | 'title'>[];
  /** All of tasks.md. */
  readonly tasks: readonly Pick<Task, 'key' | 'id' | 'title'>[];
  /** Of the workspace; a task's own `_Verify` comes before them. */
  readonly checks: readonly { readonly command: string; readonly source: string }[];
  /** USD, for one run. */
  readonly budget: number | undefined;
  readonly now: number;
  readonly chosen: string | undefined;
  /** The line of an offset in tasks.md, from 0. */
  readonly lineAt: (offset: number) => number;
  /** A run refuses a plan with one of these. */
  readonly isError: (finding: Finding) => boolean;
  readonly hasHistory: boolean;
}

export function planModel(plan: Plan, sources: PlanSources): RunPanelModel {
  const { spec, choices, checks, budget, now, lineAt, isError, hasHistory } = sources;
  const chosen = plan.tasks.find(({ task }) => task.key === sources.chosen);
  const isEmpty = plan.tasks.length === 0 && !plan.findings.some(isError);
  return {
    spec: spec.name,
    path: spec.path,
    run: undefined,
    title: 'Plan',
    about: isEmpty ? spec.name : `${spec.name}, ${orderWords(plan, choices)}`,
    status: isEmpty ? 'nothing' : 'plan',
    tag: undefined,
    notice: undefined,
    now,
    summary: { done: counted(plan.tasks.length, 'task'), others: [] },
    cost: undefined,
    left: undefined,
    waves: wavesOf(plan),
    detail: chosen && plannedDetail(chosen.task, checks),
    totals: [],
    plan: {
      choices,
      ...offersOf(sources),
      empty: isEmpty ? emptyWords(sources) : undefined,
      estimate: estimateWords(plan),
      touches: touchesWords(plan.tasks),
      checks: [...ownChecks(plan.tasks), ...checks],
      budget: budget === undefined ? undefined : `stops before ${money(budget)} would be exceeded`,
      findings: plan.findings.map((finding) => ({
        message: finding.message,
        line: lineAt(finding.range.start),
        error: isError(finding),
      })),
    },
    hasHistory,
  };
}

const MOST_WORDS = 48;

function offersOf({
  requirements,
  tasks,
}: Pick<PlanSources, 'requirements' | 'tasks'>): Pick<RunPlanView, 'requirements' | 'tasks'> {
  const words = (id: string | undefined, title: string) => {
    const whole = `${id ?? ''} ${title}`.trim();
    return whole.length > MOST_WORDS ? `${whole.slice(0, MOST_WORDS - 1).trimEnd()}…` : whole;
  };
  return {
    requirements: requirements.map(({ id, title }) => ({ key: id, words: words(id, title) })),
    tasks: tasks.map(({ key, id, title }) => ({ key, words: words(id, title) })),
  };
}

function emptyWords({ choices: { selection }, tasks }: PlanSources): string {
  if (tasks.length === 0) return 'Nothing to run: tasks.md has no tasks yet.';
  switch (selection.kind) {
    case 'required':
      return 'Nothing to run: every required task is done.';
    case 'all':
      return 'Nothing to run: every task is done.';
    case 'covering':
      return `Nothing to run: no open task names requirement ${selection.requirement}.`;
    case 'from':
      return 'Nothing to run: this task is no longer in tasks.md.';
  }
}

/** `12 tasks in 4 waves`; one after the other, waves say only what may come first. */
function orderWords({ tasks }: Plan, { parallel }: RunChoices): string {
  const waves = Math.max(0, ...tasks.map(({ wave }) => wave + 1));
  const order =
    parallel === 1 ? 'one after the other' : `in ${counted(waves, 'wave')}, ${parallel} at a time`;
  return tasks.length === 1 ? '1 task' : `${counted(tasks.length, 'task')} ${order}`;
}

function wavesOf({ tasks, optional }: Plan): readonly RunWave[] {
  const count = Math.max(0, ...tasks.map(({ wave }) => wave + 1));
  const waves = Array.from({ length: count }, (_, wave) => ({
    number: wave + 1,
    rows: tasks.filter((each) => each.wave === wave).map((each) => rowOf(each, tasks)),
  }));
  const left = optional.map((task) => ({
    ...headOf(task),
    phase: 'left' as const,
    facts: ['optional, not in this run'],
  }));
  const last = waves.at(-1);
  if (left.length === 0 || !last) return waves;
  return [...waves.slice(0, -1), { ...last, rows: [...last.rows, ...left] }];
}

function headOf({ key, id, title }: Task): Omit<RunRow, 'phase' | 'facts'> {
  return { key, id, title, optional: true, spans: [] };
}

function rowOf({ task, after }: PlannedTask, all: readonly PlannedTask[]): RunRow {
  const names = all
    .filter((each) => after.includes(each.task.key))
    .map((each) => each.task.id ?? each.task.title);
  const covers = task.requirements.length === 0 ? 'no criterion' : `for ${task.requirements.join(', ')}`;
  return {
    ...headOf(task),
    optional: task.optional,
    phase: 'planned',
    facts: [
      ...(task.state === 'done' ? ['done again'] : []),
      ...(names.length > 0 ? [`after ${listed(names)}`] : []),
      covers,
    ],
  };
}

function plannedDetail(
  { key, requirements, boundary, verify, details }: Task,
  checks: PlanSources['checks'],
): RunDetail {
  const about = requirements.length === 0 ? 'It names no criterion, so no test can prove one.' : '';
  return {
    task: key,
    tag: undefined,
    verdict: {
      claim: undefined,
      says: 'It has not begun.',
      why: [about, ...details].filter(Boolean).join(' '),
    },
    checks: [],
    output: undefined,
    files: [],
    checkpoint: undefined,
    criteria: requirements.map((id) => ({ id, proved: false, why: 'No test of it has run yet' })),
    suspicions: [],
    review: [],
    earlier: [],
    planned: { boundary, checks: verify === undefined ? checks.map(({ command }) => command) : [verify] },
    acts: [],
  };
}

function ownChecks(
  tasks: readonly PlannedTask[],
): readonly { readonly command: string; readonly source: string }[] {
  const own = new Map<string, string>();
  for (const { task } of tasks)
    if (task.verify !== undefined && !own.has(task.verify))
      own.set(task.verify, `_Verify of task ${task.id ?? task.title}`);
  return [...own].map(([command, source]) => ({ command, source }));
}

function touchesWords(tasks: readonly PlannedTask[]): string {
  const globs = [...new Set(tasks.flatMap(({ task }) => task.boundary))];
  const free = tasks.filter(({ task }) => task.boundary.length === 0).length;
  if (globs.length === 0) return 'any file of the workspace: no task has a _Boundary';
  const rest = free === 0 ? '' : `; ${counted(free, 'task has', 'tasks have')} no _Boundary`;
  return `${globs.join(', ')}${rest}`;
}

function estimateWords({ estimate }: Plan): string | undefined {
  if (estimate === undefined) return undefined;
  const price = estimate.cost === undefined ? '' : ` and ${money(estimate.cost)}`;
  return `about ${Math.max(1, Math.round(estimate.minutes))} min${price}, by earlier tasks`;
}
