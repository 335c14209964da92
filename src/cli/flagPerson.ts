/**
 * Nobody sits at a command line that runs by itself: what would be asked is denied. What the person has said
 * in so many words, by an option, is answered with that word and nothing else is.
 */
import { userInfo } from 'node:os';
import type { Person } from '../core/ports';

/** `runUnapproved`: documents may be run that nobody approved. */
export function createFlagPerson(runUnapproved: boolean): Person {
  return {
    present: false,
    async ask({ kind, answers: [yes, no] }) {
      // To dismiss a question would stop the run, where there is an answer that says no.
      return kind === 'unapproved-spec' && runUnapproved ? yes?.id : no?.id;
    },
    name: async () => userInfo().username || 'unknown',
  };
}
