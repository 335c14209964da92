/** A program with its comments and strings blanked out, so that words in them are not taken for code. Pure; same length. */

export interface Style {
  readonly line: readonly string[];
  readonly block?: readonly [open: string, close: string];
  /** Signs that begin and end a string; three of one, before the single ones, where the language has such. */
  readonly quotes: readonly string[];
  /** `/…/` may be a pattern. */
  readonly patterns?: true;
  /** `'a` is a lifetime, `'a'` a character. */
  readonly lifetimes?: true;
}

export interface Masked {
  /** No comments, no words in strings; their quotes stay. */
  readonly code: string;
  /** No comments. */
  readonly bare: string;
}

/** A stretch of the text up to `end`, and in which of the two results its words stay. */
interface Piece {
  readonly end: number;
  readonly code: boolean;
  readonly bare: boolean;
}

export function mask(text: string, style: Style): Masked {
  let code = '';
  let bare = '';
  let at = 0;
  while (at < text.length) {
    for (const piece of piecesAt(text, at, style, code)) {
      const words = text.slice(at, piece.end);
      const blank = piece.code && piece.bare ? words : words.replace(/[^\n]/g, ' ');
      code += piece.code ? words : blank;
      bare += piece.bare ? words : blank;
      at = piece.end;
    }
  }
  return { code, bare };
}

/** Nothing else begins a string, a comment or a pattern. */
const SIGNS = /["'`/#]/g;

function piecesAt(text: string, at: number, style: Style, code: string): readonly Piece[] {
  const comment = commentEnd(text, at, style);
  if (comment !== undefined) return [{ end: comment, code: false, bare: false }];
  const quote = quoteAt(text, at, style);
  if (quote !== undefined) {
    const end = stringEnd(text, at + quote.length, quote);
    const closed = text.startsWith(quote, end) ? end + quote.length : end;
    return [
      { end: at + quote.length, code: true, bare: true },
      { end, code: false, bare: true },
      { end: closed, code: true, bare: true },
    ];
  }
  const pattern = style.patterns === true && text[at] === '/' ? patternEnd(text, at, code) : undefined;
  if (pattern !== undefined) return [{ end: pattern, code: false, bare: true }];
  SIGNS.lastIndex = at + 1;
  return [{ end: SIGNS.exec(text)?.index ?? text.length, code: true, bare: true }];
}

function quoteAt(text: string, at: number, { quotes, lifetimes }: Style): string | undefined {
  const quote = quotes.find((sign) => text.startsWith(sign, at));
  const isLifetime = lifetimes && quote === "'" && !/^'(?:\\.[^']*|[^'\\])'/.test(text.slice(at, at + 12));
  return isLifetime ? undefined : quote;
}

function commentEnd(text: string, at: number, { line, block }: Style): number | undefined {
  if (line.some((sign) => text.startsWith(sign, at))) {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end;
  }
  if (block === undefined || !text.startsWith(block[0], at)) return undefined;
  const end = text.indexOf(block[1], at + block[0].length);
  return end === -1 ? text.length : end + block[1].length;
}

/** Where the closing quote is; the end of the line for one that is not closed there. */
function stringEnd(text: string, from: number, quote: string): number {
  const spans = quote.length > 1 || quote === '`';
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at) || (!spans && text[at] === '\n')) return at;
  }
  return text.length;
}

/** A slash is a pattern where a value is expected. */
function patternEnd(text: string, at: number, code: string): number | undefined {
  const before = code.slice(-40).trimEnd();
  if (before !== '' && !/[(,=:[!&|?{};+~]$|\b(?:return|typeof|case|when|if|and|or|not)$/.test(before))
    return undefined;
  const match = /^\/(?![*/])(?:[^\\\n[/]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/.exec(text.slice(at, at + 500));
  return match ? at + match[0].length : undefined;
}
