import { type Command, CWD, EXIT } from '../command';

export const checkpointDiff: Command = {
  name: 'checkpoint diff',
  operands: '<id> [id]',
  arity: [1, 2],
  summary: 'Show which files differ between a checkpoint and now, or between two.',
  details: `A checkpoint is named by its number in the list, the beginning of its id, or latest.
A: added since, M: changed, D: deleted, X: may be run now, or no longer.

--json prints one array of {path, change} where change is added, changed, deleted or mode.`,
  options: {
    patch: { help: 'Show the lines, too.' },
    json: { help: 'Print JSON.' },
    ...CWD,
  },
  async run(args, terminal) {
    const [{ withCliCore }, { changeLine }, { findCheckpoint }] = await Promise.all([
      import('../createCliCore'),
      import('../checkpointLines'),
      import('../findCheckpoint'),
    ]);
    return withCliCore(args, terminal, async ({ core, root }) => {
      const { out } = terminal;
      const { checkpoints, ports } = core;
      const [from = '', to] = args.operands;
      const all = await checkpoints.list({ root });
      const one = findCheckpoint(all, from);
      const other = to === undefined ? undefined : findCheckpoint(all, to);
      const changes = await checkpoints.diff(root, one.id, other?.id);
      if (args.has('json')) {
        out.json(changes);
        return EXIT.done;
      }
      if (changes.length === 0) out.line('Nothing differs.');
      for (const change of changes) out.line(changeLine(change, out.paint));
      if (!args.has('patch')) return EXIT.done;
      const { patchOf } = await import('../checkpointPatch');
      for (const change of changes) {
        const before = await checkpoints.read(root, one.id, change.path);
        const after = other
          ? await checkpoints.read(root, other.id, change.path)
          : await ports.files.readText(`${root}/${change.path}`).catch(() => undefined);
        out.line(`\n${patchOf(change.path, before, after)}`);
      }
      return EXIT.done;
    });
  },
};
