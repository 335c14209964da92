/**
 * A second opinion on a task: a session of its own that never sees the implementer's conversation, reads and changes
 * nothing, and points at the lines that it means.
 */
import { createPatch } from 'diff';
import { ActError } from '../../actError';
import type { Permissions } from '../../agent/permissions';
import { isReadable } from '../../agent/readableDiff';
import type { Session, Sessions } from '../../agent/session/sessions';
import { REVIEW } from '../../agent/surroundings/roles';
import type { Model } from '../../agent/turn/model';
import { requireModel } from '../../agent/turn/requireModel';
import type { Talk } from '../../agent/turn/talk';
import type { FileSystem, Ports } from '../../ports';
import type { Spec, Task } from '../../spec/model';
import type { AbortSignal } from '../../util/abort';
import { errorMessage } from '../../util/errorMessage';
import { joinPath } from '../../util/path';
import { reviewPrompt } from '../../workflow/prompts/reviewPrompt';
import { taskTitle } from '../taskState';
import { type ChangedFile, workIn } from './changes';
import type { ReviewedCriterion } from './model';
import { readAnswers } from './reviewAnswers';

export interface ReviewRequest {
  readonly spec: Spec;
  readonly task: Task;
  /** Where the work is: the workspace folder, or a copy of it. */
  readonly root: string;
  readonly criteria: readonly { readonly id: string; readonly text: string }[];
  readonly changes: readonly ChangedFile[];
}

export interface Review {
  readonly session: string;
  readonly answers: readonly ReviewedCriterion[];
}

/** @param onStart hears the session's id at once; rejects with what a person should read */
export type Reviewer = (
  request: ReviewRequest,
  signal: AbortSignal,
  onStart?: (session: string) => void,
) => Promise<Review>;

/** Characters of the patches: the rest can be read. */
const MOST_OF_A_FILE = 12_000;
const MOST_OF_ALL = 60_000;

export function createReviewer(
  ports: Ports,
  sessions: Sessions,
  permissions: Permissions,
  talk: Talk,
): Reviewer {
  const { files } = ports;

  async function discuss(session: Session, model: Model, request: ReviewRequest): Promise<Review> {
    const { spec, task, root } = request;
    const gate = permissions.gate(spec.root, false, root);
    const criteria = asked(request);
    const shown = await patchesOf(gate.reading(files), root, request.changes);
    const reading = gate.reading(files);
    let answers: readonly ReviewedCriterion[] | undefined;
    let again = 0;
    await talk({
      session,
      role: REVIEW,
      model,
      root: spec.root,
      place: root,
      spec,
      promptOf: (steering) => reviewPrompt({ task, criteria, steering, ...shown }),
      async replyTo({ content }) {
        const text = content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
        const read = await readAnswers(reading, root, criteria, text);
        answers = read.answers;
        return read.fault !== undefined && again++ === 0 ? read.fault : undefined;
      },
    });
    if (answers === undefined)
      throw new ActError('modelFailed', 'The review could not be read. Its words are in the agent view.');
    return { session: session.id, answers };
  }

  return async (request, signal, onStart) => {
    signal.throwIfAborted();
    const model = await requireModel(ports, 'review');
    const { spec, task } = request;
    const session = sessions.start({
      kind: 'review',
      title: `Review of ${taskTitle(task)}`,
      root: spec.root,
      spec: spec.path,
      task: task.key,
      model: model.name,
      rehearsed: model.rehearsed,
    });
    onStart?.(session.id);
    const stop = () => session.abort.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      const review = await discuss(session, model, request);
      await session.end('done');
      return review;
    } catch (error) {
      const isStopped = signal.aborted || session.abort.signal.aborted;
      await session.end(isStopped ? 'cancelled' : 'failed', errorMessage(error));
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
}

/** A task that names no criterion is judged by its own words. */
function asked({ criteria, task }: ReviewRequest): ReviewRequest['criteria'] {
  return criteria.length > 0 ? criteria : [{ id: task.id ?? 'task', text: task.title }];
}

async function patchesOf(files: FileSystem, root: string, changes: readonly ChangedFile[]) {
  const patches: string[] = [];
  const leftOut: string[] = [];
  let length = 0;
  for (const { path, before = '', after = '', binary } of workIn(changes)) {
    // Of a file that rules hide from the agent not even the name is told.
    if (!(await isReadable(files, root, joinPath(root, path)))) continue;
    const patch = binary ? '' : createPatch(path, before, after, undefined, undefined, { context: 3 });
    const isLong = patch.length > MOST_OF_A_FILE || length + patch.length > MOST_OF_ALL;
    if (binary || isLong) leftOut.push(path);
    else {
      patches.push(patch.replace(/^Index: .*\n=+\n/, ''));
      length += patch.length;
    }
  }
  return { patches, leftOut };
}
