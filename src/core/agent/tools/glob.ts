import * as z from 'zod';
import { relativePath } from '../../util/path';
import { confine } from '../places/confine';
import { requireVisible } from '../places/ignoreRules';
import { pathPattern } from '../places/pathPattern';
import { pageOf, showPage, visibleFiles } from '../places/visibleFiles';
import { defineTool, reading } from '../tool';

const LIMIT = 500;

export const glob = defineTool({
  name: 'glob',
  description: `Finds files by path, ${LIMIT} at once: src/**/*.{ts,tsx}; without a slash by name: *.md. Leaves out what list_files does.`,
  reads: true,
  input: z.object({ pattern: z.string().min(1).max(500), offset: z.int().min(0).default(0) }),
  async prepare({ pattern, offset }, { files, root }) {
    const { folder, matches } = pathPattern(root, pattern);
    const start = await confine(files, root, folder);
    await requireVisible(files, root, start, folder);
    return reading(async (signal) => {
      const all = visibleFiles(files, root, relativePath(root, start) ?? '', signal);
      const page = await pageOf(filter(all, matches), offset, LIMIT);
      return showPage(page, offset, `No file matches ${JSON.stringify(pattern)}.`);
    });
  },
});

async function* filter(
  paths: AsyncIterable<string>,
  matches: (path: string) => boolean,
): AsyncGenerator<string> {
  for await (const path of paths) if (matches(path)) yield path;
}
