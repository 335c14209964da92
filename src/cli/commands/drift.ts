import { isCalled } from '../../core/order/names';
import { type Command, CWD, EXIT, UsageError } from '../command';
import { chosen } from './check';

export const DRIFT_FORMATS = ['text', 'markdown', 'json'] as const;

export const drift: Command = {
  name: 'drift',
  operands: '[spec]',
  arity: [0, 1],
  summary: 'Find code that changed while its criterion did not.',
  details: `Code says what it implements in a comment, Implements: <spec>#1.2, and speaks for the lines up to the
next such comment. Where those lines are not as they were at --since, and the criterion is, somebody should
look whether the code still does what was agreed. --accept says that you did; it holds until the code or the
criterion changes. --since approval looks from the commit that brought the approval of a spec's requirements.

Exit codes: 0 nothing has drifted, 1 something has, 2 the command line is wrong.

--format json prints an array of {spec, id, text, criterion, places: [{path, line, code}], accepted}.`,
  options: {
    since: {
      value: 'REF',
      help: 'Branch, tag or commit, from where the workspace left it; or approval (default main).',
    },
    accept: { value: 'ID', help: 'Accept what changed below the tags of this criterion; needs --because.' },
    because: { value: 'WORDS', help: 'Why it is in keeping with the criterion.' },
    format: { value: 'NAME', help: `${DRIFT_FORMATS.join(', ')} (default text).` },
    ...CWD,
  },
  async run(args, terminal) {
    const format = chosen(args, 'format', DRIFT_FORMATS) ?? 'text';
    const [name] = args.operands;
    const accept = args.value('accept');
    const because = args.value('because')?.trim() ?? '';
    if (accept !== undefined && (name === undefined || because === ''))
      throw new UsageError('--accept needs the name of the spec, and --because with the reason.');
    const [{ withCliCore }, { renderDrift }] = await Promise.all([
      import('../createCliCore'),
      import('../drift/renderDrift'),
    ]);
    return withCliCore(args, terminal, async ({ core, root }) => {
      const specs = core.specs.all.filter((spec) =>
        name === undefined ? spec.root === root : isCalled(spec, name),
      );
      if (name !== undefined && specs.length === 0) throw new UsageError(`There is no spec “${name}”.`);
      const found = [];
      const since = args.value('since') ?? 'main';
      // Code is looked for in the folder that has the spec: a package's own, in a monorepo.
      for (const from of new Set([root, ...specs.map((spec) => spec.root)])) {
        const own = specs.filter((spec) => spec.root === from);
        found.push(...(await core.trace.drift(from, own, since, terminal.signal)));
      }
      if (accept !== undefined) {
        const one = found.find(({ id }) => id === accept);
        if (one === undefined || one.places.length === 0)
          throw new UsageError(`Nothing has drifted from criterion ${accept}.`);
        await core.trace.acceptDrift(one, because);
        terminal.out.write(`Accepted: ${one.places.length} of ${accept}.\n`);
        return EXIT.done;
      }
      terminal.out.write(renderDrift(found, format, terminal.out.paint));
      return found.every(({ places }) => places.length === 0) ? EXIT.done : EXIT.failed;
    });
  },
};
