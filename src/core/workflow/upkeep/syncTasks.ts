/**
 * Brings tasks up to the criteria: which have none, and which tasks name what is gone, is counted without a model. A
 * model, where there is one, only words the missing tasks. Nothing is ticked, and no other task is touched.
 */
import { ActError } from '../../actError';
import { documentsOf } from '../../spec/documentsOf';
import type { Spec } from '../../spec/model';
import { documentOf, FILE_NAMES } from '../../spec/readSpec';
import { requireSpec } from '../../spec/requireSpec';
import type { TraceGraph } from '../../trace/model';
import type { Draft } from '../drafting/drafting';
import { syncPrompt } from '../prompts/partsPrompt';
import { refuseWhileBusy } from '../refuseWhileBusy';
import { skeletonTask } from './addedParts';
import { applyAnswers, type Composed } from './partAnswers';
import { reachedSlices } from './reach';
import { composed, type UpkeepParts, waitsForNothing } from './refine';

export interface TaskGaps {
  /** Criteria without a task. */
  readonly uncovered: readonly { readonly id: string; readonly text: string }[];
  /** Tasks that name what the requirements do not have. */
  readonly gone: readonly { readonly task: string; readonly id: string }[];
}

export interface TaskSync extends TaskGaps {
  /** Undefined where no task is missing. */
  readonly draft: Draft | undefined;
  /** False: the tasks are mere beginnings, for a person to word. */
  readonly byModel: boolean;
}

const TASKS = 'tasks';

export function createSyncTasks(parts: UpkeepParts) {
  const { ports, specs, sessions, trace, drafting } = parts;

  /** The tasks in the plainest words, as a revision like any other. */
  async function propose(spec: Spec, current: string, gaps: TaskGaps): Promise<Draft> {
    await refuseWhileBusy(sessions, spec.path);
    const answers = gaps.uncovered.map(({ id, text }) => ({ id: 'new', text: skeletonTask(id, text) }));
    const { text: after, notes } = withGone(applyAnswers(TASKS, current, [], answers, true), gaps);
    const session = sessions.start({
      kind: 'revision',
      title: `Sync ${FILE_NAMES.tasks}`,
      root: spec.root,
      spec: spec.path,
      document: FILE_NAMES.tasks,
      model: 'no model',
      rehearsed: false,
    });
    session.append({
      type: 'revision.proposed',
      before: current,
      after,
      ...(notes.length > 0 ? { notes } : {}),
    });
    await session.end('done');
    return { session: session.id, done: Promise.resolve() };
  }

  async function ask(spec: Spec, current: string, gaps: TaskGaps): Promise<Draft> {
    const { uncovered } = gaps;
    const documents = documentsOf(spec.documents);
    const ids = uncovered.map(({ id }) => id);
    const siblings = (documents.requirements?.requirements ?? [])
      .filter(({ criteria }) => criteria.some(({ id }) => ids.includes(id)))
      .flatMap(({ criteria }) => criteria.map(({ id }) => id));
    const design = reachedSlices(documents, 'design', ids);
    const like = reachedSlices(documents, TASKS, siblings);
    return (await drafting()).reviseParts({
      root: spec.root,
      spec: spec.path,
      kind: TASKS,
      current,
      before: spec.documents,
      title: `Sync ${FILE_NAMES.tasks}`,
      prompt: (steering) => syncPrompt({ steering, slices: [...design, ...like], uncovered }),
      compose: (answer) => withGone(composed(TASKS, current, [], answer, true), gaps),
    });
  }

  return {
    async syncTasks(path: string): Promise<TaskSync> {
      const spec = await requireSpec(specs, path);
      const { text } = waitsForNothing(sessions, spec, documentOf(spec, TASKS), TASKS);
      const gaps = gapsIn(await trace.graph(spec, { code: false }));
      if (documentsOf(spec.documents).requirements?.requirements.length === 0)
        throw new ActError('invalid', 'The requirements have no criterion that a task could be about.');
      if (gaps.uncovered.length === 0) return { ...gaps, draft: undefined, byModel: false };
      const byModel = ports.trust.trusted && 'model' in (await ports.models.current('review'));
      const draft = await (byModel ? ask : propose)(spec, text, gaps);
      return { ...gaps, draft, byModel };
    },
  };
}

export function gapsIn({ criteria, orphans }: TraceGraph): TaskGaps {
  return {
    uncovered: criteria
      .filter(({ levels }) => levels.task.status === 'uncovered')
      .map(({ id, text }) => ({ id, text })),
    gone: orphans
      .filter(({ from }) => from.startsWith('task:'))
      .map(({ label, to }) => ({ task: label, id: to })),
  };
}

/** What only a person can settle is told with the tasks that are new. */
function withGone({ text, notes }: Composed, { gone }: TaskGaps): Composed {
  return { text, notes: [...notes, ...gone.map(goneWords)] };
}

export function goneWords({ task, id }: TaskGaps['gone'][number]): string {
  return `Task ${task} names ${id}, which the requirements no longer have.`;
}
