import * as z from 'zod';
import { confineWrite } from '../confine';
import { requireText } from '../requireText';
import { defineTool, ToolRefusal } from '../tool';
import { writing } from './writeText';

export const editFile = defineTool({
  name: 'edit_file',
  description: 'Replaces one passage of a text file. oldText must occur exactly once, white space included.',
  input: z.object({
    path: z.string().min(1).describe('Relative to the workspace folder'),
    oldText: z.string().min(1),
    newText: z.string(),
  }),
  async prepare({ path, oldText, newText }, context) {
    const real = await confineWrite(context.files, context.root, path);
    const before = await requireText(context.files, context.root, real, path);
    if (before === undefined) throw new ToolRefusal(`There is no file ${path}. Use write_file to create it.`);
    const first = before.indexOf(oldText);
    if (first < 0)
      throw new ToolRefusal(`oldText does not occur in ${path}. Read the file and copy the passage exactly.`);
    if (before.indexOf(oldText, first + 1) >= 0) {
      throw new ToolRefusal(
        `oldText occurs more than once in ${path}. Add lines around it until it is unique.`,
      );
    }
    return writing(
      context,
      real,
      before,
      before.slice(0, first) + newText + before.slice(first + oldText.length),
    );
  },
});
