import * as z from 'zod';
import { relativePath } from '../../util/path';
import { confine } from '../places/confine';
import { requireVisible } from '../places/ignoreRules';
import { pageOf, showPage, visibleFiles } from '../places/visibleFiles';
import { defineTool, reading } from '../tool';

const LIMIT = 500;

export const listFiles = defineTool({
  name: 'list_files',
  description: `Lists the files below a folder, ${LIMIT} at once; ignored, installed and built files are left out.`,
  reads: true,
  input: z.object({ path: z.string().default('.'), offset: z.int().min(0).default(0) }),
  async prepare({ path, offset }, { files, root }) {
    const real = await confine(files, root, path);
    await requireVisible(files, root, real, path);
    return reading(async (signal) => {
      const found = visibleFiles(files, root, relativePath(root, real) ?? '', signal);
      return showPage(await pageOf(found, offset, LIMIT), offset, `No files in ${path}.`);
    });
  },
});
