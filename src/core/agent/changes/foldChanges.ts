/** The change set of a turn, as the log tells it. */
import { editsOf, type FileEdit, type SessionEvent } from '../session/events';
import { addStep, filesOf } from './collect';
import type { ChangeSet, Touch } from './model';

/** With the calls that were begun and have not ended. */
export interface Changes {
  readonly set: ChangeSet | undefined;
  readonly begun: Readonly<Record<string, Touch>>;
}

export const NO_CHANGES: Changes = { set: undefined, begun: {} };

const EMPTY: ChangeSet = {
  steps: [],
  files: [],
  state: 'growing',
  reviewed: false,
  refused: {},
  left: [],
  commands: false,
};

export function foldChanges(changes: Changes, event: SessionEvent): Changes {
  const { set, begun } = changes;
  switch (event.type) {
    case 'change.began':
      return { ...changes, begun: { ...begun, [event.call]: event.touch } };
    case 'tool.ended':
      return endCall(changes, event);
    case 'permission.asked':
      return event.question.capability === 'run' ? withCommand(changes) : changes;
    case 'tool.started':
      return COMMANDS.has(event.name) ? withCommand(changes) : changes;
    case 'review.opened':
      return set ? { ...changes, set: { ...set, state: 'open' } } : changes;
    case 'review.chosen':
      return set ? { ...changes, set: choose(set, event) } : changes;
    case 'review.decided':
      return set ? { ...changes, set: { ...set, state: 'decided', refused: event.refused } } : changes;
    case 'review.settled':
      return set ? { ...changes, set: { ...set, state: 'settled', left: event.left } } : changes;
    case 'session.ended':
      return leaveOpen(changes);
    default:
      return changes;
  }
}

const COMMANDS = new Set(['run_command', 'start_process']);

/** Nothing goes on: what was changed so far waits for the person. */
export function leaveOpen(changes: Changes): Changes {
  const { set } = changes;
  const waits = set?.reviewed && set.state === 'growing' && set.files.length > 0;
  return set && waits ? { ...changes, set: { ...set, state: 'open' } } : changes;
}

export function waitsForReview({ set }: Changes): boolean {
  return set?.state === 'open' || set?.state === 'decided';
}

/** What was decided is over: the next change begins another set. */
function current(set: ChangeSet | undefined): ChangeSet {
  return set && set.state !== 'settled' ? set : EMPTY;
}

function withCommand(changes: Changes): Changes {
  return { ...changes, set: { ...current(changes.set), commands: true } };
}

function endCall(
  { set, begun }: Changes,
  { call, ok, edit }: Extract<SessionEvent, { type: 'tool.ended' }>,
): Changes {
  const { [call]: touch, ...rest } = begun;
  if (!touch) return { set, begun };
  if (!ok) return { set, begun: rest };
  const now = current(set);
  const steps = stepsOf(touch, edit).reduce((all, [each, its]) => addStep(all, each, its), now.steps);
  const reviewed = now.reviewed || touch.reviewed;
  return { set: { ...now, steps, files: filesOf(steps), reviewed }, begun: rest };
}

/** One for each file of the call. */
function stepsOf(
  touch: Touch,
  edit: FileEdit | undefined,
): readonly (readonly [Touch, FileEdit | undefined])[] {
  const [, ...further] = editsOf(edit);
  const { reviewed, also = [] } = touch;
  const others = further.map((each): readonly [Touch, FileEdit] => {
    const known = also.find(({ path }) => path === each.path);
    return [{ path: each.path, ...known, reviewed }, each];
  });
  return [[touch, edit], ...others];
}

function choose(
  set: ChangeSet,
  { path, refused }: Extract<SessionEvent, { type: 'review.chosen' }>,
): ChangeSet {
  const { [path]: _, ...others } = set.refused;
  const none = refused === undefined || (refused !== 'all' && refused.length === 0);
  return { ...set, refused: none ? others : { ...others, [path]: refused } };
}
