import { createTwoFilesPatch } from 'diff';
import { nothingHidden, printable } from './printable';

type Content = string | { readonly binary: number } | undefined;

/** The lines that differ, as a patch; what is no text is only said to be so. */
export function patchOf(path: string, before: Content, after: Content): string {
  const name = nothingHidden(path);
  if (typeof before === 'object' || typeof after === 'object' || hasNul(after))
    return `${name} is no text, or too large to be shown.`;
  const patch = createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a/${name}`,
    after === undefined ? '/dev/null' : `b/${name}`,
    before ?? '',
    after ?? '',
  );
  return printable(patch.replace(/^=+\n/, '').trimEnd());
}

function hasNul(text: string | undefined): boolean {
  return text?.includes('\0') === true;
}
