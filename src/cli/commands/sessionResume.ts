import { AGENT_OPTIONS, WHO_IS_ASKED } from '../agentOptions';
import type { Command } from '../command';

export const sessionResume: Command = {
  name: 'session resume',
  operands: '[id]',
  arity: [0, 1],
  summary: 'Go on with what was interrupted, stopped or failed.',
  details: `Without an id, the latest of them; an id is the one that “earshot session list” shows, and its beginning is
enough where it is the only one. What was answered is not asked for again. What looks only is looked at
again; a write that was cut off is known by the file; a command that may have run already is run again by
your word alone, and where nobody can be asked it is not.

${WHO_IS_ASKED}

--json prints the session's events from here on, one JSON object a line.`,
  options: AGENT_OPTIONS,
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    const { resumeSession } = await import('../resumeSession');
    const { withHooks } = await import('../withHooks');
    return withCliCore(args, terminal, (cli) =>
      withHooks(cli, args, terminal, () => resumeSession(cli, args, terminal)),
    );
  },
};
