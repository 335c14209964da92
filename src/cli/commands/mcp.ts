import { type Command, CWD, EXIT } from '../command';

export const mcp: Command = {
  name: 'mcp',
  operands: '',
  arity: [0, 0],
  summary: 'Give another agent the specs of this workspace (MCP server).',
  details: `For Claude Code, Copilot, Cursor, Codex and whatever else speaks the Model Context Protocol. It starts
earshot mcp --cwd <workspace> and talks to it on standard input and output. Tools: list_specs, next_task,
get_spec, get_item, findings, trace, propose_edit, report_evidence.

Another agent reads specs and says what it did. It approves nothing, ticks nothing and changes no document:
what it proposes is a comment in the review, what it reports is kept as its word until your own checks have
run. What .kiroignore and your rules keep from agents, it does not see. Nothing is started.

With --http the server is asked at http://127.0.0.1:<port>/mcp, by whoever has the token that is printed at
the start (EARSHOT_MCP_TOKEN, of 32 characters or more, to choose it). It ends with Ctrl+C.`,
  options: {
    http: { help: 'Listen on 127.0.0.1 instead of standard input.' },
    port: { value: 'NUMBER', help: 'The port to listen on (default: one that is free).' },
    ...CWD,
  },
  async run(args, terminal) {
    await (await import('../mcp/serve')).serve(args, terminal);
    return EXIT.done;
  },
};
