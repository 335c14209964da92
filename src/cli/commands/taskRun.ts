import { AGENT_OPTIONS, WHO_IS_ASKED } from '../agentOptions';
import type { Command } from '../command';

export const taskRun: Command = {
  name: 'task run',
  operands: '<spec> [id]',
  arity: [1, 2],
  summary: 'Have a task done, or every required task that is open.',
  details: `A task is done, and its box ticked, when the agent has ended and the task's check has passed. The
check is the command of the task's “_Verify: …_” line, else the project's own tests. A task without
a check stays open, and the exit code is 1.

${WHO_IS_ASKED}

What was interrupted goes on with “earshot session resume”.

--json prints the sessions' events, one JSON object a line: {session, seq, at, type, …}.`,
  options: AGENT_OPTIONS,
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    const { runTasks } = await import('../runTasks');
    const { withHooks } = await import('../withHooks');
    return withCliCore(args, terminal, (cli) =>
      withHooks(cli, args, terminal, () => runTasks(cli, args, terminal)),
    );
  },
};
