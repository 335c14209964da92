/** Goes on with a task or a conversation that did not end well, in its own session. */
import { ActError } from '../core/actError';
import { titleOf } from '../core/agent/session/sessionState';
import type { SessionEntry } from '../core/agent/session/sessions';
import { flattenTasks } from '../core/spec/tasks/taskTree';
import { agreeToChecks, orSayHow } from './agreements';
import { type Arguments, EXIT, type ExitCode, type Terminal, UsageError } from './command';
import type { CliCore } from './createCliCore';
import { findSession } from './findSession';
import { followRun } from './followRun';
import { tasksOf } from './taskPlan';
import { exitOf, sayHowToGoOn, sayResults } from './taskResults';

export async function resumeSession(cli: CliCore, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const entry = wanted(await cli.core.sessions.list(), args.operands[0]);
  const { kind, status, started } = { ...entry.state, kind: entry.state.started.kind };
  if (kind !== 'task' && kind !== 'chat')
    throw new ActError(
      'notFound',
      `“${titleOf(entry.state)}” is a ${kind}: only a task or a conversation goes on where it was. Start it anew.`,
    );
  if (status === 'done')
    throw new ActError('notFound', `“${titleOf(entry.state)}” ended well: there is nothing to resume.`);
  return started.kind === 'task'
    ? resumeTask(cli, entry, args, terminal)
    : resumeChat(cli, entry, args, terminal);
}

const GOES_ON: readonly string[] = ['interrupted', 'failed', 'cancelled'];

function wanted(sessions: readonly SessionEntry[], id: string | undefined): SessionEntry {
  if (id !== undefined) return findSession(sessions, id);
  const latest = sessions.find(
    ({ state: { status, started } }) =>
      (started.kind === 'task' || started.kind === 'chat') && GOES_ON.includes(status),
  );
  if (latest) return latest;
  throw new UsageError(
    'No task or conversation was interrupted here. “earshot session list” shows them all.',
  );
}

async function resumeTask(
  cli: CliCore,
  { id, state }: SessionEntry,
  args: Arguments,
  terminal: Terminal,
): Promise<ExitCode> {
  const { core } = cli;
  const { out, signal } = terminal;
  const { spec: path = '', task: key } = state.started;
  const spec = await core.specs.refresh(path);
  const task = spec && flattenTasks(tasksOf(spec)).find((each) => each.key === key);
  if (spec && task) await agreeToChecks(core, spec, [task], args.has('agree-check'), terminal.out);
  followRun(cli, args.has('json'), terminal);
  const results = await orSayHow(core.tasks.resume(id));
  sayResults(results, signal.aborted, out);
  sayHowToGoOn(results, out);
  return signal.aborted ? EXIT.cancelled : exitOf(results);
}

async function resumeChat(
  cli: CliCore,
  { id }: SessionEntry,
  args: Arguments,
  terminal: Terminal,
): Promise<ExitCode> {
  const { sessions, chats } = cli.core;
  followRun(cli, args.has('json'), terminal);
  const ended = new Promise<void>((resolve) => {
    sessions.onDidChange((changed) => changed === id && !sessions.isLive(id) && resolve());
  });
  await chats.resume(id);
  await ended;
  const { status, reason } = sessions.get(id) ?? {};
  if (terminal.signal.aborted) return EXIT.cancelled;
  if (status === 'done') return EXIT.done;
  terminal.out.fail(reason ?? 'The conversation did not end well.');
  return EXIT.failed;
}
