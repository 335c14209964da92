import { type Command, CWD, EXIT } from '../command';

export const powerRemove: Command = {
  name: 'power remove',
  operands: '<name>',
  arity: [1, 1],
  summary: 'Remove a power with all that it brought.',
  details: 'Exit codes: 0 removed, 1 there is none of that name, 2 the command line is wrong.',
  options: { ...CWD },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, async ({ core, root }) => {
      const power = await core.powers.remove(root, args.operands[0] ?? '');
      terminal.out.line(`${power.displayName} is removed.`);
      return EXIT.done;
    });
  },
};
