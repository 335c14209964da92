import * as z from 'zod';
import { confineWrite } from '../places/confine';
import { requireText } from '../requireText';
import { defineTool } from '../tool';
import { writing } from './writeText';

export const writeFile = defineTool({
  name: 'write_file',
  description: 'Creates a text file, or replaces its whole content. Use edit_file for small changes.',
  input: z.object({
    path: z.string().min(1),
    content: z.string(),
  }),
  async prepare({ path, content }, context) {
    const real = await confineWrite(context.files, context.root, path);
    return writing(context, real, await requireText(context.files, context.root, real, path), content);
  },
});
