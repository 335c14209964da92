/**
 * Whoever sits at the terminal is asked. Nobody sits at a command line that runs by itself: what would be asked is
 * denied. What was said in so many words, by an option, is answered with that word and nothing else is.
 */
import { userInfo } from 'node:os';
import type { Person } from '../core/ports';
import type { Prompt } from './prompt';
import { choose } from './questions';

/** `runUnapproved`: documents may be run that nobody approved. `agreeHooks`: hooks may run as they are. */
export function createCliPerson(runUnapproved: boolean, prompt?: Prompt, agreeHooks = false): Person {
  return {
    present: prompt !== undefined,
    async ask({ kind, title, detail, answers }, signal) {
      const [yes, no] = answers;
      if (kind === 'unapproved-spec' && runUnapproved) return yes?.id;
      // A hook's own question, before it runs, has answers of its own.
      if (kind === 'hook' && agreeHooks && yes?.id === 'yes' && no === undefined) return yes.id;
      if (prompt) return choose(prompt, title, detail, answers, signal);
      // To dismiss a question would stop the run, where there is an answer that says no.
      return no?.id;
    },
    name: async () => userInfo().username || 'unknown',
  };
}
