import { type Command, CWD, EXIT } from '../command';

export const powerList: Command = {
  name: 'power list',
  operands: '',
  arity: [0, 0],
  summary: 'List the powers that are installed, yours and the workspace’s.',
  details: 'Exit codes: 0 listed, 2 the command line is wrong.',
  options: { ...CWD },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, async ({ core, root }) => {
      const all = await core.powers.list(root);
      for (const { name, description, folder } of all)
        terminal.out.line(`${name}  ${description || 'no description'} (${folder})`);
      if (all.length === 0) terminal.out.line('No power is installed.');
      return EXIT.done;
    });
  },
};
