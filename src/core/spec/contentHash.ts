import type { DocumentKind } from './model';

const CHECKBOX = /^([ \t]*[-*+][ \t]+\[)[ xX\-~](\]\\?\*?[ \t])/gm;

/**
 * What an approval is bound to: the text without what editors and task runs change by themselves (line endings,
 * byte order mark, trailing whitespace and, in tasks.md, the state of a box). Two texts with the same result
 * mean the same to a reader; hash it with `Hasher.sha256`.
 */
export function approvalText(kind: DocumentKind, text: string): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const normal = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
  return kind === 'tasks' ? normal.replace(CHECKBOX, '$1 $2') : normal;
}
