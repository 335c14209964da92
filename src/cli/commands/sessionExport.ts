import { type Command, CWD, EXIT } from '../command';

export const sessionExport: Command = {
  name: 'session export',
  operands: '<id>',
  arity: [1, 1],
  summary: 'Print a session as Markdown.',
  details: `The id is the one that “earshot session list” shows; its beginning is enough where it is the only one.`,
  options: { ...CWD },
  async run(args, terminal) {
    const [{ withCliCore }, { exportMarkdown }, { findSession }, { printable }] = await Promise.all([
      import('../createCliCore'),
      import('../../core/agent/session/exportMarkdown'),
      import('../findSession'),
      import('../printable'),
    ]);
    return withCliCore(args, terminal, async ({ core }) => {
      const [wanted = ''] = args.operands;
      const { state } = findSession(await core.sessions.list(), wanted);
      const day = core.ports.clock.localDay(state.startedAt);
      terminal.out.write(printable(exportMarkdown(state, day)));
      return EXIT.done;
    });
  },
};
