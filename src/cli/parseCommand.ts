/** From the words of a command line to a command and its arguments. */
import { parseArgs } from 'node:util';
import { type Arguments, type Command, UsageError } from './command';

/** The command that the line begins with, and the rest of the line. Options stand after the command's name. */
export function findCommand(
  argv: readonly string[],
  commands: readonly Command[],
): { readonly command: Command; readonly rest: readonly string[] } {
  const command = commands.find(({ name }) => name === argv.slice(0, wordsOf(name)).join(' '));
  if (command) return { command, rest: argv.slice(wordsOf(command.name)) };
  const asked = argv.slice(0, 2).join(' ');
  throw new UsageError(asked === '' ? 'Which command?' : `There is no command “${asked}”.`);
}

/** The command's arguments; undefined when its help is wanted instead. Throws `UsageError`. */
export function parseArguments(command: Command, rest: readonly string[]): Arguments | undefined {
  const { values, positionals } = parse(command, rest);
  if (values.help === true) return undefined;
  const [least, most] = command.arity;
  const takes = `${command.name} takes ${command.operands || 'no operands'}`;
  if (positionals.length < least) throw new UsageError(`${takes}: something is missing.`);
  if (positionals.length > most) throw new UsageError(`${takes}: “${positionals[most]}” is too much.`);
  return {
    operands: positionals,
    has: (option) => values[option] === true,
    value: (option) => (typeof values[option] === 'string' ? values[option] : undefined),
  };
}

function wordsOf(name: string): number {
  return name.split(' ').length;
}

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

function parse(command: Command, args: readonly string[]): Parsed {
  const names = Object.entries(command.options);
  const options = Object.fromEntries(
    names.map(([name, { value }]) => [name, { type: value ? ('string' as const) : ('boolean' as const) }]),
  );
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Its second sentence is about `--`, which is rarely what went wrong.
    throw new UsageError(`${message.split(/\. |\n/)[0]}.`.replace(/\.\.$/, '.'));
  }
}
