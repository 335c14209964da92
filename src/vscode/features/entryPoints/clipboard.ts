/** The clipboard, borrowed: what the editor hands out in no other way. */

export interface Clipboard {
  readText(): PromiseLike<string>;
  writeText(text: string): PromiseLike<void>;
}

/** `latest`: what was copied stays, and something else is taken. Undefined: nothing is. */
export type Replacing = 'selection' | 'latest' | undefined;

/**
 * What `copy` puts there; text that was there is put back. What is no text (a picture, files) an extension can neither read nor put
 * back, nor tell from nothing: then the person is asked first. Empty where something else is to be taken.
 */
export async function borrowClipboard(
  clipboard: Clipboard,
  copy: () => PromiseLike<unknown>,
  mayReplace: () => Promise<Replacing>,
): Promise<string | undefined> {
  const before = await clipboard.readText();
  const choice = before === '' ? await mayReplace() : 'selection';
  if (choice !== 'selection') return choice === 'latest' ? '' : undefined;
  try {
    await clipboard.writeText('');
    await copy();
    return await clipboard.readText();
  } finally {
    // What was to be replaced is: emptied, it would be asked about again the next time.
    if (before !== '') await clipboard.writeText(before);
  }
}
