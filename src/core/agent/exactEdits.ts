/** Passages replaced by their exact text: every one is found in the text as it was, so that their order does not count. */
import { ToolRefusal } from './turn/toolRefusal';

export interface ExactEdit {
  readonly oldText: string;
  readonly newText: string;
}

interface Place extends ExactEdit {
  readonly start: number;
  readonly which: string;
}

/** The text with all edits made, or a refusal that says which one does not fit. @param name As the model named the file. */
export function replaceExactly(text: string, edits: readonly ExactEdit[], name: string): string {
  if (edits.length === 0)
    throw new ToolRefusal('There is nothing to do: give oldText and newText, or edits.');
  const places = edits
    .map((edit, index) => find(text, edit, name, edits.length === 1 ? 'oldText' : `oldText ${index + 1}`))
    .sort((a, b) => a.start - b.start);
  let result = '';
  let end = 0;
  for (const { start, oldText, newText, which } of places) {
    if (start < end)
      throw new ToolRefusal(`${which} overlaps another one in ${name}. Make one edit of them.`);
    result += text.slice(end, start) + newText;
    end = start + oldText.length;
  }
  return result + text.slice(end);
}

function find(text: string, given: ExactEdit, name: string, which: string): Place {
  if (given.oldText === '') throw new ToolRefusal(`${which} is empty. Use write_file to write a whole file.`);
  const edit = inLineEndsOf(text, given);
  const start = text.indexOf(edit.oldText);
  if (start < 0)
    throw new ToolRefusal(`${which} does not occur in ${name}. Read the file and copy the passage exactly.`);
  if (text.indexOf(edit.oldText, start + 1) >= 0)
    throw new ToolRefusal(
      `${which} occurs more than once in ${name}. Add lines around it until it is unique.`,
    );
  return { ...edit, start, which };
}

/** The model sees lines, not how they end. */
function inLineEndsOf(text: string, edit: ExactEdit): ExactEdit {
  const { oldText, newText } = edit;
  if (!text.includes('\r\n') || oldText.includes('\r')) return edit;
  // A file may have both: the passage that is there as given keeps its own.
  if (oldText.includes('\n') && text.includes(oldText)) return edit;
  return { oldText: withReturns(oldText), newText: withReturns(newText) };
}

function withReturns(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
