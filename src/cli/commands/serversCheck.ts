import { type Command, CWD, EXIT } from '../command';
import { findServer } from '../findServer';

export const serversCheck: Command = {
  name: 'servers check',
  operands: '<server>',
  arity: [1, 1],
  summary: 'Start a server of tools, say what it has, and stop it.',
  details: `You are asked first where you did not agree to the server as it is now. What it said while it started goes to
standard error.

--json prints {name, about, tools, prompts, resources}, where a tool is {name, description, inputSchema,
tokens, enabled}.`,
  options: { json: { help: 'Print JSON.' }, ...CWD },
  async run(args, terminal) {
    const [name = ''] = args.operands;
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, async ({ core }) => {
      const { out } = terminal;
      const { id } = await findServer(core.servers, name);
      try {
        await core.servers.start(id);
      } finally {
        for (const { level, text } of core.servers.log(id)) out.say(`${level}: ${text}`);
      }
      const { about, tools, prompts, resources } = await findServer(core.servers, name);
      if (args.has('json')) out.json({ name, about, tools, prompts, resources });
      else {
        out.line(
          `${about ?? name}: ${tools.length} tools, ${prompts.length} prompts, ${resources.length} resources`,
        );
        for (const tool of tools)
          out.line(`  ${tool.name}  ${tool.tokens} tokens${tool.enabled ? '' : '  off'}`);
      }
      return EXIT.done;
    });
  },
};
