/** Which criteria something carries on with, and the pips that show it. Pure. */
import type { ReviewCriterion, ReviewModel, ReviewRequirement } from '../../protocol/review';

export type Covered = 'covered' | 'partly' | 'uncovered';

/** Documents that exist: what they could name decides what is missing. */
export interface Stages {
  readonly design: boolean;
  readonly tasks: boolean;
}

export function stagesOf(model: Pick<ReviewModel, 'steps'>): Stages {
  const written = (kind: string): boolean =>
    model.steps.some((step) => step.kind === kind && step.state !== 'missing');
  return { design: written('design'), tasks: written('tasks') };
}

/** A task covers a criterion; before there are tasks, a property does. A property alone is half of it. */
export function coverageOf(criterion: ReviewCriterion, stages: Stages): Covered {
  if (criterion.tasks.length > 0) return 'covered';
  if (criterion.properties.length === 0) return 'uncovered';
  return stages.tasks ? 'partly' : 'covered';
}

/** One pip, or one for a whole requirement when there are too many criteria. */
export interface Pip {
  /** Where it leads: the id of a criterion. */
  readonly target: string;
  readonly state: Covered;
  readonly label: string;
  /** Begins another requirement. */
  readonly first: boolean;
}

export interface Coverage {
  readonly covered: number;
  readonly total: number;
  readonly pips: readonly Pip[];
}

const MAX_PIPS = 60;

export function coverage(model: Pick<ReviewModel, 'requirements' | 'steps'>): Coverage | undefined {
  const stages = stagesOf(model);
  if (!stages.design && !stages.tasks) return undefined;
  const all = model.requirements.flatMap((requirement) => requirement.criteria);
  const covered = all.filter((criterion) => coverageOf(criterion, stages) === 'covered').length;
  const pips =
    all.length > MAX_PIPS
      ? model.requirements.flatMap((requirement) => requirementPip(requirement, stages))
      : model.requirements.flatMap((requirement) => criterionPips(requirement, stages));
  return { covered, total: all.length, pips };
}

function criterionPips(requirement: ReviewRequirement, stages: Stages): readonly Pip[] {
  return requirement.criteria.map((criterion, index) => {
    const state = coverageOf(criterion, stages);
    return { target: criterion.id, state, label: `${criterion.id}, ${state}`, first: index === 0 };
  });
}

function requirementPip(requirement: ReviewRequirement, stages: Stages): readonly Pip[] {
  const [first] = requirement.criteria;
  if (!first) return [];
  const states = requirement.criteria.map((criterion) => coverageOf(criterion, stages));
  const covered = states.filter((state) => state === 'covered').length;
  const some = states.some((state) => state !== 'uncovered');
  const state = covered === states.length ? 'covered' : some ? 'partly' : 'uncovered';
  return [
    {
      target: first.id,
      state,
      label: `${requirement.id}, ${covered} of ${states.length} covered`,
      first: false,
    },
  ];
}
