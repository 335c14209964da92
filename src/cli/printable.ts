/**
 * Text from files and models as a terminal may show it. Both are other people's words: control characters
 * could move the cursor over what stands there, or rename the window.
 */

const CONTROL = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/** Without control and direction characters; line breaks and tabs stay. */
export function printable(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(CONTROL, '');
}

// Controls, zero-width characters, and those that turn the direction of what follows.
const HIDDEN = /[^\P{C}\n\t]/gu;

/** Text that is to be agreed to: what cannot be seen is written as its code. */
export function nothingHidden(text: string): string {
  return text.replace(HIDDEN, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** On one line, cut to `most` characters. */
export function oneLine(text: string, most = 100): string {
  const line = printable(text).replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Columns that a text takes: Chinese, Japanese and Korean characters take two. */
export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}
