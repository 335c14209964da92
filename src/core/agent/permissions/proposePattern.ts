/** The pattern that a person is offered to remember: as wide as the call's kind, never as wide as its program. */
import { dirname } from '../../util/path';
import type { Need } from './model';
import { matchCommand, matchPath } from './patterns';
import { programName } from './wrappers';

/** Programs whose second word says what they do. */
const COMMANDS = new Set(
  (
    'npm pnpm yarn bun npx bunx git cargo go dotnet docker podman kubectl helm terraform gradle gradlew mvn mvnw pip ' +
    'pip3 poetry uv pipenv bundle gem rails rake composer mix deno turbo nx gh make just'
  ).split(' '),
);
const RUN_WORDS = new Set(['run', 'exec', 'compose', 'run-script']);
/** What these did once says nothing about the next time. */
const EXACT = new Set(
  'rm rmdir mv cp ln chmod chown kill pkill killall curl wget dd tee nc rsync scp truncate shred install'.split(
    ' ',
  ),
);
const EXACT_GIT = /^git (?:push|reset|clean|checkout|restore|rm|branch|tag|stash|rebase)\b/;

export function proposePattern({ capability, text }: Need): string {
  // A host, a tool of a server, an agent: each is asked for by itself.
  if (!capability.startsWith('fs_') && capability !== 'shell') return text;
  const proposed = capability === 'shell' ? commandPattern(text) : pathPatternOf(text);
  const hits = capability === 'shell' ? matchCommand(proposed, text) : matchPath(proposed, text);
  return hits ? proposed : text;
}

function commandPattern(text: string): string {
  const words = text.match(/(?:'[^']*'|\\.|[^\s'])+/g) ?? [];
  const [name = '', second = '', third = ''] = words;
  const program = programName(name);
  if (EXACT.has(program) || EXACT_GIT.test(text)) return text;
  if (!COMMANDS.has(program)) {
    // An interpreter's file is what it does.
    return /^(?:node|tsx|python|ruby|php|perl|deno|bun)[\d.]*$/.test(program)
      ? following(text, 2)
      : `${name} *`;
  }
  if (second === '' || second.startsWith('-')) return text;
  if (RUN_WORDS.has(second) && third !== '' && !third.startsWith('-')) return following(text, 3);
  return `${name} ${second} *`;
}

/** The first words as they are, and whatever follows. */
function following(text: string, count: number): string {
  const words = text.match(/(?:'[^']*'|\\.|[^\s'])+/g) ?? [];
  return words.length < count ? text : `${words.slice(0, count).join(' ')} *`;
}

/** The file's folder; of a file that lies in none, the file. */
function pathPatternOf(path: string): string {
  const plain = path.replace(/[*?[{]/g, '?');
  return plain.includes('/') ? `${dirname(plain)}/**` : plain;
}
