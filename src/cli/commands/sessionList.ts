import { type Command, CWD, EXIT } from '../command';

export const sessionList: Command = {
  name: 'session list',
  operands: '',
  arity: [0, 0],
  summary: 'List the agent’s sessions in this workspace, latest first.',
  details: `Those of the editor and of the command line: conversations, tasks, drafts, revisions and hooks.

--json prints one array of
  {id, title, kind, status, startedAt, model, cost}
where status is running, done, failed, cancelled or interrupted, startedAt is in milliseconds since 1970,
and cost is in dollars (not there when the price of a request is not known).`,
  options: { json: { help: 'Print JSON.' }, ...CWD },
  async run(args, terminal) {
    const [{ withCliCore }, { sessionLine, sessionSummary }] = await Promise.all([
      import('../createCliCore'),
      import('../sessionSummary'),
    ]);
    return withCliCore(args, terminal, async ({ core }) => {
      const { out } = terminal;
      const sessions = await core.sessions.list();
      const { clock } = core.ports;
      if (args.has('json')) out.json(sessions.map(sessionSummary));
      else if (sessions.length === 0) out.line('No sessions here yet.');
      for (const entry of args.has('json') ? [] : sessions)
        out.line(sessionLine(entry, clock.localDay(entry.state.startedAt), out.paint));
      return EXIT.done;
    });
  },
};
