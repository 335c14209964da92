import { basename, dirname, relativePath } from '../../core/util/path';
import { type Command, CWD, EXIT } from '../command';

export const specRename: Command = {
  name: 'spec rename',
  operands: '<spec> <name>',
  arity: [2, 2],
  summary: 'Rename a spec, or move it to a group; what names it follows.',
  details: `The new name may begin with a group, a folder of .kiro/specs: payments/refunds. “/refunds” takes it
out of its group; without a group it stays in its own. Paths and names in other specs, steering and hooks
follow, and so do the tags of code and tests. A spec that is drafted or run is not moved.

Exit codes: 0 moved, 1 it could not be moved, or a file that names it could not be written, 2 the command
line is wrong.`,
  options: { ...CWD },
  async run(args, terminal) {
    const [{ withCliCore }, { requireSpec }, { groupOf, specKey }] = await Promise.all([
      import('../createCliCore'),
      import('../taskPlan'),
      import('../../core/order/places'),
    ]);
    return withCliCore(args, terminal, async ({ core, root }) => {
      const [from = '', to = ''] = args.operands;
      const spec = requireSpec(core.specs.all, from);
      const group = to.startsWith('/') ? '' : to.includes('/') ? dirname(to) : groupOf(spec);
      const moved = await (await core.order()).move(spec, { group, name: basename(to) });
      const { out } = terminal;
      out.line(`${specKey(spec)} is now ${specKey({ root: spec.root, path: moved.path })}.`);
      for (const path of moved.followed) out.line(`  followed: ${relativePath(root, path) ?? path}`);
      for (const path of moved.stale) out.line(`  could not be written: ${relativePath(root, path) ?? path}`);
      if (moved.approvalsLost)
        out.line('It has no id, so its approvals named its folder, and count no more.');
      return moved.stale.length === 0 ? EXIT.done : EXIT.failed;
    });
  },
};
