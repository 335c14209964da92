import { relativePath } from '../../core/util/path';
import { type Command, CWD, EXIT, UsageError } from '../command';

export const specRestore: Command = {
  name: 'spec restore',
  operands: '<spec>',
  arity: [1, 1],
  summary: 'Bring back a spec that was archived, or lately deleted.',
  details: `It comes back where it was, byte for byte. earshot spec list --archived tells what there is; of several that
were deleted under one name, the latest comes back.`,
  options: { ...CWD },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, async ({ core, root }) => {
      const [name = ''] = args.operands;
      const order = await core.order();
      const all = await order.putAway();
      const put = all.find(({ key }) => key === name) ?? all.find(({ key }) => key.endsWith(`/${name}`));
      if (put === undefined) {
        const there =
          all.length === 0 ? 'There is none.' : `There are: ${all.map(({ key }) => key).join(', ')}.`;
        throw new UsageError(`No spec “${name}” is archived or was deleted lately. ${there}`);
      }
      const path = await order.restore(put);
      terminal.out.line(`${put.key} is back in ${relativePath(root, path) ?? path}.`);
      return EXIT.done;
    });
  },
};
