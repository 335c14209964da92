/** Runs what the command line asks for. */
import { version } from '../../package.json';
import { Cancelled } from '../core/util/abort';
import { errorMessage } from '../core/util/errorMessage';
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from './command';
import { commandHelp, programHelp, usageOf } from './help';
import { findCommand, parseArguments } from './parseCommand';

/** Never rejects: what went wrong is said on standard error and in the exit code. */
export async function dispatch(
  argv: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
): Promise<ExitCode> {
  const { out } = terminal;
  const [first = ''] = argv;
  if (['--version', '-v'].includes(first)) out.line(version);
  else if (['--help', '-h'].includes(first)) out.line(programHelp(commands));
  else return runCommand(argv, commands, terminal);
  return EXIT.done;
}

async function runCommand(
  argv: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
): Promise<ExitCode> {
  const { out, signal } = terminal;
  let usage = programHelp(commands);
  try {
    const { command, rest } = findCommand(argv, commands);
    usage = `Usage: ${usageOf(command)} [options]`;
    const args = parseArguments(command, rest);
    if (args) return signal.aborted ? EXIT.cancelled : await command.run(args, terminal);
    out.line(commandHelp(command));
    return EXIT.done;
  } catch (error) {
    if (signal.aborted || error instanceof Cancelled) return EXIT.cancelled;
    out.fail(errorMessage(error));
    if (!(error instanceof UsageError)) return EXIT.failed;
    out.say(usage);
    return EXIT.usage;
  }
}
