/** The words of a changed criterion as lines to draw: one clause a line, as its row has them. Pure. */
import type { ReviewChange } from '../../protocol/review';

export type ChangeWord = ReviewChange['words'][number];

export interface ChangePiece {
  readonly kind: 'article' | 'system' | 'shall' | 'text';
  readonly word: ChangeWord;
}

export interface ChangeLine {
  readonly role: 'when' | 'while' | 'where' | 'if' | 'then' | 'system';
  /** Two of them where one goes and another comes. */
  readonly keywords: readonly ChangeWord[];
  readonly pieces: readonly ChangePiece[];
}

const KEYWORD = /\b(WHEN|WHILE|WHERE|IF|THEN|THE|SHALL)\b/;
const FIRST_KEYWORD = /^\s*(?:WHEN|WHILE|WHERE|IF|THE)\b/;

const ROLES: Readonly<Record<string, ChangeLine['role']>> = {
  WHEN: 'when',
  WHILE: 'while',
  WHERE: 'where',
  IF: 'if',
  THEN: 'then',
  THE: 'system',
};

interface OpenLine {
  readonly keywords: ChangeWord[];
  readonly pieces: ChangePiece[];
}

/** Undefined: it is no criterion in capitals, and is shown as it is written. */
export function changeLines(words: readonly ChangeWord[]): readonly ChangeLine[] | undefined {
  if (!isCriterion(words.map((word) => word.text))) return undefined;
  const lines: OpenLine[] = [];
  for (const { text: all, is } of words)
    for (const text of all.split(KEYWORD)) {
      const line = lines.at(-1);
      if (!KEYWORD.test(text) || text === 'SHALL') addText(line, { text, is });
      else if (!line || line.pieces.length > 0) lines.push({ keywords: [{ text, is }], pieces: [] });
      else addKeyword(line, { text, is });
    }
  return lines.map(({ keywords, pieces }) => ({
    role: roleOf(keywords),
    keywords,
    pieces: named(pieces),
  }));
}

function isCriterion(texts: readonly string[]): boolean {
  const first = texts.find((text) => text.trim() !== '') ?? '';
  const whole = texts.join('').trim();
  return FIRST_KEYWORD.test(first) && /SHALL/.test(whole) && !/\n|\*\*/.test(whole);
}

/** White space before the first word of a clause says nothing. */
function addText(line: OpenLine | undefined, word: ChangeWord): void {
  if (!line || word.text === '' || (line.pieces.length === 0 && word.text.trim() === '')) return;
  line.pieces.push({ kind: word.text === 'SHALL' ? 'shall' : 'text', word });
}

/** Right behind another: an article, or what comes in its place. */
function addKeyword(line: OpenLine, word: ChangeWord): void {
  const replaces = word.is !== 'gone' && line.keywords.every(({ is }) => is === 'gone');
  if (word.text === 'THE' && !replaces) line.pieces.push({ kind: 'article', word });
  else line.keywords.push(word);
}

function roleOf(keywords: readonly ChangeWord[]): ChangeLine['role'] {
  const stays = keywords.findLast(({ is }) => is !== 'gone') ?? keywords.at(-1);
  return ROLES[stays?.text ?? ''] ?? 'system';
}

/** What stands before SHALL is the system's name. */
function named(pieces: readonly ChangePiece[]): readonly ChangePiece[] {
  const shall = pieces.findIndex(({ kind }) => kind === 'shall');
  return pieces.flatMap((piece, index): readonly ChangePiece[] => {
    if (piece.kind !== 'text' || index > shall) return [piece];
    const [, article, name] = (index === 0 && /^(\s*the\b)(.*)$/.exec(piece.word.text)) || [];
    if (article === undefined || name === undefined) return [{ kind: 'system', word: piece.word }];
    return [
      { kind: 'article', word: { ...piece.word, text: article } },
      { kind: 'system', word: { ...piece.word, text: name } },
    ];
  });
}
