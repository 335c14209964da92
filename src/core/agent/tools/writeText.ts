/** What write_file and edit_file share: a change that is shown before it is made, and made only if nothing moved. */
import { relativePath } from '../../util/path';
import { confineWrite } from '../confine';
import { type PreparedCall, type ToolContext, ToolRefusal } from '../tool';

export function writing(
  { root, files, onWrite }: ToolContext,
  path: string,
  before: string | undefined,
  after: string,
): PreparedCall {
  const name = relativePath(root, path) ?? path;
  const edit = { path: name, before, after };
  return {
    question: {
      subject: name,
      capability: 'write',
      where: 'the workspace folder',
      why: before === undefined ? 'Creates this file' : 'Changes this file',
    },
    edit,
    async perform(signal) {
      // The person may have thought for long: the place must still be the one that was shown.
      if ((await confineWrite(files, root, path)) !== path)
        throw new ToolRefusal(`${name} now leads elsewhere.`);
      signal.throwIfAborted();
      if ((await files.readText(path)) !== before) {
        throw new ToolRefusal(`${name} was changed by somebody else meanwhile. Read it again.`);
      }
      // Told first: a watcher may see the write before the promise resolves.
      onWrite(path, after);
      await files.writeText(path, after);
      return { ok: true, output: before === undefined ? `Created ${name}.` : `Changed ${name}.`, edit };
    },
  };
}
