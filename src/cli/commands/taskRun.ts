import { ActError } from '../../core/actError';
import type { Spec } from '../../core/spec/model';
import { AGENT_OPTIONS, WHO_IS_ASKED } from '../agentOptions';
import { agreeToChecks, orSayHow } from '../agreements';
import { type Arguments, type Command, EXIT, type ExitCode, type Terminal } from '../command';
import type { CliCore } from '../createCliCore';
import { followRun } from '../followRun';
import { plannedTasks, requireSpec, requireTask } from '../taskPlan';
import { exitOf, sayHowToGoOn, sayResults } from '../taskResults';

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
    return withCliCore(args, terminal, (cli) => runTasks(cli, args, terminal));
  },
};

async function runTasks(cli: CliCore, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const { core } = cli;
  const { out, signal } = terminal;
  const [name = '', id] = args.operands;
  const spec = requireSpec(core.specs.all, name);
  const task = id === undefined ? undefined : requireTask(spec, id);
  const planned = plannedTasks(spec, task);
  if (planned.length === 0) return nothingToDo(spec, (text) => out.say(text));
  await agreeToChecks(core, spec, planned, args.has('agree-check'));
  followRun(cli, args.has('json'), terminal);
  const { tasks } = core;
  const results = await orSayHow(task ? tasks.run(spec.path, task.key) : tasks.runAll(spec.path));
  sayResults(results, signal.aborted, out);
  sayHowToGoOn(results, out);
  return signal.aborted ? EXIT.cancelled : exitOf(results);
}

function nothingToDo(spec: Spec, say: (text: string) => void): ExitCode {
  if (spec.progress.total === 0) throw new ActError('notFound', `“${spec.name}” has no tasks yet.`);
  say(`Every required task of “${spec.name}” is done.`);
  return EXIT.done;
}
