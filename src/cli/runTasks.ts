/** Has tasks of a spec done, and says what became of each. */
import { ActError } from '../core/actError';
import type { Spec } from '../core/spec/model';
import { agreeToChecks, orSayHow } from './agreements';
import { type Arguments, EXIT, type ExitCode, type Terminal } from './command';
import type { CliCore } from './createCliCore';
import { followRun } from './followRun';
import { plannedTasks, requireSpec, requireTask } from './taskPlan';
import { exitOf, sayHowToGoOn, sayResults } from './taskResults';

export async function runTasks(cli: CliCore, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const { core } = cli;
  const { out, signal } = terminal;
  const [name = '', id] = args.operands;
  const spec = requireSpec(core.specs.all, name);
  const task = id === undefined ? undefined : requireTask(spec, id);
  const planned = plannedTasks(spec, task);
  if (planned.length === 0) return nothingToDo(spec, (text) => out.say(text));
  await agreeToChecks(core, spec, planned, args.has('agree-check'), terminal.out);
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
