/** The plan of the next run of a spec, as the panel shows it. */
import { weigh } from '../../../core/lint/lint';
import type { Requirement, Spec } from '../../../core/spec/model';
import { documentOf } from '../../../core/spec/readSpec';
import { detectChecks } from '../../../core/tasks/evidence/checks';
import { RUN_OPTIONS } from '../../../core/tasks/run/model';
import type { RunChoices, RunPanelModel } from '../../../protocol/run';
import { tasksOf } from '../../adapters/specTarget';
import type { Host } from '../../host';
import { planModel } from './planModel';

const { parallel, tries, reviewer } = RUN_OPTIONS;
export const CHOICES: RunChoices = { selection: { kind: 'required' }, parallel, tries, reviewer };

export interface PlanAsked {
  readonly choices: RunChoices;
  readonly chosen: string | undefined;
  readonly hasHistory: boolean;
}

export async function planOf({ core }: Host, spec: Spec, asked: PlanAsked): Promise<RunPanelModel> {
  const [plan, checks] = await Promise.all([
    core.runs.plan(spec.path, asked.choices.selection, asked.choices),
    detectChecks(core.ports.files, spec.root).catch(() => []),
  ]);
  const text = spec.documents.find(({ kind }) => kind === 'tasks')?.text ?? '';
  const config = core.lint.of(spec.root);
  return planModel(plan, {
    ...asked,
    spec: { name: spec.name, path: spec.path },
    requirements: requirementsOf(spec),
    tasks: tasksOf(spec),
    checks,
    // Limits of money hold for whatever asks a model, a run or not.
    budget: core.ports.settings.get().limits.spec,
    now: core.ports.clock.now(),
    lineAt: (offset) => text.slice(0, offset).split('\n').length - 1,
    isError: (finding) => weigh(finding, config)?.severity === 'error',
  });
}

function requirementsOf(spec: Spec): readonly Requirement[] {
  const document = (documentOf(spec, 'requirements') ?? documentOf(spec, 'bugfix'))?.document;
  return document?.kind === 'requirements' || document?.kind === 'bugfix' ? document.requirements : [];
}
