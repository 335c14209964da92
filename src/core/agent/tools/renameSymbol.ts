import * as z from 'zod';
import { applyEdits, lineStarts, type TextPosition } from '../../util/textRange';
import { placeOf } from '../codePlaces';
import type { FileChanges } from '../editorServices';
import { confineWrite } from '../places/confine';
import { requireText } from '../requireText';
import { defineTool, type ToolContext, ToolRefusal } from '../tool';
import { nameOf, type TextChange, writingAll } from './writeText';

export const renameSymbol = defineTool({
  name: 'rename_symbol',
  description:
    'Renames a symbol wherever the language server knows it. path: a file in which it stands; line: where, if not at its first place.',
  input: z.object({
    symbol: z.string().min(1).max(300),
    newName: z.string().min(1).max(300),
    path: z.string().min(1),
    line: z.int().min(1).optional(),
  }),
  async prepare({ symbol, newName, path, line }, context) {
    const { editor } = context;
    if (!editor)
      throw new ToolRefusal(
        'No language server is here. Find the places with search and change them with edit_file.',
      );
    const place = await placeOf(context, { symbol, path, line });
    const found = await editor.rename(place, newName);
    const changes: TextChange[] = [];
    for (const file of found) changes.push(await changeOf(context, file));
    if (changes.length === 0)
      throw new ToolRefusal(`The language server finds nothing to rename at “${symbol}”.`);
    const files = changes.length === 1 ? '' : ` in ${changes.length} files`;
    return writingAll(context, changes, {
      why: `Renames ${symbol} to ${newName}${files}`,
      done: `Renamed ${symbol} to ${newName} in ${changes.map((change) => nameOf(context, change.path)).join(', ')}.`,
    });
  },
});

async function changeOf(context: ToolContext, { path, edits }: FileChanges): Promise<TextChange> {
  const real = await confineWrite(context.files, context.root, path);
  const name = nameOf(context, real);
  const before = await requireText(context.files, context.root, real, name);
  if (before === undefined)
    throw new ToolRefusal(`The language server would change ${name}, which is not there.`);
  // An editor keeps the byte order mark to itself.
  const mark = before.startsWith('\uFEFF') ? 1 : 0;
  const text = before.slice(mark);
  const starts = lineStarts(text);
  const offset = ({ line, character }: TextPosition) => (starts[line] ?? text.length) + character;
  const changes = edits.map(({ start, end, newText }) => ({
    range: { start: offset(start), end: offset(end) },
    newText,
  }));
  return { path: real, before, after: before.slice(0, mark) + applyEdits(text, changes) };
}
