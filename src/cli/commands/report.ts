import { isCalled } from '../../core/order/names';
import { type Command, CWD, EXIT, UsageError } from '../command';
import { chosen } from './check';

const FORMATS = ['markdown', 'html', 'json'] as const;

export const report: Command = {
  name: 'report',
  operands: '<spec>',
  arity: [1, 1],
  summary: 'Report a run: what was done, its evidence, its cost, the rest.',
  details: `Of the spec's latest run, or of the one that --run names by its number. Good to paste in a pull request:
it tells neither secrets nor places of this machine.

Exit codes: 0 every task of the run is done, 1 one is not, 2 the command line is wrong.

--format json prints {title, summary, facts, fewer, reopened, done, left, proved, unproven, files,
next}.`,
  options: {
    format: { value: 'NAME', help: `${FORMATS.join(', ')} (default markdown).` },
    output: { value: 'FILE', help: 'Write there instead of to the terminal.' },
    run: { value: 'NUMBER', help: 'Which run (default the latest).' },
    ...CWD,
  },
  async run(args, terminal) {
    const format = chosen(args, 'format', FORMATS) ?? 'markdown';
    const [{ withCliCore }, { boxesOf, renderReport, runOf }, { printable }] = await Promise.all([
      import('../createCliCore'),
      import('../runReport'),
      import('../printable'),
    ]);
    return withCliCore(args, terminal, async ({ core }) => {
      const [name = ''] = args.operands;
      const spec = core.specs.all.find((each) => isCalled(each, name));
      if (!spec) throw new UsageError(`There is no spec “${name}”.`);
      const run = runOf(await core.runs.list(spec.path), spec.name, args.value('run'));
      const sources = { spec: spec.name, now: core.ports.clock.now(), boxes: boxesOf(spec) };
      const { text, isDone } = renderReport(run, sources, format);
      const file = args.value('output');
      if (file === undefined) terminal.out.write(printable(text));
      else await (await import('../trace/writeReport')).writeReport(terminal.cwd, file, text);
      return isDone ? EXIT.done : EXIT.failed;
    });
  },
};
