import * as z from 'zod';
import { confine } from '../confine';
import { defineTool, reading } from '../tool';
import { walkFiles } from '../walkFiles';

const LIMIT = 500;

export const listFiles = defineTool({
  name: 'list_files',
  description: `Lists the files below a folder of the workspace, at most ${LIMIT}; version control, installed and built folders are left out.`,
  input: z.object({ path: z.string().default('.').describe('Relative to the workspace folder') }),
  async prepare({ path }, { files, root }) {
    const real = await confine(files, root, path);
    return reading(async () => {
      const { paths, whole } = await walkFiles(files, real, LIMIT);
      if (paths.length === 0) return `No files in ${path}.`;
      return whole ? paths.join('\n') : `${paths.join('\n')}\n[more than ${LIMIT}; list a folder below]`;
    });
  },
});
