import type { HookCondition, Pattern } from './model';

/** Does any of what it may be called fit? */
export function fits({ include, exclude }: HookCondition, ...subjects: readonly string[]): boolean {
  const test = ({ regex, maxLength }: Pattern) =>
    subjects.some((subject) => subject.length <= maxLength && regex.test(subject));
  return (include === undefined || include.some(test)) && !exclude.some(test);
}
