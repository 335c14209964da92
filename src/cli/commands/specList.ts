import { type Command, CWD, EXIT } from '../command';

export const specList: Command = {
  name: 'spec list',
  operands: '',
  arity: [0, 0],
  summary: 'List the specs of this workspace.',
  details: `The workspace is the nearest folder from here upwards that holds .kiro, else this folder.

A spec's phase is the furthest that it has come: its last document that is there (requirements or
bugfix, design, tasks), or done when every required task is done. Whether a document is approved is
its state: missing, drafting, incomplete (a draft that was cut off), draft (not approved), approved,
changed (since its approval).

--json prints one array of
  {name, path, type, phase, documents: [{kind, file, state}], tasks: {done, total}}
where path is relative to the workspace, type is feature or bugfix, and tasks counts the required ones.`,
  options: { json: { help: 'Print JSON.' }, ...CWD },
  async run(args, terminal) {
    const [{ withCliCore }, { summarizeSpec }, { specTable }] = await Promise.all([
      import('../createCliCore'),
      import('../specSummary'),
      import('../specTable'),
    ]);
    return withCliCore(args, terminal, async ({ core }) => {
      const { out } = terminal;
      const specs = core.specs.all.map(summarizeSpec);
      if (args.has('json')) out.json(specs);
      else if (specs.length > 0) out.line(specTable(specs, out.paint));
      else out.line('No specs here yet. Start one: earshot spec new "<idea>"');
      return EXIT.done;
    });
  },
};
