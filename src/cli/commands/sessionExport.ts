import { type Command, CWD, EXIT, UsageError } from '../command';

export const sessionExport: Command = {
  name: 'session export',
  operands: '<id>',
  arity: [1, 1],
  summary: 'Print a session as Markdown.',
  details: `The id is the one that “earshot session list” shows; its beginning is enough where it is the only one.`,
  options: { ...CWD },
  async run(args, terminal) {
    const [{ withCliCore }, { exportMarkdown }, { printable }] = await Promise.all([
      import('../createCliCore'),
      import('../../core/agent/exportMarkdown'),
      import('../printable'),
    ]);
    return withCliCore(args, terminal, async ({ core }) => {
      const [wanted = ''] = args.operands;
      const sessions = await core.sessions.list();
      const found = sessions.filter(({ id }) => id.startsWith(wanted));
      const entry = sessions.find(({ id }) => id === wanted) ?? (found.length === 1 ? found[0] : undefined);
      if (!entry)
        throw new UsageError(
          found.length > 1
            ? `${found.length} sessions begin with ${wanted}. Write more of the id.`
            : `There is no session ${wanted}. “earshot session list” shows them.`,
        );
      const day = core.ports.clock.localDay(entry.state.startedAt);
      terminal.out.write(printable(exportMarkdown(entry.state, day)));
      return EXIT.done;
    });
  },
};
