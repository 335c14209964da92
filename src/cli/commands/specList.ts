import { labelsOf } from '../../core/order/names';
import type { PutAway } from '../../core/order/places';
import type { Spec } from '../../core/spec/model';
import { type Command, CWD, EXIT, type Terminal } from '../command';
import { oneLine } from '../printable';

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

Specs in folders of .kiro/specs (groups), and those of folders below that have a .kiro/specs of their own,
are listed, too; where several have one name, with as much of their place as tells them apart. --archived
lists those that were put away: earshot spec restore brings them back.

--json prints one array of
  {name, group, path, type, phase, documents: [{kind, file, state}], tasks: {done, total}}
where path is relative to the workspace, type is feature or bugfix, and tasks counts the required ones.`,
  options: {
    json: { help: 'Print JSON.' },
    archived: { help: 'List archived specs, and those that were deleted in the last thirty days.' },
    ...CWD,
  },
  async run(args, terminal) {
    const [{ withCliCore }, { summarizeSpec }, { specTable }] = await Promise.all([
      import('../createCliCore'),
      import('../specSummary'),
      import('../specTable'),
    ]);
    return withCliCore(args, terminal, async ({ core, root }) => {
      const { out } = terminal;
      const asJson = args.has('json');
      if (args.has('archived')) listPutAway(await (await core.order()).putAway(), asJson, out);
      else if (asJson) out.json(core.specs.all.map((spec) => summarizeSpec(spec, root)));
      else if (core.specs.all.length === 0)
        out.line('No specs here yet. Start one: earshot spec new "<idea>"');
      else {
        const labels = labelsOf(core.specs.all, core.specs.roots);
        const labelled = (spec: Spec) => ({
          ...summarizeSpec(spec, root),
          name: labels.get(spec.path) ?? spec.name,
        });
        out.line(specTable(core.specs.all.map(labelled), out.paint));
      }
      return EXIT.done;
    });
  },
};

function listPutAway(all: readonly PutAway[], asJson: boolean, out: Terminal['out']): void {
  if (asJson) out.json(all.map(({ kind, key, at }) => ({ kind, spec: key, at })));
  else if (all.length === 0) out.line('No spec is archived here, and none was deleted lately.');
  else for (const { kind, key } of all) out.line(`${oneLine(key)}   ${out.paint('dim', kind)}`);
}
