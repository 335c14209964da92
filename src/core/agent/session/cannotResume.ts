/** Why a session is not gone on with. */
import { ActError } from '../../actError';
import { isNewer, type SessionState, titleOf } from './sessionState';

export const NEWER =
  'A newer version of Earshot recorded this session, so this version leaves its log alone. Update Earshot.';

export function cannotResume(state: SessionState | undefined, isHere = true): ActError {
  if (!state)
    return new ActError('notFound', 'The log of this session is gone, so it cannot be gone on with.');
  if (isNewer(state.started)) return new ActError('changed', NEWER);
  if (!isHere && state.status === 'running')
    return new ActError(
      'busy',
      `“${titleOf(state)}” is running in another window or terminal. Stop it there first, or wait.`,
    );
  return state.status === 'done'
    ? new ActError('notFound', `“${state.started.title}” ended well: there is nothing to resume.`)
    : new ActError('busy', `“${state.started.title}” is still running. Stop it first, or wait.`);
}
