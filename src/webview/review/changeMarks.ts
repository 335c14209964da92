/** The words of a change as they look, without the marks of Markdown that make them look so. Pure. */
import type { ChangeWord } from './changeLines';

export type WordLook = 'strong' | 'em' | 'code';

export interface LookingWord extends ChangeWord {
  readonly looks: readonly WordLook[];
}

/** A star between blanks is one; hashes head a line. */
const MARK = /(\*\*|\*(?=\S)|(?<=\S)\*|`|^#{1,6} +|\n)/m;
const LOOKS: Readonly<Record<string, WordLook>> = { '**': 'strong', '*': 'em', '`': 'code' };

/** As they are written where marks do not come in pairs, and where a mark itself is what changed. */
export function lookingWords(words: readonly ChangeWord[]): readonly LookingWord[] {
  if (!isPaired(words, 'gone') || !isPaired(words, 'new'))
    return words.map((word) => ({ ...word, looks: [] }));
  const sides = { gone: new Set<WordLook>(), new: new Set<WordLook>() };
  return words.flatMap((word) => {
    const { text, is } = word;
    const own = is === 'kept' ? [sides.new, sides.gone] : [sides[is]];
    const keepsMarks = is !== 'kept' && isMarks(text);
    return text.split(MARK).flatMap((piece): readonly LookingWord[] => {
      const isMark = own.map((looks) => turn(looks, piece)).includes(true);
      return piece === '' || (isMark && !keepsMarks) ? [] : [{ text: piece, is, looks: [...(own[0] ?? [])] }];
    });
  });
}

function isMarks(text: string): boolean {
  return text.split(MARK).every((piece) => piece.trim() === '' || lookOf(piece, false) !== undefined);
}

/** True where the piece is a mark. */
function turn(looks: Set<WordLook>, piece: string): boolean {
  // A heading ends with its line.
  if (piece === '\n') looks.delete('strong');
  const look = lookOf(piece, looks.has('code'));
  if (look !== undefined && !looks.delete(look)) looks.add(look);
  return look !== undefined;
}

/** What a piece opens or closes; in code only its own end is a mark. */
function lookOf(piece: string, inCode: boolean): WordLook | undefined {
  if (inCode) return piece === '`' ? 'code' : undefined;
  return /^#{1,6} +$/.test(piece) ? 'strong' : LOOKS[piece];
}

/** Of the text on one side of the change. */
function isPaired(words: readonly ChangeWord[], side: 'gone' | 'new'): boolean {
  const text = words
    .filter(({ is }) => is === 'kept' || is === side)
    .map((word) => word.text)
    .join('');
  const pieces = text.replace(/`[^`\n]*`/g, '').split(MARK);
  const isEven = (mark: string) => pieces.filter((piece) => piece === mark).length % 2 === 0;
  return ['**', '*', '`'].every(isEven);
}
