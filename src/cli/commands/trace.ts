import { isCalled } from '../../core/order/names';
import { type Command, CWD, EXIT, UsageError } from '../command';
import { chosen } from './check';

export const TRACE_FORMATS = ['text', 'markdown', 'json', 'html'] as const;

export const trace: Command = {
  name: 'trace',
  operands: '[spec]',
  arity: [0, 1],
  summary: 'Follow each criterion to its property, task, test and code.',
  details: `Without a name, all specs of the workspace; those of a package below it by their name, or by --cwd.
Links are read as they stand: _Requirements: 1.2_ in tasks, **Validates: Requirements 1.2** and “Requirement
1.2” in the design, and in tests and code of any language:
  Feature: <spec>, Property 3        a test of a correctness property
  Verifies: <spec>#1.2, #1.3-1.5     a test of criteria
  Implements: <spec>#1.2             code (optional; where one file has it, all criteria need it)

A link is suspect when its criterion was edited since a person approved the document that the link is in.
Deep is the least of the levels that count: a chain is as strong as its weakest link.

<spec> is its place below .kiro/specs, or its name where no other has it. Tags that mean no spec, or may mean
several, are listed as “(no spec)” where all specs are.

Exit codes: 0 every criterion is covered at every level that counts, 1 one is not, or a link leads nowhere,
2 the command line is wrong.

--format json prints an array of {spec, required, criteria: [{id, requirement, text, levels, deep}], orphans,
duplicates, coverage}.`,
  options: {
    format: { value: 'NAME', help: `${TRACE_FORMATS.join(', ')} (default text).` },
    output: { value: 'FILE', help: 'Write there instead of to the terminal.' },
    'no-code': { help: 'Look at the documents only.' },
    ...CWD,
  },
  async run(args, terminal) {
    const format = chosen(args, 'format', TRACE_FORMATS) ?? 'text';
    const [{ withCliCore }, { renderTrace }, { isWhole, strayGraph }] = await Promise.all([
      import('../createCliCore'),
      import('../trace/renderTrace'),
      import('../../core/trace/report/traceWords'),
    ]);
    return withCliCore(args, terminal, async ({ core, root }) => {
      const [name] = args.operands;
      const specs = core.specs.all.filter((spec) =>
        name === undefined ? spec.root === root : isCalled(spec, name),
      );
      if (name !== undefined && specs.length === 0) throw new UsageError(`There is no spec “${name}”.`);
      const code = !args.has('no-code');
      const graphs = await Promise.all(
        specs.map((spec) => core.trace.graph(spec, { code, signal: terminal.signal })),
      );
      // Nobody who asks for one spec is told of others.
      const strays = code && name === undefined ? await core.trace.strays(root, terminal.signal) : [];
      if (strays.length > 0) graphs.push(strayGraph(strays));
      const text = renderTrace(graphs, format, terminal);
      const file = args.value('output');
      if (file === undefined) terminal.out.write(text);
      else await (await import('../trace/writeReport')).writeReport(terminal.cwd, file, text);
      return graphs.every(isWhole) ? EXIT.done : EXIT.failed;
    });
  },
};
