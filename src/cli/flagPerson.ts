/**
 * Nobody sits at a command line that runs by itself: what would be asked is denied. What the person has said
 * in so many words, by an option, is answered with that word and nothing else is.
 */
import { userInfo } from 'node:os';
import type { Sessions } from '../core/agent/sessions';
import type { Person } from '../core/ports';
import type { Disposable } from '../core/util/disposable';

/** Answers of the core's questions: to run a spec that is not approved, and to go on without what is asked for. */
const RUN = 'run';
const NO = 'no';

/** `runUnapproved`: documents may be run that nobody approved. */
export function createFlagPerson(runUnapproved: boolean): Person {
  return {
    present: runUnapproved,
    // To dismiss a question would stop the run, where there is an answer that says no.
    ask: async ({ answers }) => answers.find(({ id }) => id === NO || (id === RUN && runUnapproved))?.id,
    name: async () => userInfo().username || 'unknown',
  };
}

/** A person who is present is also asked for permissions: those no option can give are denied. */
export function denyPermissions(sessions: Sessions): Disposable {
  return sessions.onDidChange((id) => {
    // The question is in the log before somebody waits for its answer.
    queueMicrotask(() => {
      for (const item of sessions.get(id)?.items ?? []) {
        if (item.type === 'tool' && item.status === 'asking') sessions.answer(id, item.call, 'deny');
      }
    });
  });
}
