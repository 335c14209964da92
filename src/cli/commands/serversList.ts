import { type Command, CWD, EXIT } from '../command';

export const serversList: Command = {
  name: 'servers list',
  operands: '',
  arity: [0, 0],
  summary: 'List the servers of tools that the agent has here.',
  details: `Those of .kiro/settings/mcp.json in the workspace and in ~/.kiro (or KIRO_HOME). Nothing is started for it.

--json prints one array of
  {name, scope, path, transport, state, message}
where scope is workspace or user, and state is disabled, forbidden, unapproved or idle.`,
  options: { json: { help: 'Print JSON.' }, ...CWD },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, async ({ core }) => {
      const { out } = terminal;
      await core.servers.ready;
      const rows = core.servers.all.map(({ config, state, message }) => {
        const { name, scope, path, transport } = config;
        return { name, scope, path, transport, state, message };
      });
      if (args.has('json')) out.json(rows);
      else {
        if (rows.length === 0) out.line('No servers of tools here.');
        for (const { name, state, path, message } of rows)
          out.line(`${name}  ${state}  ${path}${message === undefined ? '' : `\n  ${message}`}`);
      }
      for (const { severity, message, path } of core.servers.problems)
        out.say(`${path}: ${severity}: ${message}`);
      return core.servers.problems.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.done;
    });
  },
};
