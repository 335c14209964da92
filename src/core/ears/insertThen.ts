import type { TextEdit } from '../util/textRange';
import { trimCharacters } from '../util/trimCharacters';

/** Puts THEN before the subject that begins at an offset, and a comma before it where there is none. */
export function insertThen(text: string, at: number, then: 'THEN' | 'then'): TextEdit {
  const before = text.slice(0, at);
  const condition = trimCharacters(text, { start: 0, end: at }, ' \t\r\n*').end;
  if (condition === at || ',，;；'.includes(text.charAt(condition - 1))) {
    return { range: { start: at, end: at }, newText: `${then} ` };
  }
  const start = before.trimEnd().length;
  return { range: { start, end: at }, newText: before.endsWith('*') ? `${then} ` : `, ${then} ` };
}
