/** The help texts, made from the commands' own data. */
import type { Command, Option } from './command';

const ENVIRONMENT: readonly (readonly [name: string, help: string])[] = [
  ['EARSHOT_MODEL', 'The model.'],
  ['EARSHOT_BASE_URL', 'A server of the Messages API (default https://api.anthropic.com).'],
  ['EARSHOT_API_KEY', 'Its key; sent to the server of EARSHOT_BASE_URL and nowhere else.'],
  ['ANTHROPIC_API_KEY', 'Key for https://api.anthropic.com; sent nowhere else.'],
  ['EARSHOT_HOME', 'Where sessions and consents are kept (default ~/.earshot).'],
  ['KIRO_HOME', 'Where your own hooks, steering and agents lie (default ~/.kiro).'],
  ['EARSHOT_CHECKPOINTS', 'off: none are taken.'],
  ['NO_COLOR', 'Set: no colours.'],
];

const HELP: Option = { help: 'Show this help.' };

/** The help of the program. */
export function programHelp(commands: readonly Command[]): string {
  return [
    'Spec-driven development with AI agents, on the .kiro folder of a project.',
    `Usage: earshot <command> [options]\n       earshot <command> --help\n       earshot --version`,
    `Commands:\n${list(commands.map((command) => [usageOf(command, ''), command.summary]))}`,
    `Environment:\n${list(ENVIRONMENT)}`,
    'Exit codes: 0 done, 1 failed, 2 the command line is wrong, 130 stopped.',
  ].join('\n\n');
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries({ ...command.options, help: HELP });
  const rows = options.map(
    ([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help] as const,
  );
  return [
    command.summary,
    `Usage: ${usageOf(command)} [options]`,
    command.details,
    `Options:\n${list(rows)}`,
  ].join('\n\n');
}

/** `earshot task run <spec> [id]` */
export function usageOf({ name, operands }: Command, program = 'earshot '): string {
  return `${program}${name} ${operands}`.trim();
}

function list(rows: readonly (readonly [term: string, text: string])[]): string {
  const width = Math.max(...rows.map(([term]) => term.length));
  return rows.map(([term, text]) => `  ${term.padEnd(width)}  ${text}`).join('\n');
}
