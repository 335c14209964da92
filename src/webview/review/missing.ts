/** What nothing carries on with yet, as a request that a person reads before it is sent. Pure. */
import type { DocumentKind } from '../../core/spec/model';
import type { ReviewModel } from '../../protocol/review';
import { stagesOf } from './coverage';

export interface MissingRequest {
  /** The document that is to have more. */
  readonly kind: DocumentKind;
  readonly count: number;
  readonly text: string;
}

/** Criteria that no task names; before there are tasks, those that no property does. */
export function missingRequest(model: ReviewModel): MissingRequest | undefined {
  const stages = stagesOf(model);
  const kind = stages.tasks ? 'tasks' : stages.design ? 'design' : undefined;
  if (kind === undefined || model.busy) return undefined;
  const ids = model.requirements
    .flatMap(({ criteria }) => criteria)
    .filter(({ tasks, properties }) => (kind === 'tasks' ? tasks : properties).length === 0)
    .map(({ id }) => id);
  if (ids.length === 0) return undefined;
  const what =
    kind === 'tasks' ? 'tasks' : 'what the design says, and a correctness property where one can be stated,';
  const one = ids.length === 1;
  return {
    kind,
    count: ids.length,
    text: `Add ${what} for ${one ? 'the criterion' : 'the criteria'} that nothing here names yet: ${ids.join(', ')}. Change nothing else.`,
  };
}
