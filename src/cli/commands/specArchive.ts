import { relativePath } from '../../core/util/path';
import { type Command, CWD, EXIT } from '../command';

export const specArchive: Command = {
  name: 'spec archive',
  operands: '<spec>',
  arity: [1, 1],
  summary: 'Put a spec away, in .kiro/archive/specs.',
  details: `It goes with all in its folder, approvals too, and stays under version control; Kiro does not read it there.
What names it stays as it is. earshot spec restore brings it back.`,
  options: { ...CWD },
  async run(args, terminal) {
    const [{ withCliCore }, { requireSpec }] = await Promise.all([
      import('../createCliCore'),
      import('../taskPlan'),
    ]);
    return withCliCore(args, terminal, async ({ core, root }) => {
      const put = await (await core.order()).archive(requireSpec(core.specs.all, args.operands[0] ?? ''));
      terminal.out.line(`${put.key} is archived in ${relativePath(root, put.path) ?? put.path}.`);
      return EXIT.done;
    });
  },
};
