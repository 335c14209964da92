import * as z from 'zod';
import { confineWrite } from '../places/confine';
import { requireVisible } from '../places/ignoreRules';
import { requireFile } from '../requireText';
import { defineTool, type ToolContext, ToolRefusal } from '../tool';
import { changing, nameOf } from './writeText';

export const moveFile = defineTool({
  name: 'move_file',
  description: 'Moves or renames one file; nothing may be at its new path.',
  input: z.object({ path: z.string().min(1), newPath: z.string().min(1) }),
  async prepare({ path, newPath }, context) {
    const { files, root, onWrite } = context;
    const source = await confineWrite(files, root, path);
    const file = await requireFile(files, root, source, path);
    const target = await freePlace(context, newPath);
    const [from, name] = [nameOf(context, source), nameOf(context, target)];
    return changing(context, {
      path: target,
      from,
      seen: [file, { path: target, text: undefined, isText: true }],
      edit: file.isText ? { path: name, from, before: undefined, after: file.text } : undefined,
      why: `Moves ${from} here`,
      done: `Moved ${from} to ${name}.`,
      async act() {
        onWrite(source, undefined);
        onWrite(target, file.text ?? (await files.readText(source)));
        await files.move(source, target);
      },
    });
  },
});

async function freePlace({ files, root }: ToolContext, newPath: string): Promise<string> {
  const target = await confineWrite(files, root, newPath);
  await requireVisible(files, root, target, newPath);
  const there = await files.stat(target);
  if (there?.kind === 'folder')
    throw new ToolRefusal(`${newPath} is a folder. Give the whole new path, with the file's name.`);
  if (there)
    throw new ToolRefusal(`There is a file ${newPath} already. Choose another path, or delete it first.`);
  return target;
}
