import { type Command, CWD, EXIT, UsageError } from '../command';
import { findServer } from '../findServer';

export const serversCall: Command = {
  name: 'servers call',
  operands: '<server> <tool> [json]',
  arity: [2, 3],
  summary: 'Call a tool of a server by hand.',
  details: `The input is a JSON object, {} where none is given. You are asked first where you did not agree to the server
as it is now. What it answers goes to standard output; it ends with 1 where the tool says that it failed.`,
  options: { ...CWD },
  async run(args, terminal) {
    const [name = '', tool = '', given = '{}'] = args.operands;
    const input = parse(given);
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, async ({ core }) => {
      const { id } = await findServer(core.servers, name);
      const { ok, text } = await core.servers.call(id, tool, input, terminal.signal);
      terminal.out.line(text);
      return ok ? EXIT.done : EXIT.failed;
    });
  },
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`The input is not valid JSON: ${text}`);
  }
}
