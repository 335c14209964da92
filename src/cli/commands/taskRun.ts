import type { Core } from '../../core';
import { ActError } from '../../core/actError';
import type { Spec, Task } from '../../core/spec/model';
import { type Arguments, type Command, CWD, EXIT, type ExitCode, MODEL, type Terminal } from '../command';
import type { CliCore } from '../createCliCore';
import { followRetries } from '../followRetries';
import { createRunPrinter } from '../runPrinter';
import { checksOf, plannedTasks, requireSpec, requireTask } from '../taskPlan';
import { exitOf, sayResults } from '../taskResults';

export const taskRun: Command = {
  name: 'task run',
  operands: '<spec> [id]',
  arity: [1, 2],
  summary: 'Have a task done, or every required task that is open.',
  details: `A task is done, and its box ticked, when the agent has ended and the task's check has passed. The
check is the command of the task's “_Verify: …_” line, else the project's own tests. A task without
a check stays open, and the exit code is 1.

Nobody is asked: the agent may read, and what it would have to ask for (writing, running) is denied
unless --autopilot is given. Checks and documents that nobody agreed to on this machine are not run
unless --agree-check or --run-unapproved says so, for exactly what is there now.

--json prints the sessions' events, one JSON object a line: {session, seq, at, type, …}.`,
  options: {
    autopilot: { help: 'Let the agent write and run in this workspace without asking. Not sandboxed.' },
    web: { help: 'Let the agent ask for web pages. With --autopilot only: each host would be a question.' },
    'agree-check': { help: 'Agree to exactly the check commands that are about to be used.' },
    'run-unapproved': { help: 'Run from documents as they are, though they are not approved.' },
    json: { help: 'Print the sessions’ events as JSON lines.' },
    ...MODEL,
    ...CWD,
  },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, (cli) => runTasks(cli, args, terminal));
  },
};

async function runTasks(cli: CliCore, args: Arguments, { out, signal }: Terminal): Promise<ExitCode> {
  const { core } = cli;
  const [name = '', id] = args.operands;
  const spec = requireSpec(core.specs.all, name);
  const task = id === undefined ? undefined : requireTask(spec, id);
  const planned = plannedTasks(spec, task);
  if (planned.length === 0) return nothingToDo(spec, (text) => out.say(text));
  await agreeToChecks(core, spec, planned, args.has('agree-check'));
  follow(cli, args.has('json'), out);
  const results = await run(core, spec, task);
  sayResults(results, signal.aborted, out);
  return signal.aborted ? EXIT.cancelled : exitOf(results);
}

function nothingToDo(spec: Spec, say: (text: string) => void): ExitCode {
  if (spec.progress.total === 0) throw new ActError('notFound', `“${spec.name}” has no tasks yet.`);
  say(`Every required task of “${spec.name}” is done.`);
  return EXIT.done;
}

/** Before the model is asked for anything: an agent whose work cannot be proved works for nothing. */
async function agreeToChecks(
  { consents, ports }: Core,
  spec: Spec,
  tasks: readonly Task[],
  agree: boolean,
): Promise<void> {
  const missing: string[] = [];
  for (const command of await checksOf(ports.files, spec, tasks)) {
    if (await consents.has('check', spec.root, command)) continue;
    if (agree) await consents.grant('check', spec.root, command);
    else missing.push(command);
  }
  if (missing.length === 0) return;
  const list = missing.map((command) => `  ${command}`).join('\n');
  throw new ActError(
    'refused',
    `Nobody agreed on this machine to run what is to prove this:\n${list}\nRead it, then add --agree-check to agree to exactly that.`,
  );
}

async function run({ tasks }: Core, spec: Spec, task: Task | undefined) {
  try {
    return await (task ? tasks.run(spec.path, task.key) : tasks.runAll(spec.path));
  } catch (error) {
    if (!(error instanceof ActError) || error.reason !== 'notApproved') throw error;
    const hint = 'Approve in the editor, or add --run-unapproved to run from the documents as they are now.';
    throw new ActError('notApproved', `${error.message} ${hint}`, error);
  }
}

function follow({ core, onEvent }: CliCore, json: boolean, out: Terminal['out']): void {
  if (json) {
    onEvent(({ session, event }) => out.json({ session, ...event }));
    return;
  }
  const printer = createRunPrinter(out);
  onEvent(({ event }) => printer.event(event));
  core.sessions.onLive(printer.live);
  followRetries(core.sessions, printer.notice);
}
