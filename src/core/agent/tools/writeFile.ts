import * as z from 'zod';
import { confineWrite } from '../confine';
import { defineTool, ToolRefusal } from '../tool';
import { writing } from './writeText';

export const writeFile = defineTool({
  name: 'write_file',
  description: 'Creates a text file of the workspace, or replaces its whole content. Use edit_file for small changes.',
  input: z.object({
    path: z.string().min(1).describe('Relative to the workspace folder'),
    content: z.string(),
  }),
  async prepare({ path, content }, context) {
    const real = await confineWrite(context.files, context.root, path);
    if ((await context.files.stat(real))?.kind === 'folder') throw new ToolRefusal(`${path} is a folder.`);
    return writing(context, real, await context.files.readText(real), content);
  },
});
