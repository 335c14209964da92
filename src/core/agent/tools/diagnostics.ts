import * as z from 'zod';
import { relativePath } from '../../util/path';
import { readable } from '../codePlaces';
import type { CodeProblem } from '../editorServices';
import { confine } from '../places/confine';
import { requireVisible } from '../places/ignoreRules';
import { pageOf, showPage } from '../places/visibleFiles';
import { defineTool, reading, type ToolContext, ToolRefusal } from '../tool';

const LIMIT = 100;
const MAX_MESSAGE = 500;
const ORDER = ['error', 'warning', 'info', 'hint'] as const;

export const diagnostics = defineTool({
  name: 'diagnostics',
  description: `The problems that the editor shows, errors first: of one file, or without path of all files that it has looked at.`,
  reads: true,
  input: z.object({ path: z.string().min(1).optional(), offset: z.int().min(0).default(0) }),
  async prepare({ path, offset }, context) {
    const { editor, files, root } = context;
    if (!editor) throw new ToolRefusal('No editor is here. Run the project’s own check with run_command.');
    const real = path === undefined ? undefined : await confine(files, root, path);
    if (real !== undefined && path !== undefined) {
      await requireVisible(files, root, real, path);
      if ((await files.stat(real))?.kind !== 'file') throw new ToolRefusal(`There is no file ${path}.`);
    }
    return reading(async (signal) => {
      const { problems, sure } = await editor.problems(real, signal);
      const found = [...problems].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
      const doubt = sure ? '' : ' It is not open in the editor, so its language may not have looked at it.';
      const none = `No problems${path === undefined ? '' : ` in ${path}`}.${doubt}`;
      return showPage(await pageOf(linesOf(context, found), offset, LIMIT), offset, none);
    });
  },
});

/** Those of files that must not be read are left out: a message may tell what stands there. */
async function* linesOf(context: ToolContext, problems: readonly CodeProblem[]): AsyncGenerator<string> {
  const seen = new Map<string, boolean>();
  for (const { path, line, severity, source, message } of problems) {
    if (!seen.has(path)) seen.set(path, (await readable(context, path)) !== undefined);
    if (!seen.get(path)) continue;
    const said = message.replace(/\s*\n\s*/g, ' ').slice(0, MAX_MESSAGE);
    yield `${relativePath(context.root, path)}:${line + 1} ${severity}${source === '' ? '' : ` ${source}`}: ${said}`;
  }
}
