/** Puts a file's path into a hook's command. Paths are whatever a repository or a download named them: data, never code. */

const PLACE = '{{filePath}}';
/** No shell sees anything in these. */
const PLAIN = /^[\p{L}\p{N}_./@+,-]+$/u;
/** Nothing is run by these; at worst a word is split. */
const HARMLESS = /^[\p{L}\p{N}_./@+, -]*$/u;
/** What reads a part of the command a second time, or other than as words: no quoting outlasts that. */
const NESTED: readonly RegExp[] = [
  // Substitutions, arithmetic, here-documents, bash's own quotes.
  /`|\$[([{'"]|\(\(|<</,
  // Comments: a line break in a name ends them.
  /(^|\s)#/,
  /\b(?:eval|ssh|let|trap)\b/,
  // A shell or an interpreter that is given code, as an argument or by a pipe.
  /(?:^|[\s|;&(/])(?:[a-z]*sh|su|script|watch|parallel|node|bun|deno|python3?|perl|ruby|php)(?=\s+-|\s*$|\s*[|;&])/,
];

export function takesPath(command: string): boolean {
  return command.includes(PLACE);
}

/**
 * The command with the path in place of `{{filePath}}`, quoted as its place demands; undefined where no quoting
 * would be safe.
 * @param path Relative, with forward slashes.
 * @param windows Is the shell that of Windows?
 */
export function fillCommand(command: string, path: string, windows: boolean): string | undefined {
  if (!takesPath(command)) return command;
  // What begins with a hyphen would be taken for an option.
  const name = path.startsWith('-') ? `./${path}` : path;
  if (PLAIN.test(name)) return command.replaceAll(PLACE, () => name);
  return windows ? fillForWindows(command, name) : fillForShell(command, name);
}

interface Piece {
  readonly text: string;
  readonly quote: '' | '"' | "'";
}

function fillForShell(command: string, path: string): string | undefined {
  const isHarmless = HARMLESS.test(path);
  if (!isHarmless && NESTED.some((pattern) => pattern.test(command))) return undefined;
  const pieces = splitQuotes(command, '"\'');
  // Quoted text of several words may itself be a command: sh -c "cat {{filePath}}".
  if (
    !isHarmless &&
    pieces.some(({ text, quote }) => quote !== '' && text.includes(PLACE) && /\s/.test(text))
  )
    return undefined;
  return pieces
    .map(({ text, quote }) => quote + text.replaceAll(PLACE, () => quoted(path, quote)) + quote)
    .join('');
}

function quoted(path: string, quote: Piece['quote']): string {
  if (quote === '"') return path.replace(/[\\"$`]/g, '\\$&');
  const inner = path.replaceAll("'", "'\\''");
  return quote === "'" ? inner : `'${inner}'`;
}

/** There, names hold no double quotes, and inside of them only `%` and `!` mean something. */
function fillForWindows(command: string, path: string): string | undefined {
  if (/[%!"\r\n]/.test(path) || command.includes('^')) return undefined;
  return splitQuotes(command, '"')
    .map(({ text, quote }) => quote + text.replaceAll(PLACE, () => (quote ? path : `"${path}"`)) + quote)
    .join('');
}

/** An open quote at the end is closed: the shell would refuse the command otherwise. */
function splitQuotes(command: string, marks: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  let quote: Piece['quote'] = '';
  for (let index = 0; index < command.length; index++) {
    const character = command.charAt(index);
    if (character === '\\' && quote !== "'" && marks.includes("'")) {
      text += character + command.charAt(++index);
    } else if (quote === '' ? marks.includes(character) : character === quote) {
      pieces.push({ text, quote });
      text = '';
      quote = quote === '' ? (character as Piece['quote']) : '';
    } else {
      text += character;
    }
  }
  return [...pieces, { text, quote }];
}
