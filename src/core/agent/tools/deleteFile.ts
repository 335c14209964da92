import * as z from 'zod';
import { confineWrite } from '../places/confine';
import { requireFile } from '../requireText';
import { defineTool } from '../tool';
import { changing, nameOf } from './writeText';

export const deleteFile = defineTool({
  name: 'delete_file',
  description: 'Deletes one file.',
  input: z.object({ path: z.string().min(1) }),
  async prepare({ path }, context) {
    const { files, root, onWrite } = context;
    const real = await confineWrite(files, root, path);
    const file = await requireFile(files, root, real, path);
    const name = nameOf(context, real);
    return changing(context, {
      path: real,
      seen: [file],
      deletes: true,
      edit: file.isText ? { path: name, before: file.text, after: undefined } : undefined,
      why: file.isText ? 'Deletes this file' : 'Deletes this file, which is not text',
      done: `Deleted ${name}.`,
      async act() {
        onWrite(real, undefined);
        await files.remove(real);
      },
    });
  },
});
