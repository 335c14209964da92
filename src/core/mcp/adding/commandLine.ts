/** A command line as it stands in a server's README → the server. Read by a parser of the shell, and run by none. */
import { parse } from 'unbash';
import { ActError } from '../../actError';
import { shellWord } from '../../agent/permissions/shellWords';
import { errorMessage } from '../../util/errorMessage';
import type { ServerOffer } from './offer';

const PLAIN = 'Write one command with its arguments, as in: npx -y @modelcontextprotocol/server-memory';

export function offerOfCommandLine(line: string): ServerOffer {
  const { assignments, words } = wordsOf(line);
  const [command, ...args] = words;
  if (command === undefined) throw new ActError('invalid', `There is no command. ${PLAIN}`);
  const env = Object.fromEntries(assignments);
  const config = { command, args, ...(assignments.length > 0 ? { env } : {}) };
  return { name: nameOf(words), description: '', config, variables: [] };
}

interface Words {
  readonly assignments: readonly (readonly [name: string, value: string])[];
  readonly words: readonly string[];
}

function wordsOf(line: string): Words {
  let script: ReturnType<typeof parse>;
  try {
    script = parse(line.trim());
  } catch (error) {
    throw new ActError('invalid', `It cannot be read as a command: ${errorMessage(error)}. ${PLAIN}`);
  }
  const [error] = script.errors ?? [];
  if (error) throw new ActError('invalid', `It cannot be read as a command: ${error.message}. ${PLAIN}`);
  const [statement, ...more] = script.commands;
  const only = statement?.command;
  if (only?.type !== 'Command' || more.length > 0 || only.redirects.length > 0 || statement?.background)
    throw new ActError(
      'invalid',
      `A server is started without a shell, so pipes and the like do not work. ${PLAIN}`,
    );
  const assignments = only.prefix.flatMap((each) => {
    if (each.type !== 'Assignment') return [];
    if (each.value.type === 'ArrayValue' || each.append || each.index)
      throw new ActError('invalid', `“${each.text}” is no plain text. ${PLAIN}`);
    return [[each.name, plain(each.value)] as const];
  });
  const words = [...(only.name ? [only.name] : []), ...only.args].map((word) =>
    word.type === 'Assignment' && word.value.type === 'Word'
      ? `${word.name}=${plain(word.value)}`
      : plain(word),
  );
  return { assignments, words };
}

/** What is in quotes or written out; `$VAR` becomes `${VAR}`, which is filled in when the server starts. */
function plain(word: Parameters<typeof shellWord>[0]): string {
  const { value, known, glob } = shellWord(word);
  if (known && !glob) return value;
  const bare = /^"?([\w@%+=:,./-]*)\$\{?([A-Za-z_]\w*)\}?([\w@%+=:,./-]*)"?$/.exec(word.text);
  if (bare) return `${bare[1]}\${${bare[2]}}${bare[3]}`;
  throw new ActError('invalid', `“${word.text}” stands for something that only a shell knows. ${PLAIN}`);
}

const RUNNERS = new Set([
  'npx',
  'bunx',
  'pnpx',
  'uvx',
  'pipx',
  'docker',
  'podman',
  'node',
  'python',
  'python3',
  'deno',
  'npm',
  'pnpm',
  'yarn',
  'uv',
  'bun',
]);
const VERBS = new Set(['run', 'exec', 'dlx', 'x', 'tool', 'dist']);

/** `npx -y @modelcontextprotocol/server-memory` is called “memory”. */
function nameOf(words: readonly string[]): string {
  const [command = '', ...rest] = words;
  const program = lastPart(command);
  const named = rest.find((word) => !word.startsWith('-') && !VERBS.has(word) && !/^[\w-]+=/.test(word));
  const wanted = RUNNERS.has(program) && named !== undefined ? lastPart(named) : program;
  return shortened(wanted);
}

/** Without folder or scope, version and ending. */
function lastPart(text: string): string {
  const name =
    text
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? text;
  return name.replace(/(?<=.)[@:].*$/, '').replace(/\.(?:c?m?js|ts|py|exe)$/, '');
}

/** What every server is called is no name. */
export function shortened(name: string): string {
  return name.replace(/^(?:mcp-)?server-|^mcp-|-mcp(?:-server)?$|-server$/g, '') || name;
}
