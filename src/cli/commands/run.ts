import { AGENT_OPTIONS, WHO_IS_ASKED } from '../agentOptions';
import type { Command } from '../command';

export const run: Command = {
  name: 'run',
  operands: '<spec>',
  arity: [1, 1],
  summary: 'Have the tasks of a spec done, each proved.',
  details: `Runs the required tasks that are open, in the order that their dependencies and waves allow. Each is checked
before and after; what fails is told to the agent, which may try again. A box is ticked only for what is
proved. A run goes on with tasks that do not wait for one that failed; the exit code is 0 when all that is
required is done, 1 when something is left, 130 when it was stopped.

${WHO_IS_ASKED}

--json prints what happens, one JSON object a line: {run, seq, at, type, …} of the run, {session, seq, at,
type, …} of its sessions.`,
  options: {
    plan: { help: 'Print what would run, and run nothing.' },
    all: { help: 'Optional tasks, too.' },
    task: { value: 'ID', help: 'This task, or what is open below it.' },
    from: { value: 'ID', help: 'This task and what comes after it, done or not.' },
    covering: { value: 'ID', help: 'What names a criterion of this requirement.' },
    resume: { help: 'Go on with the latest run of this spec that was interrupted or stopped.' },
    tries: { value: 'N', help: 'How often the agent may try a task: 3 unless said.' },
    parallel: {
      value: 'N',
      help: 'Tasks side by side, each in a worktree of its own: EARSHOT_PARALLEL, or 1.',
    },
    budget: { value: 'USD', help: 'Stop before the run would cost more; with --resume, from now on.' },
    review: { help: 'A second session judges each task, without having seen how it was done.' },
    ...AGENT_OPTIONS,
  },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    const { runSpec } = await import('../runSpec');
    const { withHooks } = await import('../withHooks');
    return withCliCore(args, terminal, (cli) =>
      withHooks(cli, args, terminal, () => runSpec(cli, args, terminal)),
    );
  },
};
