import type { Person, Question } from '../../src/core/ports';

export type PersonScript =
  | readonly (string | undefined)[]
  | ((question: Question) => string | undefined | Promise<string | undefined>);

export interface FakePerson extends Person {
  /** Path → text of a task list that they saved in their editor. */
  readonly saved: Map<string, string>;
  /** Every question that was asked. */
  readonly questions: readonly Question[];
  enqueue(...answers: readonly (string | undefined)[]): void;
}

/** The `Person` port: answers in order, or by a function; without any left, the question is dismissed. */
export function createFakePerson(script: PersonScript = [], name = 'Ada'): FakePerson {
  const questions: Question[] = [];
  const saved = new Map<string, string>();
  const queue = typeof script === 'function' ? [] : [...script];
  return {
    present: true,
    questions,
    saved,
    savedText: (path) => saved.get(path),
    enqueue: (...answers) => void queue.push(...answers),
    async ask(question, signal) {
      signal?.throwIfAborted();
      questions.push(question);
      const answer =
        queue.length > 0 || typeof script !== 'function' ? queue.shift() : await script(question);
      if (answer !== undefined && !question.answers.some(({ id }) => id === answer)) {
        throw new Error(`“${question.title}” has no answer “${answer}”.`);
      }
      return answer;
    },
    name: async () => name,
  };
}

/** Nobody is there: a question that has a no is answered with it, any other is dismissed. */
export function createAbsentPerson(): FakePerson {
  return { ...createFakePerson(({ answers: [, no] }) => no?.id), present: false };
}
