import { relativePath } from '../../core/util/path';
import { type Command, CWD, EXIT } from '../command';

export const hookMigrate: Command = {
  name: 'hook migrate',
  operands: '',
  arity: [0, 0],
  summary: 'Carry hooks of Kiro 0.x (*.kiro.hook) over to the format of today.',
  details: `Shows each new file; with --write they are written, and the old ones are removed. You are asked again
before a hook runs that was carried over.`,
  options: { write: { help: 'Write the new files and remove the old ones.' }, ...CWD },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, async ({ core, root }) => {
      const { hooks } = core;
      const all = args.has('write') ? await hooks.migrate(root) : await hooks.migration(root);
      const nameOf = (path: string) => relativePath(root, path) ?? path;
      if (all.length === 0) terminal.out.line('There are no hooks of Kiro 0.x here.');
      for (const { from, to, text, notes } of all) {
        terminal.out.line(`${nameOf(from)} → ${nameOf(to)}`);
        for (const note of notes) terminal.out.line(`  ${note}`);
        if (!args.has('write')) terminal.out.line(text);
      }
      return EXIT.done;
    });
  },
};
