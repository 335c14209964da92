import * as z from 'zod';
import { type ExactEdit, replaceExactly } from '../exactEdits';
import { confineWrite } from '../places/confine';
import { requireText } from '../requireText';
import { defineTool, ToolRefusal } from '../tool';
import { writing } from './writeText';

export const editFile = defineTool({
  name: 'edit_file',
  description:
    'Replaces passages of a text file. Each oldText must occur exactly once in the file as it is, white space included. One passage: oldText and newText; several: edits, all made or none.',
  input: z.object({
    path: z.string().min(1),
    oldText: z.string().optional(),
    newText: z.string().optional(),
    edits: z
      .array(z.object({ oldText: z.string(), newText: z.string() }))
      .max(100)
      .optional(),
  }),
  async prepare({ path, oldText, newText, edits = [] }, context) {
    const real = await confineWrite(context.files, context.root, path);
    const before = await requireText(context.files, context.root, real, path);
    if (before === undefined) throw new ToolRefusal(`There is no file ${path}. Use write_file to create it.`);
    return writing(context, real, before, replaceExactly(before, [...one(oldText, newText), ...edits], path));
  },
});

function one(oldText: string | undefined, newText: string | undefined): readonly ExactEdit[] {
  if (oldText === undefined && newText === undefined) return [];
  if (oldText === undefined || newText === undefined)
    throw new ToolRefusal('Give oldText and newText together.');
  return [{ oldText, newText }];
}
