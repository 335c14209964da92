import type { Criterion } from '../../../ears/model';
import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import { rewrite } from '../rewrite';

/** Takes words out of a criterion and keeps them in a comment behind it, which is read and never tested. */
export function asNote(
  title: string,
  { text, range }: Criterion,
  words: TextRange,
  label: string,
): readonly Fix[] {
  const said = text.slice(words.start - range.start, words.end - range.start).replace(/^[\s,]+|\s+$/g, '');
  if (said.includes('--') || /[\r\n]/.test(text)) return [];
  return [
    rewrite(title, false, [
      { range: words, newText: '' },
      { range: { start: range.end, end: range.end }, newText: ` <!-- ${label}: ${said} -->` },
    ]),
  ];
}
